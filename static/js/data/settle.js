/** What the server's results of a push change on this phone. */

import { suspect } from "./clock.js";
import { deleteAll, putAll, rowsOf } from "./db.js";
import { applyPatch } from "./merge.js";
import { byId, enqueue, isOpen } from "./outbox.js";
import { belongsTo, placeAfter, placeIn, serverCopy } from "./place.js";
import { again } from "./plan.js";
import { isBeside, keepBase, leftOf, rebase } from "./sent.js";
import { SYNCED } from "./store.js";
import { refresh, replay } from "./views.js";

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
 * @typedef {{results: Result[], epoch?: string, seq?: number, server_now?: number,
 *   altered?: boolean}} Answered `altered`: the server keeps something else than was sent
 * @typedef {"settled" | "retry" | "put-off"} Fate
 * @typedef {Record<Fate, string[]>} Fates ids of entries
 *
 * @typedef {object} Desk what the push was about, as it changes while the results are gone through
 * @property {Store} store
 * @property {Tx} tx
 * @property {number} now the server's
 * @property {number | undefined} offset
 * @property {number | undefined} generation that of the log which answered
 * @property {Map<string, Entry>} entries
 * @property {Map<string, Mutation[]>} queues of each entry
 * @property {Set<string>} touched entries to be written
 * @property {Map<number, Mutation | null>} rows of the outbox to be written; null: to be deleted
 */

const FINAL = new Set(["ok", "merged", "duplicate"]);
const MOST_RETRIES = 8;
const DAY_MS = 86_400_000;

/**
 * Take in the server's results of `sent`, in one transaction, and do `also` within it. A mutation
 * leaves the outbox by a final result only; a refused one stays, with the reason.
 *
 * Where all were taken it need not wait for the disk. If it is lost they are sent again, and
 * answered as before; and a browser writes one log for a database, so nothing that follows
 * outlasts it. What was refused may go up in another way, under a number that must not be given
 * out twice: that waits for the disk.
 *
 * @template T
 * @param {Store} store
 * @param {Mutation[]} sent
 * @param {Answered} answered
 * @param {number} [offset] ms that this phone was found to be ahead of the server
 * @param {(tx: Tx, fates: Fates) => Promise<T | null>} [also]
 * @returns {Promise<{fates: Fates, also: T | null}>}
 */
export function settle(store, sent, answered, offset, also = async () => null) {
  const { results } = answered;
  const byMid = new Map(sent.map((one) => [one.mid, one]));
  const taken = results.every((result) => FINAL.has(result?.status));
  const work = async (/** @type {Tx} */ tx) => {
    const desk = await deskOf(store, tx, sent, answered, offset);
    /** @type {Fates} */
    const fates = { settled: [], retry: [], "put-off": [] };
    for (const result of results) {
      const mutation = byMid.get(result?.mid);
      if (!mutation || (result.mutation_id ?? mutation.mutation_id) !== mutation.mutation_id)
        continue;
      const fate = settleOne(desk, mutation, result);
      fates[typeof fate === "string" ? fate : await fate].push(mutation.id);
    }
    write(desk);
    return { fates, also: await also(tx, fates) };
  };
  return store.db.write(SYNCED, work, taken ? "relaxed" : "strict");
}

/**
 * @param {Store} store
 * @param {Tx} tx
 * @param {Mutation[]} sent
 * @param {Answered} answered
 * @param {number} [offset]
 * @returns {Promise<Desk>}
 */
async function deskOf(store, tx, sent, answered, offset) {
  const { epoch = "", server_now } = answered;
  const ids = [...new Set(sent.map(({ id }) => id))];
  const [before, entries, mutations] = await Promise.all([
    placeIn(tx),
    rowsOf(tx.objectStore("entry"), ids),
    rowsOf(tx.objectStore("outbox").index("id"), ids),
  ]);
  const place = placeAfter(before, answered);
  if (place !== before) await tx.objectStore("meta").put(place, "pull");
  return {
    ...{ store, tx, offset, now: server_now || store.env.now() },
    generation: belongsTo(place, epoch) ? place.generation : undefined,
    entries: new Map(entries.map((one) => [one.id, one])),
    queues: byId(mutations),
    touched: new Set(),
    rows: new Map(),
  };
}

/** @param {Desk} desk */
function write({ tx, entries, touched, rows }) {
  putAll(
    tx,
    "entry",
    [...touched].flatMap((id) => entries.get(id) ?? []),
  );
  const [kept, gone] = [[...rows.values()].flatMap((row) => row ?? []), [...rows.keys()]];
  putAll(tx, "outbox", kept);
  deleteAll(
    tx,
    "outbox",
    gone.filter((mid) => !rows.get(mid)),
  );
}

/**
 * Keep `entry` as it looks under `queue`, which is all that is left of its mutations.
 *
 * @param {Desk} desk
 * @param {Entry} entry
 * @param {Mutation[]} queue
 */
function keep({ entries, queues, touched }, entry, queue) {
  entries.set(entry.id, refresh(entry, queue));
  queues.set(entry.id, queue);
  touched.add(entry.id);
}

/**
 * @param {Desk} desk
 * @param {Mutation} sent
 * @param {Result} result
 * @returns {Fate | Promise<Fate>}
 */
