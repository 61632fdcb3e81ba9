/** The outbox: rows of mutations under numbers of this device, and what they build on. */

import { isLater, nextUuid7, tickOf, uuid4 } from "./uuid7.js";

/**
 * @import { Tx } from "./db.js"
 * @import { NewMutation } from "./plan.js"
 * @import { Entry, Env, Mutation } from "./types.js"
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
  const row = { ...mutation, mid: device.next_mid, by: device.id };
  await tx.objectStore("outbox").put(row);
  await tx.objectStore("meta").put({ ...device, next_mid: device.next_mid + 1 }, "device");
  return row;
}

/** @param {Tx} tx @param {Env} env @returns {Promise<Device>} */
export async function deviceOf(tx, env) {
  return (await tx.objectStore("meta").get("device")) ?? { id: uuid4(env.random), next_mid: 1 };
}
