/** Which mutations go up next. */

import { putAll } from "./db.js";
import { deviceOf } from "./outbox.js";
import { epochOf, placeIn, seqOf } from "./place.js";
import { isBeside } from "./sent.js";
import { onTheWire } from "./wire.js";

/**
 * @import { Tx } from "./db.js"
 * @import { Store } from "./store.js"
 * @import { Mutation } from "./types.js"
 *
 * @typedef {object} Batch
 * @property {string} device
 * @property {string} epoch of the log that this phone knows; "" if it knows none
 * @property {number} seq up to which it knows it
 * @property {number} acked_mid
 * @property {Mutation[]} mutations oldest first; none: nothing is left to send
 * @property {string[]} texts the same as they go over the wire
 * @property {boolean} more whether something else waits, which may or may not be for now
 *
 * @typedef {object} Taking
 * @property {number} [most] how many, after the server found a batch too large
 * @property {Set<string>} [later] entries to leave out
 * @property {Mutation[]} [flying] what is on its way: neither this nor anything else of its entries
 */

const MOST = 200;
const MOST_BYTES = 240_000;
const DAY_MS = 86_400_000;

const encoder = new TextEncoder();

/**
 * Return the next mutations to send; what the server could not take again and again comes after
 * all the others, once a day. Only how far the outbox was given out is written, so no send waits for
 * the disk; the mutations themselves have been on it since they were saved.
 *
 * @param {Store} store
 * @param {Taking} taking
 */
export function takeBatch(store, taking) {
  return store.db.write(["outbox", "meta"], (tx) => batchIn(tx, store, taking), "relaxed");
}

/**
 * The same within a transaction.
 *
 * @param {Tx} tx
 * @param {Store} store
 * @param {Taking} taking
 * @returns {Promise<Batch>}
 */
export async function batchIn(tx, store, { most = MOST, later = new Set(), flying = [] }) {
  const byState = tx.objectStore("outbox").index("state");
  const window = Math.min(most, MOST);
  const [device, place, putOff, keys] = await Promise.all([
    deviceOf(tx, store.env),
    placeIn(tx),
    /** @type {Promise<Mutation[]>} */ (byState.getAll("put-off")),
    keysOf(tx, window + flying.length),
  ]);
  const behind = new Set([...later, ...[...putOff, ...flying].map(({ id }) => id)]);
  const next = await nextOf(tx, keys, flying, window, behind);
  let { chosen } = next;
  // These are tried once a day, so not before it is sure that they will be sent.
  if (!chosen.length && !flying.length) {
    const now = store.env.now();
    chosen = choose(await putOffOf(tx, putOff, now), window, later);
    const tried = chosen.filter(({ mutation }) => mutation.state === "put-off");
    const rows = tried.map(({ mutation }) => ({ ...mutation, put_off_at: now }));
    putAll(tx, "outbox", rows);
  }
  const mutations = chosen.map(({ mutation }) => mutation);
  const sent_mid = Math.max(device.sent_mid ?? 0, ...mutations.map(({ mid }) => mid));
  if (mutations.length) await tx.objectStore("meta").put({ ...device, sent_mid }, "device");
  const acked_mid = Math.min(device.next_mid, keys[0] ?? Infinity, putOff[0]?.mid ?? Infinity) - 1;
  const texts = chosen.map(({ text }) => text);
  return {
    device: mutations[0]?.device ?? device.id,
    epoch: epochOf(place),
    seq: seqOf(place),
    acked_mid,
    mutations,
    texts,
    more: next.more,
  };
}

/** @param {Tx} tx @param {number} most @returns {Promise<number[]>} of what waits; one more: not all */
const keysOf = (tx, most) =>
  tx
    .objectStore("outbox")
    .index("state")
    .getAllKeys("waiting", most + 1);

/**
 * The first of those that wait. Their numbers are read before they are, so that what is on its way
 * is not read once more.
 *
 * @param {Tx} tx
 * @param {number[]} keys the first of them
 * @param {Mutation[]} flying
 * @param {number} window
 * @param {Set<string>} behind entries to leave out
 */
async function nextOf(tx, keys, flying, window, behind) {
  const sent = new Set(flying.map(({ mid }) => mid));
  for (let n = window; ; n *= 4, keys = await keysOf(tx, n + flying.length)) {
    const open = keys.filter((mid) => !sent.has(mid));
    const rows = open.length ? await between(tx, open[0], open[Math.min(n, open.length) - 1]) : [];
    const waiting = rows.filter(({ state }) => state === "waiting");
    const chosen = choose(waiting, window, behind);
    const all = keys.length <= n + flying.length && open.length <= n;
    if (chosen.length || all) return { chosen, more: !all || chosen.length < open.length };
  }
}

/** @param {Tx} tx @param {number} first @param {number} last @returns {Promise<Mutation[]>} */
const between = (tx, first, last) =>
  tx.objectStore("outbox").getAll(IDBKeyRange.bound(first, last));

/**
 * What was put off a day ago (or will have been, by a clock that was set back since), with all
 * that waits behind it.
 *
 * @param {Tx} tx
 * @param {Mutation[]} putOff
 * @param {number} now
 */
async function putOffOf(tx, putOff, now) {
  const rested = putOff.filter(({ put_off_at: at = 0 }) => now < at || now - at >= DAY_MS);
  if (!rested.length) return [];
  const ids = new Set(rested.map(({ id }) => id));
  /** @type {Mutation[]} */
  const waiting = await tx.objectStore("outbox").index("state").getAll("waiting");
  const due = [...putOff, ...waiting].filter(({ id }) => ids.has(id));
  return due.sort((a, b) => a.mid - b.mid);
}

/**
 * @param {Mutation[]} waiting
 * @param {number} most
 * @param {Set<string>} not
 */
function choose(waiting, most, not) {
  const chosen = [];
  let bytes = 0;
  for (const mutation of waiting) {
    if (chosen.length === most) break;
    if (not.has(mutation.id)) continue;
    if (chosen.length && !isBeside(mutation, chosen[0].mutation)) break;
    const text = JSON.stringify(onTheWire(mutation));
    bytes += bytesOf(text) + 1;
    if (chosen.length && bytes > MOST_BYTES) break;
    chosen.push({ mutation, text });
  }
  return chosen;
}

/** Most text is plain, and need not be encoded to be counted. @param {string} text */
const bytesOf = (text) =>
  /[\u0080-\uffff]/.test(text) ? encoder.encode(text).length : text.length;
