import assert from "node:assert/strict";
import { test } from "node:test";
import {
  addDays,
  dayHeading,
  dayOf,
  instant,
  startTime,
  wall,
} from "../../../static/js/lib/days.js";
import { groupByMonth } from "../../../static/js/lib/grouping.js";

/** @param {string} iso @param {string} tz @param {string} [date] */
const entry = (iso, tz, date) => {
  const started_at = Date.parse(iso);
  const body = { started_at, tz, date: date ?? wall(started_at, tz).date };
  return /** @type {any} */ ({ id: iso, kind: "session", state: "synced", deleted: false, body });
};

test("a session counts for the local day it was done on, not for the UTC day", () => {
  assert.equal(wall(Date.parse("2026-11-20T23:30:00Z"), "Europe/Berlin").date, "2026-11-21");
  assert.equal(wall(Date.parse("2026-11-21T03:30:00Z"), "America/Los_Angeles").date, "2026-11-20");
  assert.equal(wall(Date.parse("2026-11-20T12:00:00Z"), "Pacific/Kiritimati").date, "2026-11-21");
});

test("midnight belongs to the new day and reads 00:00", () => {
  assert.deepEqual(wall(Date.parse("2026-11-20T23:00:00Z"), "Europe/Berlin"), {
    date: "2026-11-21",
    time: "00:00:00",
  });
  assert.equal(wall(Date.parse("2026-11-20T22:59:59Z"), "Europe/Berlin").date, "2026-11-20");
});

test("the last hour of a summer-time day stays on its day", () => {
  const spring = Date.parse("2026-03-29T21:30:00Z");
  assert.deepEqual(wall(spring, "Europe/Berlin"), { date: "2026-03-29", time: "23:30:00" });
  const autumn = Date.parse("2026-10-25T22:30:00Z");
  assert.deepEqual(wall(autumn, "Europe/Berlin"), { date: "2026-10-25", time: "23:30:00" });
});

test("an unknown zone reads as UTC instead of breaking the list", () => {
  assert.equal(wall(0, "Mars/Olympus_Mons").date, "1970-01-01");
});

test("an instant is what the clock on the wall shows, in every zone and season", () => {
  for (const zone of [
    "UTC",
    "Europe/Berlin",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Pacific/Apia",
  ]) {
    for (const date of ["2026-01-15", "2026-03-28", "2026-03-29", "2026-07-14", "2026-10-25"]) {
      const at = instant(date, "18:05:09", zone);
      assert.deepEqual(wall(at, zone), { date, time: "18:05:09" }, `${zone} ${date}`);
    }
  }
});

test("in the hour that spring skips the hour after is taken", () => {
  const at = instant("2026-03-29", "02:30:00", "Europe/Berlin");
  assert.deepEqual(wall(at, "Europe/Berlin"), { date: "2026-03-29", time: "03:30:00" });
});

test("the hour that autumn repeats is taken the first time", () => {
  const at = instant("2026-10-25", "02:30:00", "Europe/Berlin");
  assert.equal(new Date(at).toISOString(), "2026-10-25T00:30:00.000Z");
});

test("days are headed in words", () => {
  const today = "2026-11-22";
  assert.equal(dayHeading("2026-11-22", today), "Today");
  assert.equal(dayHeading("2026-11-21", today), "Yesterday");
  assert.equal(dayHeading("2026-11-23", today), "Tomorrow");
  assert.equal(dayHeading("2026-11-20", today), "Friday 20 November");
  assert.equal(dayHeading("2024-02-29", today), "Thursday 29 February 2024");
  assert.equal(dayHeading("2025-12-31", "2026-01-01"), "Yesterday");
  assert.equal(addDays("2026-03-01", -1), "2026-02-28");
});

test("the start shows in the zone it was done in, and names it when it is another", () => {
  const { body } = entry("2026-11-20T06:10:00Z", "Europe/Berlin");
  assert.equal(startTime(body, "Europe/Berlin"), "07:10");
  assert.equal(startTime(body, "America/New_York"), "07:10 Europe/Berlin time");
  assert.equal(startTime({}, "UTC"), "");
});

test("several sessions of a day come together, whatever zone each was done in", () => {
  const [{ days }] = groupByMonth([
    entry("2026-11-21T03:30:00Z", "America/Los_Angeles"),
    entry("2026-11-20T19:00:00Z", "Europe/Berlin"),
    entry("2026-11-19T23:30:00Z", "Europe/Berlin"),
    entry("2026-11-19T12:00:00Z", "Europe/Berlin"),
  ]);
  assert.deepEqual(
    days.map(({ date, entries }) => [date, entries.length]),
    [
      ["2026-11-20", 3],
      ["2026-11-19", 1],
    ],
  );
});

test("the date that was written down wins over what its instant says", () => {
  assert.equal(dayOf(entry("2026-11-20T12:00:00Z", "UTC", "2026-11-18").body), "2026-11-18");
});

test("a month that did not change stays the same object, so that it is not drawn again", () => {
  const old = [entry("2026-10-20T12:00:00Z", "UTC"), entry("2026-10-19T12:00:00Z", "UTC")];
  const before = groupByMonth([entry("2026-11-20T12:00:00Z", "UTC"), ...old]);
  const read = old.map((one) => structuredClone(one));
  const after = groupByMonth([entry("2026-11-20T13:00:00Z", "UTC"), ...read], before);
  assert.notEqual(after[0], before[0]);
  assert.equal(after[1], before[1]);
});
