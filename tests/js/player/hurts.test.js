import assert from "node:assert/strict";
import { test } from "node:test";
import { commandOf } from "../../../static/js/player/keys.js";
import { planOf } from "../../../static/js/player/draft.js";
import {
  ease,
  insteadOf,
  limitOf,
  noted,
  swap,
  verdictOf,
} from "../../../static/js/player/hurts.js";
import { back, results, resume, skip, start, tick } from "../../../static/js/player/machine.js";
import { sessionBody } from "../../../static/js/player/session-log.js";
import { buildTimeline } from "../../../static/js/player/timeline.js";
import { content } from "./content.js";
import { exercises, routine } from "./small.js";

/** @typedef {import("../../../static/js/player/hurts.js").Answer} Answer */

const T0 = 1_800_000_000_000;
const at = (/** @type {number} */ s) => T0 + s * 1000;
const rule = content.stop_rule;
const clam = content.exercises["side-lying-clam"];
const outerThigh = content.exercises["outer-thigh-roll"];

/** @param {Partial<Answer>} said @returns {Answer} */
const hurt = (said) => ({ pain: 0, place: "groin", side: "", signs: [], ...said });

/** @param {Partial<Answer>} said */
function verdict(said, exercise = clam, gentle = false) {
  const answer = hurt(said);
  return verdictOf(answer, exercise, limitOf(answer, rule, gentle));
}

test("up to two is fine, up to the plan's limit it is eased, above it the exercise stops", () => {
  const said = Array.from({ length: 11 }, (_, pain) => verdict({ pain }));
  const verdicts = ["go-on", "go-on", "go-on", "ease", "ease", "ease"];
  assert.deepEqual(said, [...verdicts, ...Array(5).fill("stop")]);
});

test("the limit is lower at the outside of the hip, and in a routine for a sore one", () => {
  assert.deepEqual(
    [3, 4].map((pain) => verdict({ pain, place: "outer-hip" })),
    ["ease", "stop"],
  );
  assert.deepEqual(
    [3, 4].map((pain) => verdict({ pain }, clam, true)),
    ["ease", "stop"],
  );
});

test("what presses on a sore outer hip stops at any pain there, and nowhere else", () => {
  assert.equal(verdict({ pain: 1, place: "outer-hip" }, outerThigh), "stop");
  assert.equal(verdict({ pain: 1 }, outerThigh), "go-on");
});

test("a warning sign ends the routine however little it hurts, and so does pain below the knee", () => {
  for (const sign of rule.signs) assert.equal(verdict({ pain: null, signs: [sign] }), "end");
  assert.equal(verdict({ pain: 1, place: "below-knee" }), "end");
});

test("the easier way comes from the exercise, at the outside of the hip from its mode", () => {
  const own = { items: [{ exercise: clam.slug }] };
  const { slug, easier, lateral_hip: hip } = clam;
  const all = content.exercises;
  assert.deepEqual(insteadOf("groin", slug, own, all), { easier, swaps: [] });
  assert.deepEqual(insteadOf("outer-hip", slug, own, all), { easier: hip.change, swaps: hip.swap });
  const changed = { items: [{ exercise: slug, change: hip.change }, { exercise: hip.swap[0] }] };
  const rest = { easier, swaps: [hip.swap[1]] };
  assert.deepEqual(insteadOf("outer-hip", slug, changed, all), rest);
});

test("every exercise of the plan has an easier way, and its swaps are in the plan", () => {
  for (const { slug, lateral_hip } of Object.values(content.exercises)) {
    assert.ok(insteadOf("groin", slug, { items: [] }, content.exercises).easier, slug);
    const { swaps } = insteadOf("outer-hip", slug, { items: [] }, content.exercises);
    assert.deepEqual(swaps, lateral_hip.swap, slug);
  }
});

test("it is noted with the exercise; the worst pain, all places and both sides are kept", () => {
  const first = noted({}, hurt({ pain: 4, place: "outer-hip", side: "L" }), "Clam", false);
  assert.deepEqual(first, {
    pain_peak: "4",
    pain_site: "Outside of the hip",
    pain_side: "L",
    notes: "Clam hurt: 4 of 10, outside of the hip, left.",
  });
  const second = noted(first, hurt({ pain: 2, place: "groin", side: "R" }), "Squat", false);
  assert.deepEqual(second, {
    pain_peak: "4",
    pain_site: "Outside of the hip, Groin",
    pain_side: "both",
    notes: "Clam hurt: 4 of 10, outside of the hip, left.\nSquat hurt: 2 of 10, groin, right.",
  });
  assert.equal(noted(second, hurt({ pain: 9 }), "Squat", false).pain_site, second.pain_site);
});

