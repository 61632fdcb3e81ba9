/** The outbox: rows of mutations under numbers of this device, and what they build on. */

import { putAll } from "./db.js";
import { isLater, nextUuid7, tickOf, uuid4 } from "./uuid7.js";

/**
 * @import { Tx } from "./db.js"
 * @import { NewMutation } from "./plan.js"
 * @import { Store } from "./store.js"
 * @import { Entry, Env, Mutation, ServerCopy } from "./types.js"
 *
 * @typedef {{id: string, next_mid: number, sent_mid?: number}} Device `sent_mid`: no number above
 *   it was ever given to a request
 */

/** @param {Tx} tx @param {string} id @returns {Promise<Mutation[]>} in order of mid */
export const mutationsOf = (tx, id) => tx.objectStore("outbox").index("id").getAll(id);

/** @param {Mutation[]} mutations @returns {Map<string, Mutation[]>} by entry, each in their order */
export function byId(mutations) {
  /** @type {Map<string, Mutation[]>} */
  const found = new Map();
  for (const one of mutations) {
    const queue = found.get(one.id);
    if (queue) queue.push(one);
    else found.set(one.id, [one]);
  }
  return found;
}

/** Whether it is still to be sent, rather than refused. @param {Mutation} mutation */
export const isOpen = ({ state }) => state !== "attention";

/** @param {Tx} tx @param {Env} env @returns {Promise<string>} the next id of this phone */
export async function mint(tx, env) {
  const meta = tx.objectStore("meta");
  const { id, tick } = nextUuid7(await meta.get("uuid7"), env.now(), env.random);
  await meta.put(tick, "uuid7");
  return id;
}

/**
 * Have the next ids come after `ids`, which another database of this phone made, perhaps while its clock
 * was ahead: by their ids, changes that are brought back find their order.
 *
 * @param {Tx} tx
 * @param {string[]} ids
 */
export async function mintAfter(tx, ids) {
  const meta = tx.objectStore("meta");
  const last = [...ids].sort().at(-1);
  if (last && isLater(tickOf(last), await meta.get("uuid7"))) await meta.put(tickOf(last), "uuid7");
}

/**
 * Put what `plan.js` wants last in the outbox.
 *
 * @param {Tx} tx
 * @param {Env} env
 * @param {Entry} entry
 * @param {NewMutation} wanted
 * @param {Partial<Pick<Mutation, "mutation_id" | "at" | "tz" | "clock_off">>} [known]
 */
export async function enqueue(tx, env, { id, kind }, wanted, known = {}) {
  const mutation_id = known.mutation_id ?? (await mint(tx, env));
  const epoch = await epochIn(tx);
  const made = { at: env.now(), tz: env.tz(), ...known, mutation_id, ...(epoch && { epoch }) };
  return append(tx, env, { ...wanted, ...made, id, kind, state: "waiting", tries: 0 });
}

/** The epoch of the log that is pulled; place.js is loaded only with the sync. @param {Tx} tx */
async function epochIn(tx) {
  const { cursor = "" } = (await tx.objectStore("meta").get("pull")) ?? {};
  return cursor.split(":")[0];
}

/**
 * Put `mutation` last in the outbox, under the next mid of this device.
 *
 * @param {Tx} tx
 * @param {Env} env
 * @param {Omit<Mutation, "mid">} mutation
 */
export async function append(tx, env, mutation) {
  const device = await deviceOf(tx, env);
  const row = { ...mutation, mid: device.next_mid };
  await tx.objectStore("outbox").put(row);
  await tx.objectStore("meta").put({ ...device, next_mid: device.next_mid + 1 }, "device");
  return row;
}

/** @param {Tx} tx @param {Env} env @returns {Promise<Device>} */
export async function deviceOf(tx, env) {
  return (await tx.objectStore("meta").get("device")) ?? { id: uuid4(env.random), next_mid: 1 };
}

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
    if (under || one.base_rev !== settled.base_rev) return one;
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
    if (isOpen(one) || one.mid > taken.mid) return one;
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
    const mutations = await outbox.getAll();
    await outbox.clear();
    await Promise.all(mutations.map((one, i) => outbox.put({ ...one, mid: i + 1 })));
    const sent_mid = mutations.length;
    const device = { id: uuid4(store.env.random), next_mid: sent_mid + 1, sent_mid };
    await tx.objectStore("meta").put(device, "device");
  });
}
