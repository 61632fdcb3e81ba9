/** What the server's results of a push change on this phone. */

import { suspect } from "./clock.js";
import { applyPatch } from "./merge.js";
import { enqueue, isOpen, keepBase, mutationsOf } from "./outbox.js";
import { belongsTo, placeIn, serverCopy } from "./place.js";
import { again } from "./plan.js";
import { putEntry, SYNCED } from "./store.js";
import { replay } from "./views.js";

/**
 * @import { Store } from "./store.js"
 * @import { Tx } from "./db.js"
 * @import { Change } from "./place.js"
 * @import { Body, Entry, Mutation, ServerCopy } from "./types.js"
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
 * @typedef {{results: Result[], epoch?: string, server_now?: number}} Answered
 * @typedef {"settled" | "retry" | "put-off"} Fate
 * @typedef {{store: Store, tx: Tx, generation: number | undefined, now: number,
 *   offset: number | undefined}} Desk `now` is the server's; `generation` that of the log which
 *   answered
 */

const FINAL = new Set(["ok", "merged", "duplicate"]);
const MOST_RETRIES = 8;
const DAY_MS = 86_400_000;

/**
 * Take in the server's results of `sent`, in one transaction. A mutation leaves the outbox by a
 * final result only; a refused one stays, with the reason.
 *
 * Where all were taken it need not wait for the disk. If it is lost they are sent again, and
 * answered as before; and a browser writes one log for a database, so nothing that follows
 * outlasts it. What was refused may go up in another way, under a number that must not be given
 * out twice: that waits for the disk, and is done one after the other.
 *
 * @param {Store} store
 * @param {Mutation[]} sent
 * @param {Answered} answered
 * @param {number} [offset] ms that this phone was found to be ahead of the server
 * @returns {Promise<Record<Fate, string[]>>} ids of entries
 */
export function settle(store, sent, { results, epoch = "", server_now }, offset) {
  const byMid = new Map(sent.map((one) => [one.mid, one]));
  const taken = results.every((result) => FINAL.has(result?.status));
  const work = async (/** @type {Tx} */ tx) => {
    const place = await placeIn(tx);
    // Whoever has not pulled yet must know all the same which log took this, should it change.
    if (epoch && !place.cursor && !place.reset) {
      await tx.objectStore("meta").put({ ...place, cursor: `${epoch}:0` }, "pull");
    }
    const generation = !place.cursor || belongsTo(place, epoch) ? place.generation : undefined;
    const desk = { store, tx, generation, now: server_now || store.env.now(), offset };
    /** @type {Record<Fate, string[]>} */
    const fates = { settled: [], retry: [], "put-off": [] };
    /** @type {Map<string, Promise<unknown>>} */
    const queues = new Map();
    for (const result of results) {
      const mutation = byMid.get(result?.mid);
      if (!mutation || (result.mutation_id ?? mutation.mutation_id) !== mutation.mutation_id)
        continue;
      const { id } = mutation;
      const queue = taken ? id : "all";
      const turn = async () => fates[await settleOne(desk, mutation, result)].push(id);
      queues.set(queue, (queues.get(queue) ?? Promise.resolve()).then(turn));
    }
    await Promise.all(queues.values());
    return fates;
  };
  return store.db.write(SYNCED, work, taken ? "relaxed" : "strict");
}

/**
 * @param {Desk} desk
 * @param {Mutation} sent
 * @param {Result} result
 * @returns {Promise<Fate>}
 */
async function settleOne(desk, sent, result) {
  const { tx, generation, offset } = desk;
  /** @type {[Entry | undefined, Mutation[]]} */
  const [entry, mutations] = await Promise.all([
    tx.objectStore("entry").get(sent.id),
    mutationsOf(tx, sent.id),
  ]);
  const here = mutations.find((one) => one.mutation_id === sent.mutation_id);
  if (!entry || !here) return "settled";
  const clock_off = suspect(entry.clock_off, here.clock_off, offset);
  const known = { ...entry, ...(clock_off && { clock_off }) };
  if (result.status === "rejected") return refuse(desk, known, here, mutations, result);
  if (!FINAL.has(result.status)) return postpone(desk, here);
  const rest = mutations.filter((one) => one !== here);
  await tx.objectStore("outbox").delete(here.mid);
  const server = serverAfter(entry, here, result);
  const followers =
    result.status === "merged"
      ? await keepBase(tx, rest, entry.server, server)
      : await rebase(tx, rest, here, server.rev);
  const lost = result.lost_rev ? { rev: result.lost_rev, ...result.lost } : entry.lost;
  const { orphan: _orphan, ...settled } = known;
  await putEntry(tx, { ...settled, server, generation, ...(lost && { lost }) }, followers);
  return "settled";
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
 * Not now: again later, and after too many times behind all the others. Days are the server's:
 * a clock that jumps makes no day pass.
 *
 * @param {Desk} desk
 * @param {Mutation} mutation
 * @returns {Promise<Fate>}
 */
async function postpone({ tx, store, now }, mutation) {
  const { retries = 0, retry_since = now } = mutation;
  const often = retries + 1 >= MOST_RETRIES || now - retry_since >= DAY_MS;
  /** @type {Mutation} */
  const next = { ...mutation, retries: retries + 1, retry_since };
  if (often) Object.assign(next, { state: "put-off", put_off_at: store.env.now() });
  await tx.objectStore("outbox").put(next);
  return often ? "put-off" : "retry";
}

/**
 * Keep a refused mutation for the rider to see, unless a later one already makes up for it.
 *
 * @param {Desk} desk
 * @param {Entry} entry
 * @param {Mutation} mutation
 * @param {Mutation[]} mutations all of the entry
 * @param {Result} result
 * @returns {Promise<Fate>}
 */
async function refuse(desk, entry, mutation, mutations, { code = "rejected", errors }) {
  const { tx } = desk;
  const outbox = tx.objectStore("outbox");
  const rest = mutations.filter((one) => one !== mutation);
  if (rest.some((one) => one.whole && one.mid > mutation.mid)) {
    await outbox.delete(mutation.mid);
    await putEntry(tx, entry, rest);
  } else if (code === "unknown_entry" && mutation.op === "patch") {
    await sendWhole(desk, { ...entry, server: null }, mutations, replay(entry, mutations), 0);
  } else {
    const reason = { code, ...(errors && { errors }) };
    /** @type {Mutation} */
    const kept = { ...mutation, state: "attention", reason };
    await outbox.put(kept);
    const all = mutations.map((one) => (one === mutation ? kept : one));
    await putEntry(tx, entry, all);
  }
  return "settled";
}

/**
 * Put one mutation in the place of all: it makes of whatever the server has what the rider sees.
 *
 * @param {{store: Store, tx: Tx}} desk
 * @param {Entry} entry with the server's copy as it is now
 * @param {Mutation[]} mutations
 * @param {Body | null} body
 * @param {number} base revision that the rider's version builds on; 0: none that is there
 */
export async function sendWhole({ store, tx }, entry, mutations, body, base) {
  await Promise.all(mutations.map(({ mid }) => tx.objectStore("outbox").delete(mid)));
  const wanted = again(entry, body, base);
  const last = mutations.filter(isOpen).at(-1) ?? mutations.at(-1);
  const known = last && { at: last.at, tz: last.tz, clock_off: last.clock_off };
  const queue = wanted ? [await enqueue(tx, store.env, entry, wanted, known)] : [];
  await putEntry(tx, entry, queue);
}
