import assert from "node:assert/strict";
import { test } from "node:test";
import { draftOf, isDraft, planOf } from "../../../static/js/player/draft.js";
import { back, finish, skip, start, tick } from "../../../static/js/player/machine.js";
import { sessionBody, setRows, tally } from "../../../static/js/player/session-log.js";
import { buildTimeline } from "../../../static/js/player/timeline.js";
import { content } from "./content.js";
import { exercises, routine } from "./small.js";

const T0 = new Date(2026, 10, 22, 18, 4).getTime();
const phases = buildTimeline(routine, exercises);
const plan = planOf({ version: "abc", exercises }, routine, {
  now: T0,
  tz: "Europe/Berlin",
  newId: () => crypto.randomUUID(),
});
const at = (/** @type {number} */ s) => T0 + s * 1000;
const body = (/** @type {import("../../../static/js/player/machine.js").Run} */ run) =>
  sessionBody(run, plan, phases, {});
const whole = () => body(tick(start(T0), phases, at(1000)));

test("a whole routine is a log with every set done on every side", () => {
  const { sets, ...rest } = whole();
  assert.deepEqual(rest, {
    routine: "small",
    routine_name: "Small",
    content_version: "abc",
    started_at: T0,
    date: "2026-11-22",
    tz: "Europe/Berlin",
    duration_s: routine.duration_s,
    source: "player",
  });
  assert.deepEqual(
    sets.map(({ exercise, side, done, unit, skipped }) => [exercise, side, done, unit, skipped]),
    [
      ["clam", "L", 4, "reps", false],
      ["clam", "R", 4, "reps", false],
      ["clam", "L", 4, "reps", false],
      ["clam", "R", 4, "reps", false],
      ["bird-dog", "L", 3, "reps", false],
      ["bird-dog", "R", 3, "reps", false],
      ["bird-dog", "L", 3, "reps", false],
      ["bird-dog", "R", 3, "reps", false],
      ["plank", "both", 20, "seconds", false],
      ["plank", "both", 20, "seconds", false],
    ],
  );
});

test("its sets are numbered and have ids of their own, the same at every try", () => {
  const { sets } = whole();
  assert.deepEqual(
    sets.map(({ order }) => order),
    [...sets.keys()],
  );
  assert.equal(new Set(sets.map(({ id }) => id)).size, sets.length);
  assert.deepEqual(whole(), whole());
});

test("a set that was skipped half-way says how far it went", () => {
  const run = skip(start(T0), phases, at(15 + 11));
  const [first] = body(run).sets;
  assert.deepEqual([first.done, first.target, first.skipped], [2, 4, true]);
});

test("a set that was skipped and then done is not skipped", () => {
  const skipped = skip(start(T0), phases, at(15 + 11));
  const redone = tick(back(skipped, phases, at(27)), phases, at(27 + 20));
  assert.deepEqual([body(redone).sets[0].done, body(redone).sets[0].skipped], [4, false]);
});

test("finishing early logs the rest of the sets as skipped", () => {
  const { sets } = body(finish(start(T0), phases, at(15 + 20 + 5 + 6)));
  assert.deepEqual(
    sets.map(({ done, skipped }) => [done, skipped]),
    [[4, false], [1, false], ...Array(8).fill([0, true])],
  );
  assert.deepEqual(tally(sets), { sets: 2, exercises: 1 });
});

test("a routine that was left at once still counts as the minute a log begins at", () => {
  assert.equal(body(finish(start(T0), phases, at(4))).duration_s, 60);
});

test("pauses do not count as exercise", () => {
  const run = { ...start(T0), anchor: null, activeMs: 90_000 };
  assert.equal(body(finish(run, phases, at(5000))).duration_s, 90);
});

test("the answers of the form go along", () => {
  const run = finish(start(T0), phases, at(100));
  assert.equal(/** @type {any} */ (sessionBody(run, plan, phases, { effort: 6 })).effort, 6);
});

test("no routine has more sets than a log may hold", () => {
  const { max_items: most } = /** @type {any} */ (content).limits.session.sets;
  for (const one of Object.values(content.routines)) {
    assert.ok(setRows(buildTimeline(one, content.exercises)).length <= most, one.slug);
  }
});

test("a draft is complete in itself, and survives as JSON", () => {
  const draft = draftOf(plan, start(T0), { effort: "6" }, at(5));
  const read = JSON.parse(JSON.stringify(draft));
  assert.deepEqual(read, draft);
  assert.ok(isDraft(read));
  assert.deepEqual(buildTimeline(read.plan.routine, read.plan.exercises), phases);
});

test("something else is not taken for a draft", () => {
  for (const other of [null, undefined, {}, { v: 2, plan: {}, run: {} }])
    assert.ok(!isDraft(other));
});
