import assert from "node:assert/strict";
import { test } from "node:test";
import { entryName, entryText } from "../../../static/js/lib/entry-words.js";
import { differences, wasDeletion } from "../../../static/js/lib/versions.js";

const ID = "0199aaaa-0000-7000-8000-00000000000";
const clam = (/** @type {number} */ n, /** @type {object} */ more = {}) => ({
  id: ID + n,
  exercise: "clamshell",
  name: "Clamshell",
  side: "L",
  unit: "reps",
  target: 12,
  done: 12,
  ...more,
});
const body = {
  routine: "roll-short",
  routine_name: "Roll short",
  date: "2026-11-20",
  started_at: Date.UTC(2026, 10, 20, 6, 10),
  tz: "Europe/Berlin",
  duration_s: 447,
  effort: 4,
  notes: "From the phone.",
  sets: [clam(1), clam(2, { done: 10, load_kg: 2 })],
};
const entry = { kind: "session", body };

test("only what differs is shown, in the words and units of the log", () => {
  const lost = { rev: 3, duration_s: 480, effort: 4, pain_peak: 6, notes: null };
  assert.deepEqual(differences({ ...entry, lost }), [
    { name: "Length", here: "7 min 27 s", other: "8 min" },
    { name: "Pain during", here: "nothing", other: "6, too much" },
    { name: "Notes", here: "From the phone.", other: "nothing" },
  ]);
});

test("a routine is compared by its name, a day by its weekday", () => {
  const lost = { routine: "strength-a", routine_name: "Strength A", date: "2026-11-19" };
  assert.deepEqual(differences({ ...entry, lost }), [
    { name: "Routine", here: "Roll short", other: "Strength A" },
    { name: "Date", here: "Friday 20 November 2026", other: "Thursday 19 November 2026" },
  ]);
});

test("of the sets, only those that differ; an id alone was a removal", () => {
  const lost = { sets: [clam(2, { done: 8 }), { id: `${ID}1` }] };
  assert.deepEqual(differences({ ...entry, lost }), [
    { name: "Clamshell, left, set 2", here: "10 × of 12, 2 kg", other: "8 × of 12" },
    { name: "Clamshell, left, set 1", here: "12 ×", other: "not there" },
  ]);
});

test("a set that only the other version has is said so", () => {
  const lost = { sets: [clam(3, { side: "R", done: 0, skipped: true })] };
  assert.deepEqual(differences({ ...entry, lost }), [
    { name: "Clamshell, right", here: "not there", other: "skipped" },
  ]);
});

test("the exercises of a routine are compared by their doses", () => {
  const item = { id: `${ID}4`, exercise: "side-plank", hold_s: 20 };
  const routine = { kind: "routine", body: { name: "Mine", items: [item] } };
  const lost = { items: [{ ...item, hold_s: 30, sets: 3 }] };
  assert.deepEqual(differences({ ...routine, lost }), [
    { name: "side plank", here: "Hold in seconds: 20", other: "Hold in seconds: 30, Sets: 3" },
  ]);
});

test("a deletion that gave way is known from a change that did", () => {
  assert.equal(wasDeletion({ ...entry, lost: { rev: 4 } }), true);
  assert.equal(wasDeletion({ ...entry, lost: { rev: 4, effort: 5 } }), false);
  assert.equal(wasDeletion(entry), false);
});

test("every kind has a name, one that only a newer app knows too", () => {
  assert.equal(entryName(entry), "Roll short");
  assert.equal(entryName({ kind: "session", body: {} }), "Something else");
  assert.equal(entryName({ kind: "ride", body: {} }), "Ride");
  assert.equal(
    entryName({ kind: "check", body: { check: "single-leg-bridge" } }),
    "Self-check, single leg bridge",
  );
  assert.equal(entryName({ kind: "sleep_note", body: {} }), "An entry (sleep note)");
});

test("copied, an entry reads as a note", () => {
  assert.equal(
    entryText(entry),
    [
      "Roll short",
      "Friday 20 November 2026",
      "Start: 07:10",
      "Length: 7 min 27 s",
      "Effort: 4 of 10",
      "Notes: From the phone.",
      "Clamshell, left: 12 ×",
      "Clamshell, left: 10 × of 12, 2 kg",
    ].join("\n"),
  );
  assert.match(
    entryText({ kind: "preference", body: { cues: { sound: true } } }),
    /Cues: Sound: yes/,
  );
});