function settleOne(desk, sent, result) {
  const { rows, generation, offset } = desk;
  const entry = desk.entries.get(sent.id);
  const mutations = desk.queues.get(sent.id) ?? [];
  const here = mutations.find((one) => one.mutation_id === sent.mutation_id);
  if (!entry || !here) return "settled";
  const clock_off = suspect(entry.clock_off, here.clock_off, offset);
  const known = clock_off ? { ...entry, clock_off } : entry;
  if (result.status === "rejected") return refuse(desk, known, here, mutations, result);
  if (!FINAL.has(result.status)) return postpone(desk, here, mutations);
  rows.set(here.mid, null);
  const server = serverAfter(entry, here, result);
  const rest = mutations.filter((one) => one !== here);
  const left = leftOf(rest, here, server);
  const followers = hasMoved(server, result)
    ? keepBase(left, entry.server, server)
    : rebase(left, here, server.rev);
  for (const one of rest) if (!followers.includes(one)) rows.set(one.mid, null);
  for (const one of followers) if (!rest.includes(one)) rows.set(one.mid, one);
  const { orphan: _orphan, ...settled } = server === entry.server ? known : withLost(known, result);
  keep(desk, { ...settled, server, generation }, followers);
  return "settled";
}

/**
 * What the server says beside its new copy is all that gave way: what the rider had not seen before
 * they made the change, it tells again.
 *
 * @param {Entry} entry
 * @param {Result} result
 * @returns {Entry}
 */
function withLost({ lost: _lost, answered: _answered, ...rest }, { lost_rev: rev, lost }) {
  return rev ? { ...rest, lost: { rev, ...lost } } : rest;
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
  if (server && server.seq >= seq) return server;
  if (entry) return serverCopy(entry);
  if (mutation.op === "delete") return { rev, seq, body: null };
  return {
    rev,
    seq,
    body: applyPatch(server?.body ?? (server && body) ?? {}, mutation.set, mutation.unset),
  };
}

/**
 * Whether the server's copy may hold what a rider who made changes on top of the settled one had not
 * seen: it was merged, something came after it, or it was there before and other things since.
 *
 * @param {ServerCopy} server
 * @param {Result} result
 */
const hasMoved = (server, { status, rev = 0, seq = 0 }) =>
  status === "merged" || server.seq > seq || (status === "duplicate" && rev > 1);

/**
 * Not now: again later, and after too many times behind all the others. Days are the server's:
 * a clock that jumps makes no day pass.
 *
 * @param {Desk} desk
 * @param {Mutation} mutation
 * @param {Mutation[]} mutations all of the entry
 * @returns {Fate}
 */
function postpone({ store, now, queues, rows }, mutation, mutations) {
  const { retries = 0, retry_since = now } = mutation;
  const often = retries + 1 >= MOST_RETRIES || now - retry_since >= DAY_MS;
  /** @type {Mutation} */
  const next = { ...mutation, tries: mutation.tries + 1, retries: retries + 1, retry_since };
  if (often) Object.assign(next, { state: "put-off", put_off_at: store.env.now() });
  rows.set(next.mid, next);
  queues.set(next.id, replaced(mutations, mutation, next));
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
  const { rows } = desk;
  const rest = mutations.filter((one) => one !== mutation);
  if (rest.some((one) => one.whole && isBeside(one, mutation) && one.mid > mutation.mid)) {
    rows.set(mutation.mid, null);
    keep(desk, entry, rest);
  } else if (code === "unknown_entry" && mutation.op === "patch") {
    for (const { mid } of mutations) rows.delete(mid); // what takes their place is written at once
    const unknown = { ...entry, server: null };
    keep(desk, unknown, await sendWhole(desk, unknown, mutations, replay(entry, mutations), 0));
  } else {
    const reason = { code, ...(errors && { errors }) };
    /** @type {Mutation} */
    const kept = { ...mutation, tries: mutation.tries + 1, state: "attention", reason };
    rows.set(kept.mid, kept);
    keep(desk, entry, replaced(mutations, mutation, kept));
  }
  return "settled";
}

/** @param {Mutation[]} mutations @param {Mutation} old @param {Mutation} fresh */
const replaced = (mutations, old, fresh) => mutations.map((one) => (one === old ? fresh : one));

/**
 * Put one mutation in the place of all: it makes of whatever the server has what the rider sees.
 *
 * @param {{store: Store, tx: Tx}} desk
 * @param {Entry} entry with the server's copy as it is now
 * @param {Mutation[]} mutations
 * @param {Body | null} body
 * @param {number} base revision that the rider's version builds on; 0: none that is there
 * @returns {Promise<Mutation[]>} what is now all of the entry
 */
export async function sendWhole({ store, tx }, entry, mutations, body, base) {
  deleteAll(
    tx,
    "outbox",
    mutations.map(({ mid }) => mid),
  );
  const wanted = again(entry, body, base);
  const last = mutations.filter(isOpen).at(-1) ?? mutations.at(-1);
  const known = last && { at: last.at, tz: last.tz, clock_off: last.clock_off };
  return wanted ? [await enqueue(tx, store.env, entry, wanted, known)] : [];
}
