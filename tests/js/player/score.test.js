import assert from "node:assert/strict";
import { test } from "node:test";
import { back, restLonger, skip, start, tick } from "../../../static/js/player/machine.js";
import { due, Score } from "../../../static/js/player/score.js";
import { buildTimeline, totalSeconds } from "../../../static/js/player/timeline.js";
import { exercises, routine } from "./small.js";

const T0 = 1_800_000_000_000;
const phases = buildTimeline(routine, exercises);
const REST = 2; // the first rest, at 35 s

/** Cues that say only where each phase begins. @type {import("../../../static/js/player/score.js").CuesOf} */
const starts = (played) =>
  played.map((_, phase) => ({
    at: totalSeconds(played.slice(0, phase)),
    kind: "change",
    phase,
  }));

/** @param {number} seconds */
const runAt = (seconds) => tick(start(T0), phases, T0 + seconds * 1000);

/** A score, and a way to have it follow. */
function score() {
  const made = new Score(starts);
  const follow = (/** @type {import("../../../static/js/player/machine.js").Run} */ run) => {
    made.follow(run, phases, exercises);
    return made.secondOf(run);
  };
  return { made, follow };
}

test("the second of the score is the time played", () => {
  const { made, follow } = score();
  assert.equal(follow(runAt(123.5)), 123.5);
  assert.equal(made.length, routine.duration_s);
  assert.equal(follow(runAt(routine.duration_s)), routine.duration_s);
});

test("as long as nothing is changed, the cues are the same ones", () => {
  const { made, follow } = score();
  follow(runAt(0));
  const { cues, version } = made;
  for (const at of [10, 35, 60, 200]) follow(runAt(at));
  assert.equal(made.cues, cues);
  assert.equal(made.version, version);
});

test("a longer rest puts off all that comes, and is not made shorter once it is over", () => {
  const { made, follow } = score();
  const longer = restLonger(runAt(36), phases, T0 + 36_000);
  assert.equal(follow(longer), 36);
  assert.equal(made.startOf(REST + 1), 35 + 5 + 15);
  assert.equal(made.cues[REST + 1].at, 55);
  assert.equal(made.length, routine.duration_s + 15);
  const { version } = made;
  const after = tick(longer, phases, T0 + 57_000);
  assert.equal(after.phase, REST + 1);
  assert.equal(follow(after), 57);
  assert.equal(made.version, version);
});

test("going back before a longer rest makes it as short as it was planned", () => {
  const { made, follow } = score();
  const longer = restLonger(runAt(36), phases, T0 + 36_000);
  follow(longer);
  follow(back(longer, phases, T0 + 36_100));
  assert.equal(made.length, routine.duration_s);
  assert.equal(made.startOf(REST + 1), 40);
});

test("going back into a longer rest begins it anew, as short as it was planned", () => {
  const { made, follow } = score();
  const longer = restLonger(runAt(36), phases, T0 + 36_000);
  follow(longer);
  const after = tick(longer, phases, T0 + 56_000);
  follow(after);
  assert.equal(follow(back(after, phases, T0 + 56_000)), 35);
  assert.equal(made.length, routine.duration_s);
});

test("leaving a longer rest early keeps the seconds in step", () => {
  const { made, follow } = score();
  const longer = restLonger(runAt(36), phases, T0 + 36_000);
  follow(longer);
  assert.equal(follow(skip(longer, phases, T0 + 37_000)), made.startOf(REST + 1));
});

test("another plan has other cues", () => {
  const { made, follow } = score();
  follow(runAt(10));
  const { version } = made;
  made.follow(runAt(10), phases.slice(0, 4), exercises);
  assert.notEqual(made.version, version);
  assert.equal(made.cues.length, 4);
});

test("what is due between two seconds includes the first and not the last", () => {
  const cues = starts(phases, exercises);
  assert.deepEqual(
    due(cues, 15, 40).map(({ at }) => at),
    [15, 35],
  );
});
