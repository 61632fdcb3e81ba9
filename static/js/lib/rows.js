// A list that keeps its places while it is looked at: nothing moves away from under a thumb. Pure.

/**
 * @template {{id: string}} T
 * @typedef {{item: T, gone: boolean}} Row an item, or one that was here and is settled now
 */

/**
 * Take in what there is now: whatever was shown keeps its place, what is gone is marked so, and
 * what is new comes last.
 * @template {{id: string}} T
 * @param {Row<T>[]} before
 * @param {T[]} now
 * @returns {Row<T>[]}
 */
export function keepPlaces(before, now) {
  const fresh = new Map(now.map((item) => [item.id, item]));
  const shown = new Set(before.map(({ item }) => item.id));
  return [
    ...before.map(({ item }) => ({ item: fresh.get(item.id) ?? item, gone: !fresh.has(item.id) })),
    ...now.filter(({ id }) => !shown.has(id)).map((item) => ({ item, gone: false })),
  ];
}
