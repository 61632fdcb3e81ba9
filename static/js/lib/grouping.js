// The list as months of days: newest first, each day with its sessions. Pure.
import { dayOf } from "./days.js";

/**
 * @typedef {import("../data/types.js").EntryView} EntryView
 * @typedef {{date: string, entries: EntryView[]}} Day
 * @typedef {{month: string, days: Day[]}} Month
 */

/**
 * Group entries, which come newest day first, by the local day they were done on, and the days by
 * month. A month that is the same as before stays the same object: the page need not draw it again.
 * @param {EntryView[]} entries
 * @param {Month[]} [before]
 * @returns {Month[]}
 */
export function groupByMonth(entries, before = []) {
  const days = inRuns(entries, ({ body }) => dayOf(body));
  const months = inRuns(days, ({ key }) => key.slice(0, 7));
  const known = new Map(before.map((month) => [month.month, month]));
  return months.map(({ key: month, items }) => {
    const fresh = { month, days: items.map((day) => ({ date: day.key, entries: day.items })) };
    const old = known.get(month);
    return old && same(old.days, fresh.days) ? old : fresh;
  });
}

/**
 * Part a list into runs of the same key.
 * @template T
 * @param {T[]} items
 * @param {(item: T) => string} keyOf
 */
function inRuns(items, keyOf) {
  /** @type {{key: string, items: T[]}[]} */
  const runs = [];
  for (const item of items) {
    const key = keyOf(item);
    if (runs.at(-1)?.key !== key) runs.push({ key, items: [] });
    runs.at(-1)?.items.push(item);
  }
  return runs;
}

/**
 * @param {Day[]} some
 * @param {Day[]} others
 */
function same(some, others) {
  const [a, b] = [some, others].map((days) => days.flatMap(({ entries }) => entries));
  return (
    a.length === b.length &&
    a.every((one, i) => one === b[i] || JSON.stringify(one) === JSON.stringify(b[i]))
  );
}
