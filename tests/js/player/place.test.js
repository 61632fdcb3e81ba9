import assert from "node:assert/strict";
import { test } from "node:test";
import { skip, start, tick } from "../../../static/js/player/machine.js";
import { cueAt, placeOf } from "../../../static/js/player/place.js";
import { buildTimeline } from "../../../static/js/player/timeline.js";
import { announcement, clock, nextWords } from "../../../static/js/player/words.js";
import { exercises, routine } from "./small.js";

const T0 = 1_800_000_000_000;
const phases = buildTimeline(routine, exercises);
const runAt = (/** @type {number} */ s) => tick(start(T0), phases, T0 + s * 1000);
const placeAt = (/** @type {number} */ s) => placeOf(runAt(s), phases);
const BIRD_DOG = 15 + 4 * 20 + 3 * 5 + 15;

test("a set-up counts its seconds down, and is at zero only when it is over", () => {
  assert.deepEqual(
    [0, 0.4, 1, 14.9].map((s) => placeAt(s).secondsLeft),
    [15, 15, 14, 1],
  );
});

test("repetitions count up, through lifting, holding and lowering", () => {
  const seen = [0, 1.9, 2, 3, 4.9, 5, 19.9].map((s) => placeAt(15 + s).rep);
  assert.deepEqual(
    seen.map((rep) => [rep?.number, rep?.part]),
    [
      [1, 0],
      [1, 0],
      [1, 1],
      [1, 2],
      [1, 2],
      [2, 0],
      [4, 2],
    ],
  );
});

test("alternating repetitions name the side and count each side", () => {
  const seen = [0, 5, 10, 29].map((s) => placeAt(BIRD_DOG + s).rep);
  assert.deepEqual(
    seen.map((rep) => [rep?.number, rep?.side]),
    [
      [1, "L"],
      [1, "R"],
      [2, "L"],
      [3, "R"],
    ],
  );
});

test("the place in the routine is the time played", () => {
  assert.equal(placeAt(123.5).routineMs, 123_500);
});

test("cues take turns, and the other side starts with the next one", () => {
  const cues = ["a", "b", "c"];
  assert.deepEqual([0, 8, 16, 24].map((s) => cueAt(cues, phases[1], s * 1000)).join(""), "abca");
  assert.equal(cueAt(cues, phases[3], 0), "b");
});

test("it says what comes next", () => {
  const next = (/** @type {number} */ n) => nextWords(phases[n + 1], exercises, phases[n]);
  assert.equal(next(0), "Left side, set 1 of 2");
  assert.equal(next(1), "Change sides, 5 s");
  assert.equal(next(2), "Right side, set 1 of 2");
  assert.equal(next(7), "Bird dog");
  assert.equal(next(phases.length - 1), "That was the last one");
});

test("it tells a screen reader what has begun", () => {
  assert.equal(announcement(phases[0], exercises), "Clam. Get ready, 15 seconds. Get down.");
  assert.equal(announcement(phases[1], exercises), "Left side, set 1 of 2. 4 repetitions. Go.");
  assert.match(announcement(phases[2], exercises), /^Rest, 5 seconds\. Next: Right side/);
});

test("long times are written as minutes", () => {
  assert.deepEqual([9, 60, 99, 100, 240].map(clock), ["9", "60", "99", "1:40", "4:00"]);
});

test("after a skip the place is the start of what comes", () => {
  assert.equal(placeOf(skip(runAt(20), phases, T0 + 20_000), phases).secondsLeft, 5);
});
