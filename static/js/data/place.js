/** Where a pull stands: the cursor, and after a new start what made it necessary. */

/**
 * @import { Store } from "./store.js"
 * @import { Tx } from "./db.js"
 * @import { Answered } from "./settle.js"
 * @import { Body, ServerCopy } from "./types.js"
 *
 * @typedef {"gc" | "epoch" | "schema" | "check"} Reset `check` is ours: the sums did not agree
 *
 * `since`: copies up to this `seq` are in the log that the server came back with. `from`: the cursor before
 * the new start.
 * @typedef {{cursor: string, generation: number, reset: Reset | null, since?: number,
 *   from?: string}} Place
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

/** The epoch of the log that the cursor points into; "" for none yet. @param {Pick<Place, "cursor">} place */
export const epochOf = ({ cursor }) => cursor.split(":")[0];

/** How far into that log; 0 for no log. @param {Pick<Place, "cursor">} place */
export const seqOf = ({ cursor }) => Number(cursor.split(":")[1] ?? 0);

/**
 * Whether an answer of `epoch` is of the log that is pulled. Which one that is nobody knows between the news
 * that it was replaced and the first page.
 *
 * @param {Place} place
 * @param {string} epoch
 */
export function belongsTo({ cursor, reset, from = "" }, epoch) {
  if (!cursor && reset === "epoch") return false;
  const log = epochOf({ cursor: cursor || from });
  return !log || log === epoch;
}

/**
 * Begin again from nothing; the outbox stays as it is.
 *
 * @param {Store} store
 * @param {Reset} reset
 * @param {number} [since]
 */
export const startOver = (store, reset, since) =>
  store.db.write(["meta"], (tx) => beginAnew(tx, reset, since));

/**
 * What an earlier new start was to find out about a restored server, and did not come to, this one still
 * has to.
 *
 * @param {Tx} tx
 * @param {Reset} reset
 * @param {number} [since]
 * @param {string} [known] cursor into the log of what is here, where nothing was pulled yet
 */
export async function beginAnew(tx, reset, since = 0, known) {
  const old = await placeIn(tx);
  const epochs = [old, { reset, since }].filter((one) => one.reset === "epoch");
  const from = old.cursor || old.from || known;
  /** @type {Place} */
  const place = { cursor: "", generation: old.generation + 1, reset, ...(from && { from }) };
  if (epochs.length) {
    place.reset = "epoch";
    place.since = Math.min(...epochs.map((one) => one.since ?? 0));
  }
  await tx.objectStore("meta").put(place, "pull");
}

/**
 * Whether `first`, the first page of a new start, is of another log than the one it began from. Then
 * nobody knows yet how much of what is here that log has: it may have been put in place only since.
 *
 * @param {Place} place
 * @param {{cursor: string}} first
 */
export const isElsewhere = ({ cursor, from }, first) =>
  !cursor && !!from && epochOf({ cursor: from }) !== epochOf(first);

/**
 * Whether the server lost more than the new start is about.
 *
 * @param {Place} place
 * @param {{reset?: Reset | null, since?: number}} answer to the cursor before the new start
 */
export const lostMore = (place, { reset, since = 0 }) =>
  reset === "epoch" && (place.reset !== "epoch" || since < (place.since ?? 0));

/**
 * @param {Change} change
 * @returns {ServerCopy}
 */
export function serverCopy({ rev, seq, deleted, body, extra }) {
  return { rev, seq, body: deleted ? null : extra ? { ...extra, ...body } : body };
}