test("a sign alone is noted, and nothing is made up beside it", () => {
  const said = noted({}, hurt({ pain: null, place: "", signs: ["Numbness."] }), "Clam", true);
  assert.deepEqual(said, {
    pain_peak: "",
    pain_site: "",
    pain_side: "",
    notes: "Clam hurt. Numbness.",
    alarm: "yes",
  });
});

let ids = 0;
const newId = () => `id-${(ids += 1)}`;
const plan = planOf({ version: "abc", exercises }, routine, { now: T0, tz: "UTC", newId });
const phases = buildTimeline(routine, exercises);
const plank = { ...content.exercises["front-plank"] };

test("the easier way is shown with this exercise alone, and the clock stands", () => {
  const kept = ease({ plan, run: start(T0) }, "Bend less.", at(20));
  assert.deepEqual([kept.run.phase, kept.run.elapsedMs, kept.run.anchor], [1, 5000, null]);
  const changes = kept.plan.routine.items.map((item) => item.change);
  assert.deepEqual(changes, ["Bend less.", undefined, undefined]);
  const more = ease(kept, "Or stand.", at(30)).plan.routine.items[0].change;
  assert.equal(more, "Bend less. Or stand.");
});

test("another exercise takes over, and what was done before and after stays where it was", () => {
  // On to the second exercise, one set of it, and back into the first one.
  let run = tick(start(T0), phases, at(15 + 4 * 20 + 3 * 5 + 15 + 30));
  const ahead = run.results[9];
  while (run.phase > 3) run = back(run, phases, at(140));
  const kept = swap({ plan, run }, "front-plank", plank, { now: at(140), newId });
  const on = buildTimeline(kept.plan.routine, kept.plan.exercises);
  const added = on.length - phases.length;
  assert.deepEqual(
    [on[kept.run.phase].exercise, on[kept.run.phase].type, kept.run.anchor],
    ["front-plank", "setup", null],
  );
  assert.deepEqual(ahead, { done: [3, 3], skipped: false });
  const old = results(run, phases);
  const now = results(kept.run, on);
  assert.deepEqual(now[9 + added], ahead);
  assert.deepEqual(
    [1, 3, 5, 7].map((n) => now[n].done),
    [1, 3, 5, 7].map((n) => old[n].done),
  );
  const { sets } = sessionBody(kept.run, kept.plan, on, {});
  assert.equal(new Set(sets.map(({ id }) => id)).size, sets.length);
  assert.ok(sets.every(({ id }) => id));
  const idOf = (/** @type {any[]} */ rows, /** @type {string} */ slug) =>
    rows.filter((row) => row.exercise === slug).map((row) => row.id);
  const before = sessionBody(run, plan, phases, {}).sets;
  for (const slug of Object.keys(exercises)) {
    assert.deepEqual(idOf(sets, slug), idOf(before, slug), slug);
  }
});

test("it can take over from the last exercise, and the routine goes on with it", () => {
  let run = start(T0);
  while (phases[run.phase].item < 2) run = skip(run, phases, T0);
  const kept = JSON.parse(
    JSON.stringify(swap({ plan, run }, "front-plank", plank, { now: at(1), newId })),
  );
  const on = buildTimeline(kept.plan.routine, kept.plan.exercises);
  assert.equal(kept.run.endedAt, null);
  const over = tick(resume(kept.run, on, at(2)), on, at(2 + plank.duration_s));
  assert.equal(over.endedAt, at(2 + plank.duration_s));
});

test("keys pressed while it is asked are not the player's", () => {
  const target = /** @type {any} */ ({
    closest: (/** @type {string} */ what) => /dialog/.test(what),
  });
  const press = { ctrlKey: false, metaKey: false, altKey: false, repeat: false, target };
  for (const key of [" ", "ArrowLeft", "ArrowRight", "+"]) {
    assert.equal(commandOf({ ...press, key }), null);
  }
});
