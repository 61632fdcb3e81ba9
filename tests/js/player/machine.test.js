import assert from "node:assert/strict";
import { test } from "node:test";
import {
  back,
  finish,
  LONG_GAP_MS,
  pause,
  reopen,
  restore,
  results,
  resume,
  skip,
  skipExercise,
  start,
  tick,
} from "../../../static/js/player/machine.js";
import { buildTimeline } from "../../../static/js/player/timeline.js";
import { content } from "./content.js";
import { exercises, routine } from "./small.js";

const T0 = 1_800_000_000_000;
const phases = buildTimeline(routine, exercises);
// 0 setup, 1 clam L, 2 rest, 3 clam R, 4 rest, 5 clam L, 6 rest, 7 clam R, 8 setup, 9 bird dog …
const at = (/** @type {number} */ s) => T0 + s * 1000;
const begun = () => start(T0);

test("it starts with the first set-up", () => {
  const run = tick(begun(), phases, at(3));
  assert.deepEqual([run.phase, run.elapsedMs, run.endedAt], [0, 3000, null]);
});

test("set-ups, sets and rests go on by themselves", () => {
  assert.equal(tick(begun(), phases, at(15)).phase, 1);
  assert.equal(tick(begun(), phases, at(35)).phase, 2);
  assert.equal(tick(begun(), phases, at(40)).phase, 3);
});

test("a phone that slept comes back several phases on, in mid-repetition", () => {
  const run = tick(begun(), phases, at(15 + 20 + 5 + 12));
  assert.deepEqual([run.phase, run.elapsedMs], [3, 12_000]);
  assert.deepEqual(results(run, phases), {
    1: { done: [4], skipped: false },
    3: { done: [2], skipped: false },
  });
});

test("it ends when the last set ends, however late that is noticed", () => {
  const run = tick(begun(), phases, at(routine.duration_s + 100));
  assert.equal(run.endedAt, at(routine.duration_s));
  assert.equal(run.activeMs, routine.duration_s * 1000);
  assert.equal(Object.keys(run.results).length, 8);
});

for (const { slug } of Object.values(content.routines)) {
  test(`${slug} gives the same run at any spacing of ticks`, () => {
    const real = buildTimeline(content.routines[slug], content.exercises);
    const end = content.routines[slug].duration_s * 1000 + 5000;
    const whole = tick(begun(), real, T0 + end);
    for (const step of [250, 251, 999, 1000, 4321, 16_000, 60_000, 333_333]) {
      let run = begun();
      for (let ms = step; ms < end; ms += step) run = tick(run, real, T0 + ms);
      assert.deepEqual(tick(run, real, T0 + end), whole, `every ${step} ms`);
    }
  });
}

test("at any moment, ticks on the way make no difference", () => {
  let run = begun();
  for (let ms = 0; ms <= routine.duration_s * 1000; ms += 770) {
    run = tick(run, phases, T0 + ms);
    assert.deepEqual(run, tick(begun(), phases, T0 + ms), `at ${ms} ms`);
  }
});

test("a pause stops the clock, and resume goes on from there", () => {
  const paused = pause(begun(), phases, at(20));
  assert.deepEqual(tick(paused, phases, at(900)), paused);
  const run = tick(resume(paused, phases, at(900)), phases, at(902));
  assert.deepEqual([run.phase, run.elapsedMs, run.activeMs], [1, 7000, 22_000]);
});

test("pausing twice, or resuming a running routine, changes nothing", () => {
  const paused = pause(begun(), phases, at(20));
  assert.deepEqual(pause(paused, phases, at(30)), paused);
  const run = begun();
  assert.equal(resume(run, phases, at(5)), run);
});

test("skipping a set-up or a rest goes straight to the set", () => {
  const run = skip(begun(), phases, at(2));
  assert.deepEqual([run.phase, run.elapsedMs], [1, 0]);
  assert.deepEqual(run.results, {});
});

test("skipping a set keeps what was done of it", () => {
  const run = skip(begun(), phases, at(15 + 11));
  assert.equal(run.phase, 2);
  assert.deepEqual(run.results[1], { done: [2], skipped: true });
});

test("skipping the last set ends the routine", () => {
  const last = tick(begun(), phases, at(routine.duration_s - 5));
  const run = skip(last, phases, at(routine.duration_s - 5));
  assert.deepEqual([run.endedAt, run.anchor], [at(routine.duration_s - 5), null]);
  assert.deepEqual(run.results[phases.length - 1], { done: [15], skipped: true });
});

test("skipping while paused stays paused", () => {
  const run = skip(pause(begun(), phases, at(20)), phases, at(90));
  assert.deepEqual([run.phase, run.anchor, run.results[1].done[0]], [2, null, 1]);
});

