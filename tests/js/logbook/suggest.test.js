import assert from "node:assert/strict";
import { test } from "node:test";
import { mayActivate, suggest } from "../../../static/js/lib/suggest.js";

const TODAY = "2026-11-22";
const ROUTINES = {
  "roll-short": { step: "foam-roll", base: null },
  "roll-short-lateral-hip": { step: "foam-roll", base: "roll-short" },
  "stretch-full": { step: "stretch", base: null },
  "activate-express": { step: "activate", base: null },
  "strength-a": { step: "strengthen", base: null },
  "strength-a-lateral-hip": { step: "strengthen", base: "strength-a" },
  "strength-b": { step: "strengthen", base: null },
};

/** @param {...string} done "routine" (today) or "routine 2026-11-20" */
const after = (...done) => suggest(sessions(done), ROUTINES, TODAY);
/** @param {string[]} done */
const sessions = (done) =>
  done.map((text) => {
    const [routine, date = TODAY] = text.split(" ");
    return { routine, date };
  });

test("an empty log starts with rolling", () => {
  assert.equal(after().slug, "roll-short");
});

test("rolled today: three stretches", () => {
  assert.equal(after("roll-short").slug, "stretch-daily-minimum");
});

test("rolled yesterday does not count for today", () => {
  assert.equal(after("roll-short 2026-11-21").slug, "roll-short");
});

test("rolled and stretched: strength A first", () => {
  assert.equal(after("roll-short", "stretch-full").slug, "strength-a");
});

test("strength A and B take turns, lateral-hip versions included", () => {
  const basics = ["roll-short-lateral-hip", "stretch-full"];
  assert.equal(after(...basics, "strength-a-lateral-hip 2026-11-18").slug, "strength-b");
  assert.equal(
    after(...basics, "strength-b 2026-11-18", "strength-a 2026-11-10").slug,
    "strength-a",
  );
});

test("never strength on two days in a row", () => {
  const { slug, why } = after("roll-short", "stretch-full", "strength-a 2026-11-21");
  assert.equal(slug, null);
  assert.match(why, /yesterday/);
});

test("at most two strength sessions in seven days", () => {
  const basics = ["roll-short", "stretch-full"];
  const { slug, why } = after(...basics, "strength-b 2026-11-19", "strength-a 2026-11-16");
  assert.equal(slug, null);
  assert.match(why, /this week/);
  assert.equal(
    after(...basics, "strength-b 2026-11-19", "strength-a 2026-11-15").slug,
    "strength-a",
  );
});

test("strength today ends the day", () => {
  assert.equal(after("strength-a", "stretch-full", "roll-short").slug, null);
});

test("something else, and routines of another time, are left out", () => {
  const done = [
    { routine: null, date: TODAY },
    { routine: "gone-from-the-plan", date: TODAY },
  ];
  assert.equal(suggest(done, ROUTINES, TODAY).slug, "roll-short");
});

test("the warm-up is offered until it was done today", () => {
  assert.ok(mayActivate(sessions(["activate-express 2026-11-21"]), ROUTINES, TODAY));
  assert.ok(!mayActivate(sessions(["activate-express"]), ROUTINES, TODAY));
});
