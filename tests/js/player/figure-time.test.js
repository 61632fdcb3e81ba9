import assert from "node:assert/strict";
import { test } from "node:test";
import { clock } from "../../../static/js/figure/poses.js";
import { momentOf, stillsOf } from "../../../static/js/player/figure-time.js";
import { start, tick } from "../../../static/js/player/machine.js";
import { placeOf } from "../../../static/js/player/place.js";
import { buildTimeline } from "../../../static/js/player/timeline.js";
import { exercises, routine } from "./small.js";

const T0 = 1_800_000_000_000;
const phases = buildTimeline(routine, exercises);
const BIRD_DOG = 15 + 4 * 20 + 3 * 5 + 15;
const PLANK = BIRD_DOG + 2 * 30 + 10 + 15;
/** What the small routine asks for in repetitions. */
const DOSE = { kind: "reps", tempo: [2, 1, 2] };
const RIGHT = { works: "r" };

/** @param {number} s seconds into the routine @param {{loop?: string, works?: string}} [figure] */
function at(s, figure = RIGHT) {
  return momentOf(placeOf(tick(start(T0), phases, T0 + s * 1000), phases), figure);
}

/** @param {number[]} seconds @param {{loop?: string}} [figure] */
const times = (seconds, figure) => seconds.map((s) => at(s, figure).time);

test("each repetition of the count is one of the figure, from its first second on", () => {
  assert.deepEqual(times([15, 17.5, 19.5, 20, 22.5, 30]), [0, 2.5, 4.5, 0, 2.5, 0]);
});

test("getting ready shows the movement, and ends where the first repetition begins", () => {
  assert.deepEqual(times([10, 12, 14, 14.75, 15]), [0, 2, 4, 4.75, 0]);
});

test("in a rest the figure rests too", () => {
  assert.deepEqual(times([35, 37, 39.9]), [0, 0, 0]);
});

test("the figure works on the side that is named, whichever side it was drawn for", () => {
  const [left, rest, right] = [20, 37, 45];
  assert.deepEqual(
    [left, rest, right].map((s) => at(s).mirrored),
    [true, false, false],
  );
  assert.deepEqual(
    [left, rest, right].map((s) => at(s, { works: "l" }).mirrored),
    [false, true, true],
  );
});

test("where the sides swap, left comes first, by the figure's own other half", () => {
  assert.deepEqual(times([BIRD_DOG + 1, BIRD_DOG + 6, BIRD_DOG + 11]), [6, 1, 6]);
  assert.deepEqual([at(BIRD_DOG + 1).mirrored, at(BIRD_DOG + 6).mirrored], [false, false]);
  const { other, u } = clock({ keys: [{}, {}], start: "", end: "" }, DOSE, true).at(6);
  assert.deepEqual([other, u], [true, 0.5]);
});

test("both sides together are never mirrored", () => {
  assert.equal(at(PLANK + 5).mirrored, false);
});

test("in a hold the figure comes in, then stays and breathes until the time is up", () => {
  const { at: poseAt } = clock({ keys: [{}, {}], start: "", end: "" }, { kind: "hold" });
  const shown = times([0, 1.5, 3, 5, 10.9, 11.1, 19.9].map((s) => PLANK + s)).map(poseAt);
  assert.deepEqual(
    shown.map(({ u }) => u),
    [0, 0.5, 1, 1, 1, 1, 1],
  );
  assert.ok(shown[3].breath > 0.99);
  const [before, after] = times([PLANK + 10.999, PLANK + 11.001]).map((t) => poseAt(t).breath);
  assert.ok(Math.abs(before - after) < 0.001);
});

test("a roll goes on at three seconds a pass for as long as the time runs", () => {
  const roll = { loop: "roll" };
  const { at: poseAt } = clock({ keys: [{}, {}], start: "", end: "", ...roll }, { kind: "hold" });
  const seen = times(
    [0, 1.5, 3, 4.5, 6, 9].map((s) => PLANK + s),
    roll,
  );
  assert.deepEqual(
    seen.map((t) => poseAt(t).u),
    [0, 0.5, 1, 0.5, 0, 1],
  );
});

test("two stills show where a movement begins and where it is all the way there", () => {
  const stills = (/** @type {number} */ s, /** @type {{loop?: string}} */ figure = {}) =>
    stillsOf(placeOf(tick(start(T0), phases, T0 + s * 1000), phases), { ...RIGHT, ...figure });
  const reps = clock({ keys: [{}, {}], start: "", end: "" }, DOSE);
  for (const s of [3, 16, 19, 37]) {
    const { times } = stills(s);
    assert.deepEqual(
      times.map((time) => reps.at(time).u),
      [0, 1],
    );
  }
  const hold = clock({ keys: [{}, {}], start: "", end: "" }, { kind: "hold" });
  assert.deepEqual(
    stills(PLANK + 12).times.map((time) => hold.at(time).u),
    [0, 1],
  );
  const roll = clock({ keys: [{}, {}], start: "", end: "", loop: "roll" }, { kind: "hold" });
  assert.deepEqual(
    stills(PLANK + 12, { loop: "roll" }).times.map((time) => roll.at(time).u),
    [0, 1],
  );
});

test("the stills work on the side that is named, where they swap too", () => {
  const stills = (/** @type {number} */ s) =>
    stillsOf(placeOf(tick(start(T0), phases, T0 + s * 1000), phases), RIGHT);
  assert.deepEqual([stills(20).mirrored, stills(45).mirrored], [true, false]);
  const swapping = clock({ keys: [{}, {}], start: "", end: "" }, DOSE, true);
  const others = (/** @type {number} */ s) =>
    stills(s).times.map((time) => [swapping.at(time).u, swapping.at(time).other]);
  assert.deepEqual(others(BIRD_DOG + 2), [
    [0, true],
    [1, true],
  ]);
  assert.deepEqual(others(BIRD_DOG + 7), [
    [0, false],
    [1, false],
  ]);
});
