// The list as days: newest first, each with its sessions. Pure.
import { dayOf } from "./days.js";

/**
 * @typedef {import("../data/types.js").EntryView} EntryView
 * @typedef {{date: string, entries: EntryView[]}} Day
 */

/**
 * Group entries, which come newest day first, by the local day they were done on. A day that is
 * the same as before stays the same object, so that the page need not draw it again.
 * @param {EntryView[]} entries
 * @param {Day[]} [before]
 * @returns {Day[]}
 */
export function groupByDay(entries, before = []) {
  /** @type {Day[]} */
  const days = [];
  for (const entry of entries) {
    const date = dayOf(entry.body);
    if (days.at(-1)?.date !== date) days.push({ date, entries: [] });
    days.at(-1)?.entries.push(entry);
  }
  const known = new Map(before.map((day) => [day.date, day]));
  return days.map((day) => {
    const old = known.get(day.date);
    return old && same(old.entries, day.entries) ? old : day;
  });
}

/**
 * @param {EntryView[]} some
 * @param {EntryView[]} others
 */
function same(some, others) {
  return (
    some.length === others.length &&
    some.every((one, i) => one === others[i] || JSON.stringify(one) === JSON.stringify(others[i]))
  );
}
