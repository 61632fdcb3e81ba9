/** What only this phone has, in a second place: keeping that in step, and bringing it back from there. */

import { putAll, rowsOf } from "./db.js";
import { same } from "./merge.js";
import { append, mintAfter, mutationsOf } from "./outbox.js";
import { beginAnew, epochOf, placeIn } from "./place.js";
import { keepBase, renamed, unseen } from "./sent.js";
import { isMirrored, markMirrored, newEntry, putEntry } from "./store.js";
import { uuid4 } from "./uuid7.js";

/**
 * @import { Tx } from "./db.js"
 * @import { Store } from "./store.js"
 * @import { Entry, Env, Mirrored, MirroredOrphan, Mutation, ServerCopy } from "./types.js"
 */

/**
 * Put `kept` back into a database that the browser has made anew, oldest first; what was saved there
 * meanwhile comes in its turn. The ids are those that the server may have seen before: it takes none of
 * them twice.
 *
 * @param {Tx} tx
 * @param {Env} env
 * @param {(Mirrored | MirroredOrphan)[]} kept
 */
export async function putBack(tx, env, kept) {
  if (await isMirrored(tx)) return;
  const meta = tx.objectStore("meta");
  const here = await outboxOf(tx);
  const { id: device } = (await meta.get("device")) ?? {};
  // What was made in this database, and is not in its outbox any more, is done with.
  const lost = kept
    .filter(isChange)
    .filter(({ mutation: { by } }) => !device || by !== device)
    .filter(({ mutation }) => !here.some((one) => isSame(one, mutation)));
  const { cursor } = await placeIn(tx);
  const back = lost.map((one) => ofThisLog(one, cursor));
  const rows = here.length ? await apart(tx, env, here, back) : back;
  const ids = rows.map((one) => one.mutation_id);
  if (lost.length) await putInOrder(tx, env, rows);
  for (const { mutation, server } of lost) {
    const { id, kind } = mutation;
    const entry = (await tx.objectStore("entry").get(id)) ?? newEntry(id, kind);
    // A deletion leaves the last view before it.
    const body = entry.body ?? server?.body ?? null;
    // What was pulled since is what the server has, though it be older.
    const known = { ...entry, body, server: cursor ? entry.server : newer(entry.server, server) };
    const mine = await mutationsOf(tx, id);
    const queue = known.server ? keepBase(mine, server, known.server) : mine;
    putAll(tx, "outbox", queue);
    await putEntry(tx, known, queue);
  }
  for (const row of kept.filter(isOrphan)) await putBackOrphan(tx, row);
  if (!cursor) await askAfter(tx, lost);
  await mintAfter(tx, ids);
  // What was taken along from before there was a rider is not to be taken along again.
  await meta.put([...new Set([...((await meta.get("adopted")) ?? []), ...ids])], "adopted");
  await markMirrored(tx);
}

/**
 * The change as it is on the log that was pulled meanwhile: what was made on a copy of another log builds on
 * nothing there.
 *
 * @param {Mirrored} row
 * @param {string} cursor
 * @returns {Mutation}
 */
function ofThisLog({ mutation, server }, cursor) {
  if (!cursor || !mutation.epoch || mutation.epoch === epochOf({ cursor })) return mutation;
  return unseen([mutation], server)[0];
}

/**
 * What is here and what comes `back`, neither of which had seen the other: it goes up as of two devices, so
 * that the server tells what gives way.
 *
 * @param {Tx} tx
 * @param {Env} env
 * @param {Mutation[]} here
 * @param {Mutation[]} back
 */
async function apart(tx, env, here, back) {
  const ids = new Set(back.map(({ id }) => id));
  const entries = await rowsOf(tx.objectStore("entry"), [...ids]);
  const servers = new Map(entries.map(({ id, server }) => [id, server]));
  const mine = here.map((one) => {
    const server = servers.get(one.id);
    if (!ids.has(one.id)) return one;
    return { base: server?.rev === one.base_rev ? server.body : null, ...one };
  });
  const device = uuid4(env.random);
  return [...mine, ...back.map((one) => ({ device, ...one }))];
}

/** Another release may write rows of which this one makes nothing. @param {any} row @returns {row is Mirrored} */
const isChange = (row) => !!row?.mutation?.mutation_id && !!row.mutation.id;

/** @param {any} row @returns {row is MirroredOrphan} */
const isOrphan = (row) => !!row?.orphan && !!row.id;

/**
 * What the server has of it, if anything, the next pull tells.
 *
 * @param {Tx} tx
 * @param {MirroredOrphan} row
 */
async function putBackOrphan(tx, { id, kind, orphan }) {
  const entry = (await tx.objectStore("entry").get(id)) ?? newEntry(id, kind);
  if (entry.orphan || (entry.server && same(entry.server.body, orphan.body))) return;
  const body = orphan.body ?? entry.body;
  await putEntry(tx, { ...entry, body, orphan: { ...orphan, base: 0 } }, await mutationsOf(tx, id));
}

