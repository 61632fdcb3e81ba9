/** What helps to find out why phone and server disagree: numbers only, nothing that a rider wrote. */

import { checkOf } from "./check.js";

/**
 * @import { Store } from "./store.js"
 * @import { Entry, Mutation, SyncState } from "./types.js"
 */

/**
 * @param {Store} store
 * @param {SyncState} sync
 * @returns {Promise<object>} plain JSON
 */
export async function reportOn(store, sync) {
  const stores = ["entry", "outbox", "meta"];
  const { entries, mutations, meta } = await store.db.read(stores, async (tx) => {
    const keys = ["device", "pull", "check", "checked_at", "synced_at"];
    const values = await Promise.all(keys.map((key) => tx.objectStore("meta").get(key)));
    return {
      entries: /** @type {Entry[]} */ (await tx.objectStore("entry").getAll()),
      mutations: /** @type {Mutation[]} */ (await tx.objectStore("outbox").getAll()),
      meta: Object.fromEntries(keys.map((key, i) => [key, values[i] ?? null])),
    };
  });
  const cursor = meta.pull?.cursor ?? "";
  return {
    at: store.env.now(),
    app: (await store.env.version?.()) ?? "",
    ...{ sync, device: meta.device?.id ?? null, next_mid: meta.device?.next_mid ?? 1 },
    ...{ cursor, epoch: cursor.split(":")[0], pull: meta.pull },
    check: { phone: checkOf(entries), server: meta.check },
    ...{ checked_at: meta.checked_at, synced_at: meta.synced_at },
    entries: {
      all: entries.length,
      by_kind: tally(entries.map(({ kind }) => kind)),
      by_state: tally(entries.map(({ state }) => state)),
      deleted: entries.filter(({ deleted }) => deleted).length,
      missing_on_server: entries.filter(({ orphan }) => orphan).length,
    },
    outbox: {
      all: mutations.length,
      by_op: tally(mutations.map(({ op }) => op)),
      by_state: tally(mutations.map(({ state }) => state)),
      reasons: tally(mutations.flatMap(({ reason }) => reason?.code ?? [])),
      most_tries: Math.max(0, ...mutations.map(({ tries }) => tries)),
    },
  };
}

/** @param {string[]} names @returns {Record<string, number>} how often each occurs */
function tally(names) {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
