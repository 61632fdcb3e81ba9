import assert from "node:assert/strict";
import { test } from "node:test";
import { cuesOf } from "../../../static/js/player/cue-list.js";
import { spoken } from "../../../static/js/player/speaker.js";
import { buildTimeline, totalSeconds } from "../../../static/js/player/timeline.js";
import { vocabulary } from "../../../static/js/player/vocabulary.js";
import { content } from "./content.js";
import { exercises, routine } from "./small.js";

const phases = buildTimeline(routine, exercises);
const brief = Object.fromEntries(
  Object.keys(vocabulary(named(exercises))).map((key) => [key, 0.5]),
);
const cues = cuesOf(phases, named(exercises), { durations: brief });

/** @param {Record<string, any>} plain */
function named(plain) {
  const entries = Object.entries(plain);
  return Object.fromEntries(entries.map(([slug, one]) => [slug, { ...one, say: "Slowly." }]));
}

/** @param {number} index @param {string} [kind] */
const at = (index, kind = "say") => cues.filter((cue) => cue.phase === index && cue.kind === kind);
const said = (/** @type {number} */ index) => at(index).map(({ clips }) => clips?.join(" "));
const start = (/** @type {number} */ index) => totalSeconds(phases.slice(0, index));
const find = (/** @type {string} */ slug, /** @type {string} */ type) =>
  phases.findIndex((phase) => phase.exercise === slug && phase.type === type);

test("it sounds every change, the last three seconds before it, and the end", () => {
  for (const [index, { seconds }] of phases.entries()) {
    const times = (/** @type {string} */ kind) =>
      at(index, kind).map((cue) => cue.at - start(index));
    assert.deepEqual(times("change"), [0]);
    assert.deepEqual(times("countdown"), [seconds - 3, seconds - 2, seconds - 1]);
  }
  assert.deepEqual(
    at(phases.length, "end").map((cue) => cue.at),
    [totalSeconds(phases)],
  );
});

test("it counts repetitions on their beat, and says which is the last", () => {
  const set = find("clam", "work");
  const counts = at(set).map((cue) => [cue.at - start(set), cue.clips?.join(" ")]);
  assert.deepEqual(counts, [
    [5, "2"],
    [10, "3"],
    [15, "last"],
  ]);
  assert.deepEqual(
    at(set, "pace").map((cue) => cue.at - start(set)),
    [5, 10, 15],
  );
});

test("it names the side of every repetition where the sides swap", () => {
  assert.deepEqual(said(find("bird-dog", "work")), [
    "left",
    "right 1",
    "left 2",
    "right 2",
    "left 3",
    "last",
  ]);
});

test("it begins with the side that the rider has chosen", () => {
  const other = buildTimeline({ ...routine, sides: { turns: "set", first: "R" } }, exercises);
  const index = other.findIndex(({ exercise, type }) => exercise === "bird-dog" && type === "work");
  const all = cuesOf(other, named(exercises), { durations: brief });
  const first = all.find(({ kind, phase }) => phase === index && kind === "say");
  assert.deepEqual(first?.clips, ["right"]);
});

test("it names the step, the exercise, its side, its amount and its cue before the first set", () => {
  assert.deepEqual(said(0), [
    "step/activate",
    "name/clam",
    "left",
    "4 repetitions",
    "say/clam",
    "ready",
  ]);
});

test("it says what comes next when another exercise begins", () => {
  assert.equal(said(find("plank", "setup"))[0], "next name/plank");
});

test("in a rest it says the side, and leaves out what does not fit", () => {
  assert.deepEqual(said(find("clam", "rest")), ["rest right"]);
  const slow = { ...brief, rest: 1 };
  const all = cuesOf(phases, named(exercises), { durations: slow });
  const words = all.filter((cue) => cue.phase === find("clam", "rest") && cue.kind === "say");
  assert.deepEqual(
    words.map(({ clips }) => clips),
    [["right"]],
  );
});

test("it tells the half of a hold", () => {
  const hold = find("plank", "work");
  assert.deepEqual(
    at(hold).map((cue) => [cue.at - start(hold), cue.clips]),
    [[10, ["half"]]],
  );
});

test("it tells the last ten seconds of a long hold", () => {
  const long = [{ ...phases[find("plank", "work")], seconds: 60, target: 60 }];
  const all = cuesOf(long, named(exercises), { durations: brief });
  const words = all.filter(({ kind, phase }) => kind === "say" && phase === 0);
  assert.deepEqual(
    words.map((cue) => [cue.at, cue.clips]),
    [
      [30, ["half"]],
      [50, ["ten-left"]],
    ],
  );
});

test("it keeps the times of the whole routine where it begins later", () => {
  const from = start(3) + 1;
  const rest = cuesOf(phases, named(exercises), { durations: brief, from });
  assert.deepEqual(
    rest,
    cues.filter((cue) => cue.at >= from),
  );
});

test("it never says a word that it does not know", () => {
  const { say: _, ...silent } = { ...named(exercises).clam, say: undefined };
  const all = cuesOf(phases, { ...named(exercises), clam: silent }, { durations: brief });
  assert.ok(!all.some(({ clips }) => clips?.includes("say/clam")));
});

test("it puts the clips of a saying one after the other", () => {
  const [one, two, three] = spoken(["next", "left", "half"], { next: 0.5, left: 1, half: 1 });
  assert.deepEqual([one.key, two.key, three.key], ["next", "left", "half"]);
  assert.equal(one.delay, 0);
  assert.ok(two.delay > 0.5 && two.delay < 0.8);
  assert.ok(three.delay > two.delay + 1 && three.delay < two.delay + 1.3);
});

for (const one of Object.values(content.routines)) {
  test(`in ${one.slug}, no word runs into a beep, a count or another word`, () => {
    const laidOut = buildTimeline(one, content.exercises);
    const all = cuesOf(laidOut, content.exercises);
    for (const [index, cue] of all.entries()) {
      if (cue.kind !== "say") continue;
      const next = all.find(({ at }, other) => other > index && at > cue.at);
      assert.ok(!next || cue.at + secondsOf(cue) <= next.at, `${cue.at}: ${cue.text}`);
    }
  });

  test(`in ${one.slug}, every set is announced`, () => {
    const laidOut = buildTimeline(one, content.exercises);
    const all = cuesOf(laidOut, content.exercises);
    for (const [index, phase] of laidOut.entries()) {
      const words = all.filter((cue) => cue.phase === index).flatMap(({ clips = [] }) => clips);
      if (phase.type === "setup") assert.ok(words.includes(`name/${phase.exercise}`), `${index}`);
      if (phase.type === "rest" && phase.side === "R")
        assert.ok(words.includes("right"), `${index}`);
      if (phase.type === "work" && phase.kind === "reps") {
        assert.ok(words.length >= phase.target - 1, `${index}`);
      }
    }
  });
}

/** @param {import("../../../static/js/player/cue-list.js").Cue} cue */
function secondsOf({ clips = [] }) {
  const last = spoken([...clips, clips[0]]).at(-1);
  return last ? last.delay - 0.1 : 0;
}
