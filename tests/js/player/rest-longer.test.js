import assert from "node:assert/strict";
import { test } from "node:test";
import { commandOf } from "../../../static/js/player/keys.js";
import {
  back,
  pause,
  restLonger,
  restore,
  results,
  resume,
  skip,
  start,
  tick,
} from "../../../static/js/player/machine.js";
import { placeOf } from "../../../static/js/player/place.js";
import { buildTimeline } from "../../../static/js/player/timeline.js";
import { restLeft } from "../../../static/js/player/words.js";
import { exercises, routine } from "./small.js";

const T0 = 1_800_000_000_000;
const phases = buildTimeline(routine, exercises);
// 0 set-up until 15, 1 clam L until 35, 2 rest until 40, 3 clam R until 60 …
const at = (/** @type {number} */ s) => T0 + s * 1000;
const REST = 37;
const resting = () => tick(start(T0), phases, at(REST));
const longer = () => restLonger(resting(), phases, at(REST));

test("a press makes a rest fifteen seconds longer, and the end fifteen seconds later", () => {
  const run = longer();
  assert.equal(placeOf(run, phases).secondsLeft, 3 + 15);
  assert.equal(tick(run, phases, at(54.9)).phase, 2);
  assert.equal(tick(run, phases, at(55)).phase, 3);
  const over = tick(run, phases, at(routine.duration_s + 100));
  assert.equal(over.endedAt, at(routine.duration_s + 15));
  assert.equal(over.activeMs, (routine.duration_s + 15) * 1000);
});

test("presses add up", () => {
  const run = restLonger(restLonger(longer(), phases, at(REST)), phases, at(REST));
  assert.equal(placeOf(run, phases).secondsLeft, 3 + 45);
});

test("what is left of the routine grows, and runs out with the end", () => {
  const played = (/** @type {import("../../../static/js/player/machine.js").Run} */ run) =>
    placeOf(run, phases).routineMs;
  assert.equal(played(longer()), played(resting()) - 15_000);
  assert.equal(played(tick(longer(), phases, at(56))), 41_000);
});

test("the ring of a longer rest is full when it is over, not before", () => {
  assert.equal(placeOf(tick(longer(), phases, at(45)), phases).share, 10 / 20);
});

test("the next rest is as long as ever", () => {
  assert.equal(tick(longer(), phases, at(75)).phase, 4);
  assert.equal(tick(longer(), phases, at(80)).phase, 5);
});

test("ticks on the way make no difference", () => {
  let run = longer();
  for (let s = REST; s < 100; s += 0.77) {
    run = tick(run, phases, at(s));
    assert.deepEqual(run, tick(longer(), phases, at(s)), `at ${s} s`);
  }
});

test("a rest is longer while paused, too", () => {
  const run = restLonger(pause(resting(), phases, at(REST)), phases, at(500));
  assert.equal(placeOf(run, phases).secondsLeft, 18);
  assert.equal(run.anchor, null);
});

test("set-ups, sets and a routine that is through stay as long as they are", () => {
  for (const s of [3, 20, 140, routine.duration_s]) {
    const run = tick(start(T0), phases, at(s));
    assert.deepEqual(restLonger(run, phases, at(s)), run, `at ${s} s`);
  }
});

test("a reload in mid-rest comes back to the longer rest", () => {
  const kept = JSON.parse(JSON.stringify(tick(longer(), phases, at(45))));
  const run = resume(restore(kept), phases, at(9000));
  assert.equal(placeOf(run, phases).secondsLeft, 10);
  assert.equal(tick(run, phases, at(9009.9)).phase, 2);
  assert.equal(tick(run, phases, at(9010)).phase, 3);
});

test("a run that an older app kept can be made longer", () => {
  const { extraMs: _none, ...kept } = resting();
  assert.deepEqual(restLonger(kept, phases, at(REST)), longer());
});

test("back and skip lose nothing that was done, and leave the longer rest behind", () => {
  const done = { 1: { done: [4], skipped: false } };
  for (const [press, phase] of /** @type {const} */ ([
    [back, 1],
    [skip, 3],
  ])) {
    const run = press(longer(), phases, at(REST + 1));
    assert.deepEqual([run.phase, run.elapsedMs, run.extraMs], [phase, 0, 0]);
    assert.deepEqual(results(run, phases), done);
  }
});

test("the plus key asks for it, and a screen reader hears how long it is now", () => {
  const press = { ctrlKey: false, metaKey: false, altKey: false, repeat: false, target: null };
  assert.equal(commandOf({ ...press, key: "+" }), "restLonger");
  assert.equal(commandOf({ ...press, key: "+", ctrlKey: true }), null);
  assert.equal(restLeft({ phases, shown: longer() }), "18 seconds of rest left");
});
