/** What a pull brings: pages of changed entries, taken in whole together with the cursor. */

import { checkOf } from "./check.js";
import { byId, keepBase, serverCopy } from "./outbox.js";
import { newEntry, putEntry, SYNCED } from "./store.js";

/**
 * @import { Store } from "./store.js"
 * @import { Tx } from "./db.js"
 * @import { Change } from "./outbox.js"
 * @import { Entry, Mutation } from "./types.js"
 *
 * @typedef {"gc" | "epoch" | "schema"} Reset
 * @typedef {{cursor: string, generation: number, reset: Reset | null}} Place where the pull stands
 * @typedef {{cursor: string, more: boolean, reset?: Reset | null, changes: Change[],
 *   check?: {count: number, hash: string}}} Page
 */

const DAY_MS = 86_400_000;

/** @param {Store} store @returns {Promise<Place>} */
export const placeOf = async (store) =>
  (await store.meta.get("pull")) ?? { cursor: "", generation: 0, reset: null };

/**
 * Take in `page`, which answered `asked`: its rows and its cursor in one transaction. An entry
 * with mutations in the outbox keeps them on top. False: another tab was faster, ask anew.
 *
 * @param {Store} store
 * @param {Place} asked
 * @param {Page} page
 * @returns {Promise<boolean>}
 */
export function takePage(store, asked, page) {
  return store.db.write(SYNCED, async (tx) => {
    const meta = tx.objectStore("meta");
    /** @type {Place} */
    const place = (await meta.get("pull")) ?? asked;
    if (place.cursor !== asked.cursor || place.generation !== asked.generation) return false;
    const mutations = byId(await tx.objectStore("outbox").getAll());
    for (const change of page.changes) await takeChange(tx, change, place, mutations);
    if (!page.more && place.reset) await sweep(tx, place, mutations);
    const reset = page.more ? place.reset : null;
    await meta.put({ ...place, cursor: page.cursor, reset }, "pull");
    return true;
  });
}

/**
 * Compare what this phone has of the server with the server's own sum: after a new start, and
 * once a day otherwise, since it reads everything.
 *
 * @param {Store} store
 * @param {{count: number, hash: string} | undefined} check
 * @param {boolean} now
 */
export async function agrees(store, check, now) {
  const time = store.env.now();
  const last = (await store.meta.get("checked_at")) ?? 0;
  if (!check || (!now && last <= time && time - last < DAY_MS)) return true;
  const own = await store.db.read(["entry"], async (tx) =>
    checkOf(await tx.objectStore("entry").getAll()),
  );
  if (own.count !== check.count || own.hash !== check.hash) return false;
  await store.meta.put("checked_at", time);
  return true;
}

/**
 * Begin again from nothing, as the server asks; the outbox stays as it is.
 *
 * @param {Store} store
 * @param {Reset} reset
 */
export async function startOver(store, reset) {
  const { generation } = await placeOf(store);
  await store.meta.put("pull", { cursor: "", generation: generation + 1, reset });
}

/**
 * @param {Tx} tx
 * @param {Change} change
 * @param {Place} place
 * @param {Map<string, Mutation[]>} mutations
 */
async function takeChange(tx, change, { generation, reset }, mutations) {
  const { id, kind } = change;
  /** @type {Entry} */
  const entry = (await tx.objectStore("entry").get(id)) ?? newEntry(id, kind);
  const mayBeNewer = (entry.generation ?? 0) === generation ? entry.server : null;
  const server = mayBeNewer && mayBeNewer.rev > change.rev ? mayBeNewer : serverCopy(change);
  const mine = mutations.get(id) ?? [];
  const after = reset === "epoch" ? await lowerBase(tx, mine, server.rev) : mine;
  const ready = await keepBase(tx, after, entry.server, server);
  const { lost: _lost, orphan: _orphan, ...rest } = entry;
  const lost =
    server.rev === change.rev ? change.lost && { rev: change.rev, ...change.lost } : _lost;
  const known = { ...rest, kind, server, generation, ...(lost && { lost }) };
  await putEntry(tx, known, ready);
}

/**
 * A server that came back from a backup has not seen later revisions: build on what it has.
 *
 * @param {Tx} tx
 * @param {Mutation[]} mutations
 * @param {number} rev
 */
async function lowerBase(tx, mutations, rev) {
  const next = mutations.map((one) => ({ ...one, base_rev: Math.min(one.base_rev, rev) }));
  await Promise.all(next.map((one) => tx.objectStore("outbox").put(one)));
  return next;
}

/**
 * After a new start, settle what the server no longer names: swept away there long ago, or, when
 * the server came back from a backup, kept here for the rider to send again.
 *
 * @param {Tx} tx
 * @param {Place} place
 * @param {Map<string, Mutation[]>} mutations
 */
async function sweep(tx, { generation, reset }, mutations) {
  /** @type {Entry[]} */
  const entries = await tx.objectStore("entry").getAll();
  for (const entry of entries) {
    if (!entry.server || entry.generation === generation) continue;
    const { body } = entry.server;
    /** @type {import("./types.js").Orphan | undefined} */
    const orphan =
      reset === "epoch" && body
        ? { code: "missing_on_server", body, base: 0, at: Date.now() }
        : undefined;
    await putEntry(tx, { ...entry, server: null, orphan }, mutations.get(entry.id) ?? []);
  }
}
