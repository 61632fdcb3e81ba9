/** What a pull brings: pages of changed entries, taken in whole together with the cursor. */

import { same } from "./merge.js";
import { byId, isOpen, keepBase } from "./outbox.js";
import { placeIn, serverCopy } from "./place.js";
import { sendWhole } from "./settle.js";
import { newEntry, putEntry, SYNCED } from "./store.js";
import { replay } from "./views.js";

/**
 * @import { Store } from "./store.js"
 * @import { Tx } from "./db.js"
 * @import { Change, Place, Reset } from "./place.js"
 * @import { Entry, Mutation, Orphan, ServerCopy } from "./types.js"
 *
 * @typedef {{cursor: string, more: boolean, reset?: Reset | null, changes: Change[],
 *   check?: {count: number, hash: string}}} Page
 * @typedef {{store: Store, tx: Tx, place: Place}} Desk
 */

/** So many entries are looked up one by one; of more it is asked first which are here at all. */
const FEW = 20;

/**
 * Take in `page`, which answered `asked`: its rows and its cursor in one transaction. An entry
 * with mutations in the outbox keeps them on top.
 *
 * It need not wait for the disk. Rows and cursor are lost together, and then pulled again; and a
 * browser writes one log for a database, so nothing that follows outlasts them. After a new start
 * it does wait: what goes up by itself then takes numbers that must not be given out twice.
 *
 * @param {Store} store
 * @param {Place} asked
 * @param {Page} page
 * @returns {Promise<string[] | null>} ids of the entries; null: another tab was faster, ask anew
 */
export function takePage(store, asked, page) {
  return store.db.write(
    SYNCED,
    async (tx) => {
      const place = await placeIn(tx);
      if (place.cursor !== asked.cursor || place.generation !== asked.generation) return null;
      const desk = { store, tx, place };
      const ids = page.changes.map(({ id }) => id);
      const [outbox, held] = await Promise.all([
        tx.objectStore("outbox").getAll(),
        heldOf(tx, ids),
      ]);
      const mutations = byId(outbox);
      const taking = [];
      for (const change of page.changes) {
        const { id, kind } = change;
        const entry = held.get(id) ?? newEntry(id, kind);
        const taken = takeChange(desk, change, entry, mutations.get(id) ?? []);
        // Numbers for what goes up by itself are taken one after the other.
        if (place.reset) await taken;
        else taking.push(taken);
      }
      await Promise.all(taking);
      if (!page.more && place.reset) ids.push(...(await sweep(desk, mutations)));
      const { reset: _reset, since: _since, ...rest } = place;
      const next = page.more ? place : { ...rest, reset: null };
      await tx.objectStore("meta").put({ ...next, cursor: page.cursor }, "pull");
      return ids;
    },
    asked.reset ? "strict" : "relaxed",
  );
}

/**
 * The entries of `ids` that are here. In a first sync hardly any is, and the ids, which begin with
 * the time, lie close together: one request for the keys then spares hundreds.
 *
 * @param {Tx} tx
 * @param {string[]} ids
 * @returns {Promise<Map<string, Entry>>}
 */
async function heldOf(tx, ids) {
  const store = tx.objectStore("entry");
  let here = ids;
  if (ids.length > FEW) {
    const sorted = [...ids].sort();
    const between = IDBKeyRange.bound(sorted[0], sorted[sorted.length - 1]);
    const keys = new Set(await store.getAllKeys(between));
    here = ids.filter((id) => keys.has(id));
  }
  /** @type {Entry[]} */
  const entries = await Promise.all(here.map((id) => store.get(id)));
  return new Map(entries.filter(Boolean).map((one) => [one.id, one]));
}

/**
 * @param {Desk} desk
 * @param {Change} change
 * @param {Entry} entry as it is here
 * @param {Mutation[]} mine
 */
async function takeChange(desk, change, entry, mine) {
  const { tx, place } = desk;
  const { kind } = change;
  const { generation } = place;
  const { lost: _seen, orphan, server: held, ...rest } = entry;
  const current = (entry.generation ?? 0) === generation;
  // A result of our own push may be ahead of the page that was on its way meanwhile.
  if (current && held && held.rev > change.rev) return;
  const server = serverCopy(change);
  const lost = change.lost && { rev: change.rev, ...change.lost };
  const known = { ...rest, kind, server, generation, ...(lost && { lost }) };
  if (held && !current && isLost(place, held, server)) return keepHeld(desk, known, held, mine);
  // What the server came back without may have come to it by another phone since.
  /** @type {Orphan | null | undefined} */
  const left = orphan && !same(orphan.body, server.body) ? orphan : null;
  const still = left && {
    orphan: { ...left, code: /** @type {const} */ ("older_on_server"), base: 0 },
  };
  await putEntry(tx, { ...known, ...still }, await keepBase(tx, mine, held, server));
}

/**
 * After a new start, settle what the server no longer names: swept away there long ago, or, when
 * the server came back from a backup, kept here for the rider to send again.
 *
 * @param {Desk} desk
 * @param {Map<string, Mutation[]>} mutations
 * @returns {Promise<string[]>} ids of the entries that are not there any more
 */
async function sweep(desk, mutations) {
  const { tx, place } = desk;
  /** @type {Entry[]} */
  const entries = await tx.objectStore("entry").getAll();
  const gone = entries.filter((one) => one.server && one.generation !== place.generation);
  for (const { server: held, ...entry } of gone) {
    const known = { ...entry, server: null };
    const mine = mutations.get(entry.id) ?? [];
    if (held && (isLost(place, held, null) || mine.some(isOpen)))
      await keepHeld(desk, known, held, mine);
    else await putEntry(tx, known, mine);
  }
  return gone.map(({ id }) => id);
}

/**
 * Whether what this phone held as confirmed is not, or not surely, in the log of a server that
 * came back from a backup or does not agree with us.
 *
 * @param {Place} place
 * @param {ServerCopy} held
 * @param {ServerCopy | null} server
 */
function isLost({ reset, since = 0 }, held, server) {
  if (reset === "epoch") return held.seq > since;
  return reset === "check" && held.rev > (server?.rev ?? 0);
}

/**
 * The server lost the copy that this phone holds. With changes of the rider on top, all that they
 * see goes up by itself, whole, since what the changes were made on is not there any more. Else the
 * rider is asked.
 *
 * A copy of the server's that is older than the restore is one that `held` was made of, so building
 * on it overwrites nothing; of any other we build on nothing (0), and the server merges.
 *
 * @param {Desk} desk
 * @param {Entry} entry with the server's copy as it is now
 * @param {ServerCopy} held
 * @param {Mutation[]} mine
 */
async function keepHeld(desk, entry, held, mine) {
  const { tx, store, place } = desk;
  const { server } = entry;
  const older = server && (place.reset === "check" || server.seq <= (place.since ?? 0));
  const seen = older && mine.every((one) => one.base === undefined);
  const base = seen ? server.rev : 0;
  if (mine.some(isOpen)) {
    const view = replay({ ...entry, server: held }, mine);
    return sendWhole(desk, entry, mine, view, base);
  }
  /** @type {Orphan} */
  const orphan = {
    code: server ? "older_on_server" : "missing_on_server",
    ...{ body: held.body, base, at: store.env.now() },
  };
  const differs = !same(held.body, server?.body ?? null);
  return putEntry(tx, { ...entry, ...(differs && { orphan }) }, mine);
}
