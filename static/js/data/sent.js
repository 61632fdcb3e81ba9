/** What becomes of the outbox once some of it was sent; loaded with the sync. */

import { putAll } from "./db.js";
import { isOpen } from "./outbox.js";
import { uuid4 } from "./uuid7.js";

/**
 * @import { Tx } from "./db.js"
 * @import { Store } from "./store.js"
 * @import { Env, Mutation, ServerCopy } from "./types.js"
 */

/**
 * The server went on from what `mutations` were made on: that body is kept with each of them.
 *
 * @param {Mutation[]} mutations
 * @param {ServerCopy | null} before
 * @param {ServerCopy} after
 * @returns {Mutation[]} those that need no change are the very same
 */
export function keepBase(mutations, before, after) {
  return mutations.map((one) => {
    if (one.base !== undefined || one.base_rev >= after.rev) return one;
    return { ...one, base: before?.rev === one.base_rev ? before.body : null };
  });
}

/**
 * The same changes as of one who saw nothing of what the server has now.
 *
 * @param {Mutation[]} mutations
 * @param {ServerCopy | null} held
 */
export const unseen = (mutations, held) =>
  mutations.map((one) => ({ base: held?.body ?? null, ...one, base_rev: 0 }));

/** Whether one was made in sight of the other. @param {Mutation} a @param {Mutation} b */
export const isBeside = (a, b) => a.device === b.device;

/**
 * The same mutations for a phone that becomes another device, whatever names they go by.
 *
 * @template {Omit<Mutation, "mid">} T
 * @param {T[]} mutations
 * @param {Env} env
 * @returns {T[]}
 */
export function renamed(mutations, { random }) {
  const names = new Map(mutations.map(({ device }) => [device, device && uuid4(random)]));
  return mutations.map((one) => (one.device ? { ...one, device: names.get(one.device) } : one));
}

/**
 * Later mutations were made on top of this one, and what was refused is seen on top of it: what they
 * build on is now its revision. Where the server's copy has moved on they keep the base that the rider
 * saw, so that nothing is overwritten unseen.
 *
 * @param {Mutation[]} rest
 * @param {Mutation} settled
 * @param {number} rev
 */
export const rebase = (rest, settled, rev) =>
  rest.map((one) => {
    const under = isOpen(one) && one.mid < settled.mid;
    if (under || !isBeside(one, settled) || one.base_rev !== settled.base_rev) return one;
    const { base: _base, ...follower } = one;
    return { ...follower, base_rev: rev };
  });

/**
 * What is left of `mutations` now that `taken` is with the server: of what was refused before it, that which
 * it did not say anew.
 *
 * @param {Mutation[]} mutations
 * @param {Mutation} taken
 * @param {ServerCopy} server
 * @returns {Mutation[]}
 */
export function leftOf(mutations, taken, server) {
  const outdone = taken.op === "delete" ? !server.body : taken.whole;
  return mutations.flatMap((one) => {
    if (isOpen(one) || one.mid > taken.mid || !isBeside(one, taken)) return one;
    return outdone
      ? []
      : (without(one, [...Object.keys(taken.set ?? {}), ...(taken.unset ?? [])]) ?? []);
  });
}

/** @param {Mutation} mutation @param {string[]} fields @returns {Mutation | null} null: nothing is left */
function without(mutation, fields) {
  const { set = {}, unset = [] } = mutation;
  if (!fields.some((field) => field in set || unset.includes(field))) return mutation;
  const kept = Object.entries(set).filter(([field]) => !fields.includes(field));
  const gone = unset.filter((field) => !fields.includes(field));
  if (!kept.length && !gone.length) return null;
  return { ...mutation, set: Object.fromEntries(kept), unset: gone };
}

/**
 * Count a request that came to nothing.
 *
 * @param {Store} store
 * @param {Mutation[]} sent
 */
export function countTry(store, sent) {
  const ids = new Set(sent.map(({ mutation_id }) => mutation_id));
  const range = IDBKeyRange.bound(sent[0].mid, sent[sent.length - 1].mid);
  const work = async (/** @type {Tx} */ tx) => {
    const rows = await tx.objectStore("outbox").getAll(range);
    const tried = rows.filter((one) => ids.has(one.mutation_id));
    putAll(
      tx,
      "outbox",
      tried.map((one) => ({ ...one, tries: one.tries + 1 })),
    );
  };
  return store.db.write(["outbox"], work, "relaxed");
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
    const mutations = renamed(await outbox.getAll(), store.env);
    await outbox.clear();
    const sent_mid = mutations.length;
    const device = { id: uuid4(store.env.random), next_mid: sent_mid + 1, sent_mid };
    const rows = mutations.map((one, i) => ({ ...one, mid: i + 1, by: device.id }));
    await Promise.all(rows.map((one) => outbox.put(one)));
    await tx.objectStore("meta").put(device, "device");
  });
}
