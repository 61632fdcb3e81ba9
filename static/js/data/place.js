/** Where a pull stands: the cursor, and after a new start what made it necessary. */

/**
 * @import { Store } from "./store.js"
 * @import { Tx } from "./db.js"
 * @import { Answered } from "./settle.js"
 * @import { Body, ServerCopy } from "./types.js"
 *
 * @typedef {"gc" | "epoch" | "schema" | "check"} Reset `check` is ours: the sums did not agree
 *
 * `since`: copies up to this `seq` are in the log that the server came back with.
 * @typedef {{cursor: string, generation: number, reset: Reset | null, since?: number}} Place
 *
 * @typedef {{id: string, kind: string, rev: number, seq: number, deleted: boolean,
 *   body: Body | null, extra?: Body | null, lost?: Body}} Change an entry as the server sends it
 */

/** @type {Place} */
const START = { cursor: "", generation: 0, reset: null };

/** @param {Store} store @returns {Promise<Place>} */
export const placeOf = async (store) => (await store.meta.get("pull")) ?? START;

/** @param {Tx} tx @returns {Promise<Place>} */
export const placeIn = async (tx) => (await tx.objectStore("meta").get("pull")) ?? START;

/**
 * Where a pull stands after a push. Whoever has not pulled yet must know all the same which log
 * took it, should it change. And where the numbers since the cursor are those of this very push, each
 * taken as it was sent, nobody else wrote in between, and there is nothing to fetch of it.
 *
 * @param {Place} place
 * @param {Answered} answered
 */
export function placeAfter(place, { results, epoch, seq = 0, altered }) {
  if (!epoch || place.reset) return place;
  if (!place.cursor) return { ...place, cursor: `${epoch}:0` };
  const first = seq - results.length;
  const alone =
    !altered &&
    place.cursor === `${epoch}:${first}` &&
    results.every((one, i) => one?.status === "ok" && one.seq === first + 1 + i);
  return alone ? { ...place, cursor: `${epoch}:${seq}` } : place;
}

/** The epoch of the log that the cursor points into; "" for none yet. @param {Place} place */
export const epochOf = ({ cursor }) => cursor.split(":")[0];

/** How far into that log; 0 for no log. @param {Pick<Place, "cursor">} place */
export const seqOf = ({ cursor }) => Number(cursor.split(":")[1] ?? 0);

/** @param {Place} place @param {string} epoch */
export const belongsTo = (place, epoch) => epochOf(place) === epoch;

/**
 * Begin again from nothing; the outbox stays as it is. What an earlier new start was to find out
 * about a restored server, and did not come to, this one still has to.
 *
 * @param {Store} store
 * @param {Reset} reset
 * @param {number} [since]
 */
export function startOver(store, reset, since = 0) {
  return store.db.write(["meta"], async (tx) => {
    const old = await placeIn(tx);
    const epochs = [old, { reset, since }].filter((one) => one.reset === "epoch");
    /** @type {Place} */
    const place = { cursor: "", generation: old.generation + 1, reset };
    if (epochs.length) {
      place.reset = "epoch";
      place.since = Math.min(...epochs.map((one) => one.since ?? 0));
    }
    await tx.objectStore("meta").put(place, "pull");
  });
}

/**
 * @param {Change} change
 * @returns {ServerCopy}
 */
export function serverCopy({ rev, seq, deleted, body, extra }) {
  return { rev, seq, body: deleted ? null : extra ? { ...extra, ...body } : body };
}