test("leaving an exercise out skips all of its sets and sets up the next", () => {
  const run = skipExercise(begun(), phases, at(15 + 6));
  assert.equal(run.phase, 8);
  assert.deepEqual(
    [1, 3, 5, 7].map((index) => run.results[index]),
    [1, 0, 0, 0].map((done) => ({ done: [done], skipped: true })),
  );
});

test("leaving the last exercise out ends the routine", () => {
  const run = skipExercise(tick(begun(), phases, at(200)), phases, at(200));
  assert.equal(run.endedAt, at(200));
});

test("back starts a set again", () => {
  const run = back(begun(), phases, at(15 + 10));
  assert.deepEqual([run.phase, run.elapsedMs], [1, 0]);
});

test("back goes to what was before when the set has only just begun", () => {
  assert.equal(back(begun(), phases, at(15 + 1)).phase, 0);
});

test("back in a rest does the last set again", () => {
  assert.equal(back(begun(), phases, at(15 + 20 + 4)).phase, 1);
});

test("back at the very beginning stays there", () => {
  assert.deepEqual([back(begun(), phases, at(1)).phase], [0]);
});

test("back never loses what was done", () => {
  const again = back(begun(), phases, at(15 + 20 + 2));
  assert.deepEqual(again.results[1], { done: [4], skipped: false });
  const cut = skip(again, phases, at(15 + 20 + 2 + 6));
  assert.deepEqual(cut.results[1].done, [4]);
  const half = back(begun(), phases, at(15 + 16));
  assert.deepEqual(results(half, phases)[1].done, [3]);
});

test("whatever is pressed, in any order, no set ever loses a repetition", () => {
  const presses = [back, skip, pause, resume, back, back, skipExercise, resume, skip];
  let run = begun();
  let before = results(run, phases);
  for (let n = 1; n < 400 && run.endedAt === null; n += 1) {
    const now = T0 + n * 1370;
    run = n % 3 ? tick(run, phases, now) : presses[(n * 7) % presses.length](run, phases, now);
    const after = results(run, phases);
    for (const [index, old] of Object.entries(before)) {
      const lost = old.done.some((done, side) => after[index].done[side] < done);
      assert.ok(!lost, `press ${n}`);
    }
    before = after;
  }
  assert.ok(Object.keys(before).length > 3);
});

test("finishing early keeps the set it stands in, and can be taken back", () => {
  const run = finish(begun(), phases, at(15 + 11));
  assert.deepEqual(results(run, phases), { 1: { done: [2], skipped: false } });
  assert.deepEqual([run.endedAt, run.anchor], [at(26), null]);
  const again = tick(resume(reopen(run, phases), phases, at(100)), phases, at(103));
  assert.deepEqual([again.phase, again.elapsedMs, again.endedAt], [1, 14_000, null]);
});

test("a routine that is through cannot be resumed or reopened", () => {
  const run = tick(begun(), phases, at(routine.duration_s));
  assert.equal(resume(run, phases, at(900)), run);
  assert.equal(reopen(run, phases), run);
});

test("sides that swap are counted apart", () => {
  const bird = phases.slice(0, 9).reduce((sum, phase) => sum + phase.seconds, 0);
  const run = tick(begun(), phases, at(bird + 16));
  assert.deepEqual(results(run, phases)[9], { done: [2, 1], skipped: false });
});

test("a run survives being written down as JSON", () => {
  const run = skip(begun(), phases, at(40));
  assert.deepEqual(JSON.parse(JSON.stringify(run)), run);
});

test("after a kill it is paused at its last commit, however long ago", () => {
  const committed = tick(begun(), phases, at(20));
  for (const later of [1, 60, 86_400]) {
    const run = restore(JSON.parse(JSON.stringify(committed)));
    assert.deepEqual(tick(run, phases, at(20 + later)), run);
    const on = tick(resume(run, phases, at(20 + later)), phases, at(22 + later));
    assert.deepEqual([on.phase, on.elapsedMs, on.activeMs], [1, 7000, 22_000]);
  }
});

test("a page asleep for hours is paused where it was last alive, and counts nothing", () => {
  const run = tick(begun(), phases, at(20));
  const woken = tick(run, phases, at(20) + LONG_GAP_MS + 1);
  assert.deepEqual([woken.phase, woken.elapsedMs, woken.anchor], [1, 5000, null]);
});

test("a clock that is set back loses no place", () => {
  const run = tick(begun(), phases, at(20));
  const earlier = tick(run, phases, at(20 - 3600));
  assert.deepEqual([earlier.phase, earlier.elapsedMs], [1, 5000]);
  assert.equal(tick(earlier, phases, at(22 - 3600)).elapsedMs, 7000);
});
