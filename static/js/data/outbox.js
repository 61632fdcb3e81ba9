/** The outbox meets the server: which mutations go next, and what their results change. */

import { applyPatch } from "./merge.js";
import { deviceOf, mutationsOf, putEntry, SYNCED } from "./store.js";
import { uuid4 } from "./uuid7.js";

/**
 * @import { Store } from "./store.js"
 * @import { Tx } from "./db.js"
 * @import { Body, Entry, Mutation, ServerCopy } from "./types.js"
 *
 * @typedef {{device: string, acked_mid: number, mutations: Mutation[]}} Batch
 *
 * @typedef {object} Result
 * @property {number} mid
 * @property {string} [mutation_id]
 * @property {"ok" | "merged" | "duplicate" | "rejected" | "retry"} status
 * @property {number} [rev]
 * @property {number} [seq]
 * @property {string} [code]
 * @property {Record<string, string>} [errors]
 * @property {Change} [entry]
 * @property {number} [lost_rev]
 * @property {Body} [lost]
 *
 * @typedef {{id: string, kind: string, rev: number, seq: number, deleted: boolean,
 *   body: Body | null, extra?: Body | null, lost?: Body}} Change an entry as the server sends it
 */

const MOST = 200;
const MOST_BYTES = 240_000;

/**
 * Mark and return the next mutations to send, oldest first. Empty: nothing left to send.
 *
 * @param {Store} store
 * @param {number} most how many, after the server found a batch too large
 * @param {Set<string>} later entries to leave out
 * @returns {Promise<Batch>}
 */
export function takeBatch(store, most = MOST, later = new Set()) {
  return store.db.write(["outbox", "meta"], async (tx) => {
    const outbox = tx.objectStore("outbox");
    const device = await deviceOf(tx, store.env);
    const waiting = await outbox.index("state").getAll("waiting", 2 * MOST + later.size);
    const mutations = choose(waiting, Math.min(most, MOST), later).map((one) => ({
      ...one,
      tries: one.tries + 1,
    }));
    await Promise.all(mutations.map((one) => outbox.put(one)));
    const acked_mid = (waiting[0]?.mid ?? device.next_mid) - 1;
    return { device: device.id, acked_mid, mutations };
  });
}

/**
 * @param {Mutation[]} waiting
 * @param {number} most
 * @param {Set<string>} later
 */
function choose(waiting, most, later) {
  const chosen = [];
  let bytes = 0;
  for (const one of waiting) {
    if (later.has(one.id)) continue;
    bytes += new TextEncoder().encode(JSON.stringify(one)).length;
    if (chosen.length === most || (chosen.length && bytes > MOST_BYTES)) break;
    chosen.push(one);
  }
  return chosen;
}

/**
 * The mutation as it goes over the wire.
 *
 * @param {Mutation} mutation
 */
export function onTheWire({ mid, mutation_id, kind, id, op, base_rev, at, tz, set, unset }) {
  return { mid, mutation_id, kind, id, op, base_rev, at, tz, set, unset };
}

/**
 * Take in the server's results of `sent`, in one transaction. A mutation leaves the outbox by a
 * final result only; a refused one stays, with the reason.
 *
 * @param {Store} store
 * @param {Mutation[]} sent
 * @param {Result[]} results
 * @returns {Promise<{settled: string[], retry: string[]}>} ids of entries
 */
export function settle(store, sent, results) {
  const byMid = new Map(sent.map((one) => [one.mid, one]));
  return store.db.write(SYNCED, async (tx) => {
    /** @type {{settled: string[], retry: string[]}} */
    const done = { settled: [], retry: [] };
    for (const result of results) {
      const mutation = byMid.get(result.mid);
      if (!mutation || (result.mutation_id ?? mutation.mutation_id) !== mutation.mutation_id)
        continue;
      const final = await settleOne(tx, mutation, result);
      (final ? done.settled : done.retry).push(mutation.id);
    }
    return done;
  });
}

/**
 * @param {Tx} tx
 * @param {Mutation} sent
 * @param {Result} result
 */
