import assert from "node:assert/strict";
import { test } from "node:test";
import { momentOf } from "../../../static/js/player/figure-time.js";
import { hurt, results, skip, start, tick } from "../../../static/js/player/machine.js";
import { placeOf } from "../../../static/js/player/place.js";
import { sessionBody } from "../../../static/js/player/session-log.js";
import { buildTimeline } from "../../../static/js/player/timeline.js";
import { announcement, nextWords } from "../../../static/js/player/words.js";
import { draftOf, isDraft, planOf } from "../../../static/js/player/draft.js";
import { exercises, routine } from "./small.js";

const T0 = 1_800_000_000_000;
/** @type {import("../../../static/js/player/timeline.js").SideOrder} */
const RIGHT_WHOLE = { turns: "side", first: "R" };
const right = { ...routine, sides: RIGHT_WHOLE };
const phases = buildTimeline(right, exercises);
// 0 set-up until 15, 1 clam R until 35, 2 rest until 40, 3 clam R until 60, 4 rest, 5 clam L …
const BIRD_DOG = 15 + 4 * 20 + 3 * 5 + 15;
const runAt = (/** @type {number} */ s) => tick(start(T0), phases, T0 + s * 1000);
const placeAt = (/** @type {number} */ s) => placeOf(runAt(s), phases);
const plan = planOf({ version: "abc", exercises }, right, {
  now: T0,
  tz: "UTC",
  newId: () => crypto.randomUUID(),
});
const setsOf = (/** @type {import("../../../static/js/player/machine.js").Run} */ run) =>
  sessionBody(run, plan, phases, {}).sets;

test("the side that works is said, and when the sides change", () => {
  assert.equal(announcement(phases[1], exercises), "Right side, set 1 of 2. 4 repetitions. Go.");
  assert.equal(nextWords(phases[2], exercises, phases[1]), "Rest, 5 s");
  assert.equal(nextWords(phases[4], exercises, phases[3]), "Change sides, 5 s");
  const swapping = phases.find(({ side, type }) => side === "alternate" && type === "work");
  assert.match(announcement(swapping ?? assert.fail(), exercises), /^Swap sides .*, right first/);
});

test("where the sides swap, the one that was chosen begins, and is counted", () => {
  const seen = [0, 5, 10].map((s) => placeAt(BIRD_DOG + s).rep);
  assert.deepEqual(
    seen.map((rep) => [rep?.number, rep?.side]),
    [
      [1, "R"],
      [1, "L"],
      [2, "R"],
    ],
  );
  const run = runAt(BIRD_DOG + 16);
  assert.deepEqual(results(run, phases)[9], { done: [1, 2], skipped: false });
});

test("the figure works on the side that is named, where they swap too", () => {
  const figure = { works: "r" };
  const at = (/** @type {number} */ s) => momentOf(placeAt(s), figure);
  assert.deepEqual([at(3).mirrored, at(20).mirrored, at(65).mirrored], [false, false, true]);
  assert.deepEqual([at(BIRD_DOG + 1).time, at(BIRD_DOG + 6).time], [1, 6]);
});

test("each side is in the log by itself, in the order in which they were done", () => {
  const sets = setsOf(skip(runAt(BIRD_DOG + 16), phases, T0 + (BIRD_DOG + 16) * 1000));
  assert.deepEqual(
    sets.slice(0, 6).map(({ exercise, side, done, skipped }) => [exercise, side, done, skipped]),
    [
      ["clam", "R", 4, false],
      ["clam", "R", 4, false],
      ["clam", "L", 4, false],
      ["clam", "L", 4, false],
      ["bird-dog", "R", 2, true],
      ["bird-dog", "L", 1, true],
    ],
  );
});

test("a run that is taken up again has the order it was begun in", () => {
  const draft = JSON.parse(JSON.stringify(draftOf(plan, runAt(20), {}, T0)));
  assert.ok(isDraft(draft));
  assert.deepEqual(buildTimeline(draft.plan.routine, draft.plan.exercises), phases);
});

test("a run that an older app kept goes on as it was laid out then", () => {
  const old = buildTimeline(routine, exercises);
  const usual = buildTimeline({ ...routine, sides: { turns: "set", first: "L" } }, exercises);
  assert.deepEqual(old, usual);
});

test("what hurts is noted with the set: the one it is in, leads to, or rested from", () => {
  const noted = (/** @type {number} */ s) => {
    const sets = setsOf(hurt(runAt(s), phases, 4, "R"));
    return sets.flatMap(({ pain }, n) => (pain === undefined ? [] : [[n, pain]]));
  };
  assert.deepEqual([3, 20, 37, 45, 63].map(noted).flat(), [
    [0, 4],
    [0, 4],
    [0, 4],
    [1, 4],
    [1, 4],
  ]);
});

test("where the sides swap, it is noted with the side that hurts, and with both if none is named", () => {
  const pains = (/** @type {string} */ side) =>
    setsOf(hurt(runAt(BIRD_DOG + 16), phases, 3, side))
      .slice(4, 6)
      .map((set) => [set.side, set.done, set.pain]);
  assert.deepEqual(pains("L"), [
    ["R", 2, undefined],
    ["L", 1, 3],
  ]);
  assert.deepEqual(pains("both"), [
    ["R", 2, 3],
    ["L", 1, 3],
  ]);
});

test("the worst of a set stays, and what is done after it is counted as ever", () => {
  const first = hurt(runAt(20), phases, 5, "R");
  const again = hurt(tick(first, phases, T0 + 25_000), phases, 2, "R");
  const [set] = setsOf(tick(again, phases, T0 + 37_000));
  assert.deepEqual([set.pain, set.done, set.skipped], [5, 4, false]);
});
