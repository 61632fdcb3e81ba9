import assert from "node:assert/strict";
import { test } from "node:test";
import { onStage } from "../../../static/js/player/keys.js";
import { back, done, pause, results, start, tick } from "../../../static/js/player/machine.js";
import { buildTimeline } from "../../../static/js/player/timeline.js";
import { tellsOfTap } from "../../../static/js/player/words.js";
import { exercises, routine } from "./small.js";

const T0 = 1_800_000_000_000;
const phases = buildTimeline(routine, exercises);
// 0 set-up until 15, 1 clam L (four repetitions of 5 s) until 35, 2 rest until 40 …
const at = (/** @type {number} */ s) => T0 + s * 1000;
const runAt = (/** @type {number} */ s) => tick(start(T0), phases, at(s));
const PLANK = 15 + 4 * 20 + 3 * 5 + (15 + 2 * 30 + 10) + 15;

test("a set by repetitions is done with a tap, whole, and the rest begins", () => {
  const run = done(runAt(15), phases, at(15 + 12));
  assert.deepEqual([run.phase, run.elapsedMs, run.anchor], [2, 0, at(27)]);
  assert.deepEqual(run.results, { 1: { done: [4], skipped: false } });
});

test("a second tap does nothing: not in the rest, nor before one repetition is over", () => {
  const resting = done(runAt(15), phases, at(27));
  assert.deepEqual(done(resting, phases, at(28)), tick(resting, phases, at(28)));
  assert.deepEqual(done(runAt(15), phases, at(19.9)), runAt(19.9));
});

test("in holds, in set-ups and while paused a tap does nothing", () => {
  assert.deepEqual(done(runAt(PLANK + 10), phases, at(PLANK + 10)), runAt(PLANK + 10));
  assert.deepEqual(done(runAt(9), phases, at(9)), runAt(9));
  const paused = pause(runAt(25), phases, at(25));
  assert.deepEqual(done(paused, phases, at(26)), paused);
});

test("sides that swap are both done", () => {
  const bird = 15 + 4 * 20 + 3 * 5 + 15;
  assert.deepEqual(done(runAt(bird), phases, at(bird + 11)).results[9], {
    done: [3, 3],
    skipped: false,
  });
});

test("back after a tap does the set again, and loses nothing", () => {
  const again = back(done(runAt(15), phases, at(27)), phases, at(28));
  assert.equal(again.phase, 1);
  assert.deepEqual(results(again, phases)[1], { done: [4], skipped: false });
});

test("the last set of a routine may be done with a tap", () => {
  const own = phases.slice(0, 2);
  const run = done(tick(start(T0), own, at(15)), own, at(27));
  assert.deepEqual([run.endedAt, run.anchor], [at(27), null]);
});

test("it is told of once, in the first set by repetitions", () => {
  const told = phases.map((_, index) => tellsOfTap(phases, index));
  assert.deepEqual(told, [false, true, ...Array(phases.length - 2).fill(false)]);
  const holds = phases.filter(({ kind }) => kind === "hold");
  assert.ok(!holds.some((_, index) => tellsOfTap(holds, index)));
});

test("a tap on a key, or between the keys, is not one on the stage", () => {
  const on = (/** @type {string} */ part) =>
    onStage({
      target: /** @type {any} */ ({ closest: (/** @type {string} */ w) => w.includes(part) }),
    });
  assert.deepEqual(
    [on("button"), on("a[href]"), on(".stage-bar"), on(".dial")],
    [false, false, false, true],
  );
});