async function settleOne(tx, sent, result) {
  const entry = await tx.objectStore("entry").get(sent.id);
  const mutations = await mutationsOf(tx, sent.id);
  const here = mutations.find((one) => one.mutation_id === sent.mutation_id);
  if (!entry || !here) return true;
  const rest = mutations.filter((one) => one !== here);
  if (result.status === "rejected") return refuse(tx, entry, here, rest, result);
  if (!["ok", "merged", "duplicate"].includes(result.status)) return false;
  await tx.objectStore("outbox").delete(here.mid);
  const server = serverAfter(entry, here, result);
  const followers =
    result.status === "merged"
      ? await keepBase(tx, rest, entry.server, server)
      : await rebase(tx, rest, here, server.rev);
  const lost = result.lost_rev ? { rev: result.lost_rev, ...result.lost } : entry.lost;
  const { orphan: _orphan, ...known } = entry;
  await putEntry(tx, { ...known, server, ...(lost && { lost }) }, followers);
  return true;
}

/**
 * The server's copy once it took `mutation`; never an older one than a pull has brought.
 *
 * @param {Entry} entry
 * @param {Mutation} mutation
 * @param {Result} result
 * @returns {ServerCopy}
 */
function serverAfter({ server, body }, mutation, { rev = 0, seq = 0, entry }) {
  if (server && server.rev >= rev) return server;
  if (entry) return serverCopy(entry);
  if (mutation.op === "delete") return { rev, seq, body: null };
  return {
    rev,
    seq,
    body: applyPatch(server?.body ?? (server && body) ?? {}, mutation.set, mutation.unset),
  };
}

/**
 * Later mutations were made on top of this one: what they build on is now its revision. After
 * a merge they keep the base that the rider saw, so that nothing is overwritten unseen.
 *
 * @param {Tx} tx
 * @param {Mutation[]} rest
 * @param {Mutation} settled
 * @param {number} rev
 */
async function rebase(tx, rest, settled, rev) {
  const next = rest.map((one) => {
    if (one.mid < settled.mid || one.base_rev !== settled.base_rev) return one;
    const { base: _base, ...follower } = one;
    return { ...follower, base_rev: rev };
  });
  await Promise.all(next.map((one) => tx.objectStore("outbox").put(one)));
  return next;
}

/**
 * The server went on from what `mutations` were made on: keep that body with each of them.
 *
 * @param {Tx} tx
 * @param {Mutation[]} mutations
 * @param {ServerCopy | null} before
 * @param {ServerCopy} after
 */
export async function keepBase(tx, mutations, before, after) {
  const next = mutations.map((one) => {
    if (one.base !== undefined || one.base_rev >= after.rev) return one;
    return { ...one, base: before?.rev === one.base_rev ? before.body : null };
  });
  await Promise.all(next.map((one) => tx.objectStore("outbox").put(one)));
  return next;
}

/**
 * Keep a refused mutation for the rider to see, unless a later one already makes up for it.
 *
 * @param {Tx} tx
 * @param {Entry} entry
 * @param {Mutation} mutation
 * @param {Mutation[]} rest
 * @param {Result} result
 */
async function refuse(tx, entry, mutation, rest, { code = "rejected", errors }) {
  const outbox = tx.objectStore("outbox");
  if (rest.some((one) => one.whole && one.mid > mutation.mid)) {
    await outbox.delete(mutation.mid);
    await putEntry(tx, entry, rest);
    return true;
  }
  const reason = { code, ...(errors && { errors }) };
  /** @type {Mutation} */
  const kept = { ...mutation, state: "attention", reason };
  await outbox.put(kept);
  await putEntry(
    tx,
    entry,
    [...rest, kept].sort((a, b) => a.mid - b.mid),
  );
  return true;
}

/**
 * Become a new device: this phone was restored from a backup, and its numbers were used before.
 * Mutation ids stay, so what did arrive is not repeated.
 *
 * @param {Store} store
 */
export function renumber(store) {
  return store.db.write(["outbox", "meta"], async (tx) => {
    const outbox = tx.objectStore("outbox");
    const mutations = await outbox.getAll();
    await outbox.clear();
    await Promise.all(mutations.map((one, i) => outbox.put({ ...one, mid: i + 1 })));
    const device = { id: uuid4(store.env.random), next_mid: mutations.length + 1 };
    await tx.objectStore("meta").put(device, "device");
  });
}

/**
 * @param {Change} change
 * @returns {ServerCopy}
 */
export function serverCopy({ rev, seq, deleted, body, extra }) {
  return { rev, seq, body: deleted ? null : { ...extra, ...body } };
}

/** @param {Mutation[]} mutations @returns {Map<string, Mutation[]>} by entry, each in their order */
export function byId(mutations) {
  const found = new Map();
  for (const one of mutations) found.set(one.id, [...(found.get(one.id) ?? []), one]);
  return found;
}
