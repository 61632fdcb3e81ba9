import assert from "node:assert/strict";
import { test } from "node:test";
import { onStage } from "../../../static/js/player/keys.js";
import {
  back,
  done,
  finish,
  hurt,
  pause,
  reopen,
  results,
  skip,
  skipExercise,
  start,
  tick,
  undo,
  UNDO_MS,
} from "../../../static/js/player/machine.js";
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

const tapped = () => done(runAt(15), phases, at(27));

test("a slip is taken back: the set stands where it would stand without it", () => {
  for (const takeBack of [undo, back]) {
    assert.deepEqual(takeBack(tapped(), phases, at(30)), { ...runAt(30), extraMs: 0 });
  }
});

test("what the set held before the slip is what it holds after it", () => {
  const again = back(skip(runAt(26), phases, at(26)), phases, at(26));
  const slipped = undo(done(again, phases, at(32)), phases, at(33));
  assert.deepEqual(slipped.results, { 1: { done: [2], skipped: true } });
  assert.deepEqual(slipped.elapsedMs, 7000);
});

test("taken back after the count is through, the set is done all the same", () => {
  const late = undo(done(runAt(15), phases, at(33)), phases, at(36));
  assert.deepEqual(late, { ...runAt(36), extraMs: 0 });
});

test("while paused a slip can be taken back for as long as it takes, and stays paused", () => {
  const paused = pause(tapped(), phases, at(29));
  const run = undo(JSON.parse(JSON.stringify(paused)), phases, at(900));
  assert.deepEqual([run.phase, run.elapsedMs, run.anchor], [1, 14_000, null]);
  assert.deepEqual(results(run, phases)[1], { done: [2], skipped: false });
});

test("after six seconds, or with the next thing done, it stands", () => {
  const later = tick(tapped(), phases, at(27) + UNDO_MS);
  assert.equal(later.tap, undefined);
  assert.deepEqual(undo(later, phases, at(40)), tick(later, phases, at(40)));
  for (const next of [skip, skipExercise, finish]) {
    assert.equal(next(tapped(), phases, at(28)).tap, undefined);
  }
});

test("back after that does the set again, and loses nothing", () => {
  const long = buildTimeline({ ...routine, items: [routine.items[1]] }, exercises);
  const resting = done(tick(start(T0), long, at(15)), long, at(27));
  const redone = back(resting, long, at(27) + UNDO_MS);
  assert.deepEqual([redone.phase, redone.elapsedMs], [1, 0]);
  assert.deepEqual(results(redone, long)[1], { done: [3, 3], skipped: false });
});

test("a slip in the last set is taken back from the form, too", () => {
  const own = phases.slice(0, 2);
  const over = done(tick(start(T0), own, at(15)), own, at(27));
  const run = reopen(JSON.parse(JSON.stringify(over)), own);
  assert.deepEqual([run.phase, run.elapsedMs, run.anchor, run.endedAt], [1, 12_000, null, null]);
  assert.deepEqual(results(run, own), { 1: { done: [2], skipped: false } });
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

test("what hurt is still noted when the tap is taken back", () => {
  const run = undo(hurt(tapped(), phases, 6, "L"), phases, at(30));
  assert.deepEqual(run.results, { 1: { done: [0], skipped: false, pain: [6] } });
});
