/** What a pull brings: pages of changed entries, taken in whole together with the cursor. */

import { putAll, rowsOf } from "./db.js";
import { same } from "./merge.js";
import { byId, isOpen } from "./outbox.js";
import { placeIn, serverCopy } from "./place.js";
import { keepBase, unseen } from "./sent.js";
import { sendWhole } from "./settle.js";
import { newEntry, putEntry, SYNCED } from "./store.js";
import { refresh, replay } from "./views.js";

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
      const ids = page.changes.map(({ id }) => id);
      const [place, held, mutations] = await Promise.all([
        placeIn(tx),
        rowsOf(tx.objectStore("entry"), ids),
        rowsOf(tx.objectStore("outbox").index("id"), ids),
      ]);
      if (place.cursor !== asked.cursor || place.generation !== asked.generation) return null;
      const desk = { store, tx, place };
      await takeChanges(desk, page.changes, held, byId(mutations));
      if (!page.more && place.reset) ids.push(...(await sweep(desk)));
      const { reset: _reset, since: _since, from: _from, ...rest } = place;
      const next = page.more ? place : { ...rest, reset: null };
      await tx.objectStore("meta").put({ ...next, cursor: page.cursor }, "pull");
      return ids;
    },
    asked.reset ? "strict" : "relaxed",
  );
}

/**
 * @param {Desk} desk
 * @param {Change[]} changes
 * @param {Entry[]} held those that are here, and perhaps others
 * @param {Map<string, Mutation[]>} mutations
 */
async function takeChanges(desk, changes, held, mutations) {
  const { tx, place } = desk;
  const entries = new Map(held.map((one) => [one.id, one]));
  const fresh = [];
  for (const change of changes) {
    const entry = entries.get(change.id) ?? newEntry(change.id, change.kind);
    const mine = mutations.get(change.id) ?? [];
    const taken = takenInto(entry, change, place);
    if (!taken) continue;
    const { server: before } = entry;
    const current = (entry.generation ?? 0) === place.generation;
    const strange = before && !current && isStrange(place, before, change);
    const open = mine.some(isOpen);
    const gone =
      before &&
      (current
        ? isReborn(before, change) && open
        : isLost(place, before, taken.server) || (strange && change.deleted && open));
    if (gone) {
      await keepHeld(desk, { ...taken, orphan: entry.orphan }, before, mine);
      continue;
    }
    const queue = strange ? unseen(mine, before) : keepBase(mine, before, taken.server);
    putAll(
      tx,
      "outbox",
      queue.filter((one, i) => one !== mine[i]),
    );
    fresh.push(refresh(withOrphan(taken, entry.orphan), queue));
  }
  putAll(tx, "entry", fresh);
}

/**
 * The entry with the server's copy that `change` brings; null: what is here is newer.
 *
 * @param {Entry} entry as it is here
 * @param {Change} change
 * @param {Place} place
 */
function takenInto(entry, change, { generation }) {
  const { lost: _lost, answered: _answered, orphan: _orphan, server: held, ...rest } = entry;
  const current = (entry.generation ?? 0) === generation;
  // A result of our own push may be ahead of the page that was on its way meanwhile.
  if (current && held && held.seq > change.seq) return null;
  const lost = change.lost && { rev: change.rev, ...change.lost };
  const server = serverCopy(change);
  return { ...rest, kind: change.kind, server, generation, ...(lost && { lost }) };
}

/**
 * What the server came back without may have come to it by another phone since.
 *
 * @param {Entry & {server: ServerCopy}} taken
 * @param {Orphan} [orphan]
 * @returns {Entry}
 */
function withOrphan(taken, orphan) {
  if (!orphan || same(orphan.body, taken.server.body)) return taken;
  return { ...taken, orphan: { ...orphan, code: "older_on_server", base: 0 } };
}

/**
 * After a new start, settle what the server no longer names: swept away there long ago, or, when
 * the server came back from a backup, kept here for the rider to send again.
 *
 * @param {Desk} desk
 * @returns {Promise<string[]>} ids of the entries that are not there any more
 */
async function sweep(desk) {
  const { tx, place } = desk;
  /** @type {[Entry[], Mutation[]]} */
  const [entries, outbox] = await Promise.all([
    tx.objectStore("entry").getAll(),
    tx.objectStore("outbox").getAll(),
  ]);
  const mutations = byId(outbox);
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
 * Whether the server forgot the entry, as it does half a year after a deletion, and it was made anew:
 * then its revisions begin again.
 *
 * @param {ServerCopy} held
 * @param {Change} change
 */
const isReborn = (held, change) => change.seq > held.seq && change.rev <= held.rev;

/**
 * Whether the entry may be such a one without its revisions showing it: this phone was away for as long as
 * that takes.
 *
 * @param {Place} place
 * @param {ServerCopy} held
 * @param {Change} change
 */
const isStrange = ({ reset }, held, change) => reset === "gc" && change.seq !== held.seq;

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
 * on it overwrites nothing; of any other we build on nothing (0), and the server merges. What an earlier
 * restore left to be sent again is newer than the copy that came after it, and was made of the same
 * unless its base says otherwise.
 *
 * @param {Desk} desk
 * @param {Entry} entry with the server's copy as it is now
 * @param {ServerCopy} held
 * @param {Mutation[]} mine
 */
async function keepHeld(desk, { orphan: kept, ...entry }, held, mine) {
  const { tx, store, place } = desk;
  const { server } = entry;
  const older = server && server.seq <= (place.since ?? 0) && kept?.base !== 0;
  const seen = older && mine.every((one) => one.base === undefined);
  const base = seen ? server.rev : 0;
  const { body } = kept ?? held;
  if (mine.some(isOpen)) {
    const view = replay({ ...entry, server: { ...held, body } }, mine);
    return putEntry(tx, entry, await sendWhole(desk, entry, mine, view, base));
  }
  /** @type {Orphan} */
  const orphan = {
    code: server ? "older_on_server" : "missing_on_server",
    ...{ body, base, at: store.env.now() },
  };
  const differs = !same(body, server?.body ?? null);
  return putEntry(tx, { ...entry, ...(differs && { orphan }) }, mine);
}
