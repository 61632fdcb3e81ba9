/** What is on this phone and not on the server, entry by entry, for the rider to look through. */

import { byId } from "./outbox.js";

/**
 * @import { Store } from "./store.js"
 * @import { Entry, Mutation, Op, Unsynced } from "./types.js"
 */

/**
 * @param {Store} store
 * @param {ReadonlySet<string>} uploading ids of entries that are on their way just now
 * @returns {Promise<Unsynced[]>} oldest change first
 */
export async function unsynced(store, uploading) {
  const { entries, mutations } = await store.db.read(["entry", "outbox"], async (tx) => {
    const state = tx.objectStore("entry").index("state");
    const found = await Promise.all(["phone", "attention"].map((one) => state.getAll(one)));
    return { entries: found.flat(), mutations: await tx.objectStore("outbox").getAll() };
  });
  const byEntry = byId(mutations);
  return entries
    .map((one) => rowOf(one, byEntry.get(one.id) ?? [], uploading))
    .sort((a, b) => a.since - b.since);
}

/**
 * @param {Entry} entry
 * @param {Mutation[]} mutations
 * @param {ReadonlySet<string>} uploading
 * @returns {Unsynced}
 */
function rowOf(entry, mutations, uploading) {
  const { id, kind, body, deleted, reason, orphan, clock_off } = entry;
  const times = mutations.map(({ at }) => at).concat(orphan ? orphan.at : []);
  return {
    ...{ id, kind, body: body ?? {}, deleted, op: opOf(entry, mutations) },
    state: stateOf(entry, mutations, uploading),
    since: Math.min(...times),
    tries: Math.max(0, ...mutations.map(({ tries }) => tries)),
    ...(reason && { reason }),
    ...(clock_off && { clockOff: clock_off }),
  };
}

/** @param {Entry} entry @param {Mutation[]} mutations @returns {Op} */
function opOf({ deleted, server }, mutations) {
  if (mutations.some(({ op }) => op === "create")) return "create";
  if (deleted) return "delete";
  return server || mutations.length ? "patch" : "create";
}

/**
 * @param {Entry} entry
 * @param {Mutation[]} mutations
 * @param {ReadonlySet<string>} uploading
 * @returns {Unsynced["state"]}
 */
function stateOf({ id, state }, mutations, uploading) {
  if (uploading.has(id)) return "uploading";
  if (state === "attention") return "attention";
  return mutations.some((one) => one.state === "put-off") ? "put-off" : "waiting";
}
