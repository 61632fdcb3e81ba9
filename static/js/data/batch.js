/** Which mutations go up next. */

import { deviceOf } from "./outbox.js";

/**
 * @import { Tx } from "./db.js"
 * @import { Store } from "./store.js"
 * @import { Mutation } from "./types.js"
 *
 * @typedef {{device: string, acked_mid: number, mutations: Mutation[]}} Batch
 */

const MOST = 200;
const MOST_BYTES = 240_000;
const DAY_MS = 86_400_000;

/**
 * Mark and return the next mutations to send, oldest first; what the server could not take again
 * and again comes after all the others, once a day. Empty: nothing left to send. Only counts of tries
 * are written, so no send waits for the disk; the mutations themselves have been on it since they were saved.
 *
 * @param {Store} store
 * @param {number} most how many, after the server found a batch too large
 * @param {Set<string>} later entries to leave out
 * @returns {Promise<Batch>}
 */
export function takeBatch(store, most = MOST, later = new Set()) {
  const work = async (/** @type {Tx} */ tx) => {
    const outbox = tx.objectStore("outbox");
    const byState = outbox.index("state");
    const device = await deviceOf(tx, store.env);
    /** @type {Mutation[]} */
    const putOff = await byState.getAll("put-off");
    const behind = new Set([...later, ...putOff.map(({ id }) => id)]);
    /** @type {Mutation[]} */
    let waiting = [];
    /** @type {Mutation[]} */
    let chosen = [];
    for (let n = 2 * MOST; !chosen.length; n *= 4) {
      waiting = await byState.getAll("waiting", n);
      chosen = choose(waiting, Math.min(most, MOST), behind);
      if (waiting.length < n) break;
    }
    const now = store.env.now();
    if (!chosen.length) chosen = choose(due(putOff, waiting, now), Math.min(most, MOST), later);
    const mutations = chosen.map((one) => ({ ...one, tries: one.tries + 1 }));
    for (const one of mutations) if (one.state === "put-off") one.put_off_at = now;
    await Promise.all(mutations.map((one) => outbox.put(one)));
    const open = [waiting[0], putOff[0]].flatMap((one) => one?.mid ?? []);
    const acked_mid = Math.min(device.next_mid, ...open) - 1;
    return { device: device.id, acked_mid, mutations };
  };
  return store.db.write(["outbox", "meta"], work, "relaxed");
}

/**
 * What was put off a day ago (or will have been, by a clock that was set back since), with all
 * that waits behind it.
 *
 * @param {Mutation[]} putOff
 * @param {Mutation[]} waiting
 * @param {number} now
 */
function due(putOff, waiting, now) {
  const rested = putOff.filter(({ put_off_at: at = 0 }) => now < at || now - at >= DAY_MS);
  const ids = new Set(rested.map(({ id }) => id));
  return [...putOff, ...waiting].filter(({ id }) => ids.has(id)).sort((a, b) => a.mid - b.mid);
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