/**
 * Have the phone find out first whether the server still has what `rows` were made on: it may have come back
 * from a backup just when the database was lost.
 *
 * @param {Tx} tx
 * @param {Mirrored[]} rows
 */
async function askAfter(tx, rows) {
  const copies = rows.flatMap(({ server }) => server ?? []);
  if (!copies.length) return;
  const epoch = rows.find(({ mutation }) => mutation.epoch)?.mutation.epoch;
  const seq = Math.max(...copies.map((one) => one.seq));
  await beginAnew(tx, "check", 0, epoch && `${epoch}:${seq}`);
}

/**
 * Make `mutations` the outbox. Their ids ascend as they were made; their numbers (mid) do not, where the
 * phone became another device. It becomes another one now: of what was taken from here meanwhile, those
 * that come back have seen nothing.
 *
 * @param {Tx} tx
 * @param {Env} env
 * @param {Mutation[]} mutations
 */
async function putInOrder(tx, env, mutations) {
  await tx.objectStore("outbox").clear();
  await tx.objectStore("meta").put({ id: uuid4(env.random), next_mid: 1 }, "device");
  for (const { mid: _mid, ...rest } of renamed(mutations, env).sort(byAge)) {
    // It may have been sent: an undo has to tell the server too.
    await append(tx, env, { ...rest, tries: Math.max(1, rest.tries) });
  }
}

/** @param {Mutation} a @param {Mutation} b */
const byAge = (a, b) => (a.mutation_id < b.mutation_id ? -1 : 1);

/** @param {Mutation} a @param {Mutation} b */
const isSame = (a, b) => a.mutation_id === b.mutation_id;

/** @param {ServerCopy | null} a @param {ServerCopy | null} b */
const newer = (a, b) => ((a?.rev ?? 0) >= (b?.rev ?? 0) ? a : b);

/**
 * After rows were taken along. The new store comes first: there is no moment without a copy.
 *
 * @param {Store[]} stores
 */
export async function tidyMirrors(...stores) {
  for (const store of stores) await tidyMirror(store);
}

/**
 * Make the second place say what only this phone has, as it may not after an answer of the server. Its keys
 * are read first: what is there by then, and not wanted after, is done with. Not before all that
 * it has was brought back: else it would be cleared of just that.
 *
 * @param {Store} store
 */
export async function tidyMirror({ env: { mirror }, name, db }) {
  if (!mirror) return;
  const keys = await mirror.keys(name);
  const wanted = await db.read(["outbox", "entry", "meta"], rowsIn);
  if (!wanted) return;
  const now = new Set(wanted.map(keyOf));
  const done = keys.filter((key) => !now.has(key));
  if (done.length) await mirror.drop(name, done);
  const left = keys.filter((key) => now.has(key));
  const held = new Map((await mirror.get(name, left)).map((one) => [keyOf(one), one]));
  const fresh = wanted.filter((one) => text(one) !== text(held.get(keyOf(one))));
  for (const one of fresh) await mirror.put(name, keyOf(one), one);
  if (!fresh.length) return;
  // Meanwhile another tab may have settled or discarded some.
  const after = new Set((await db.read(["outbox", "entry", "meta"], rowsIn))?.map(keyOf));
  const gone = fresh.map(keyOf).filter((key) => !after.has(key));
  if (gone.length) await mirror.drop(name, gone);
}

/** @param {any} row @returns {string} */
const keyOf = (row) => (isOrphan(row) ? `orphan-${row.id}` : row?.mutation?.mutation_id);

/** @param {Tx} tx @returns {Promise<Mutation[]>} */
const outboxOf = (tx) => tx.objectStore("outbox").getAll();

/**
 * @param {Tx} tx
 * @returns {Promise<(Mirrored | MirroredOrphan)[] | null>} null: something may still be brought back
 */
async function rowsIn(tx) {
  if (!(await isMirrored(tx))) return null;
  const entries = tx.objectStore("entry");
  const mutations = await outboxOf(tx);
  const epoch = epochOf(await placeIn(tx));
  const changes = mutations.map(async (mutation) => ({
    mutation: { ...mutation, ...(epoch && { epoch }) },
    server: (await entries.get(mutation.id))?.server ?? null,
  }));
  /** @type {Entry[]} */
  const troubled = await entries.index("state").getAll("attention");
  const orphans = troubled.flatMap(({ id, kind, orphan }) => (orphan ? { id, kind, orphan } : []));
  return [...(await Promise.all(changes)), ...orphans];
}

/** What matters of a row; how often and under which number it was sent does not. */
const text = (/** @type {any} */ row) =>
  JSON.stringify(row && { ...row, mutation: { ...row.mutation, mid: 0, tries: 0 } });
