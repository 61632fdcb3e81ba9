/** What becomes of the log of a rider who signed out here: it is kept, or cleared away. */

import { ask } from "./http.js";
import { placeOf } from "./place.js";
import { databaseName, without } from "./riders.js";
import { countsIn, isMirrored, LEFT, markMirrored, Store } from "./store.js";
import { DELETED } from "./sync.js";

/**
 * @import { Tx } from "./db.js"
 * @import { Riders } from "./riders.js"
 * @import { Env, Rider } from "./types.js"
 */

const ALL = ["entry", "outbox", "meta", "draft"];
const PATIENCE_MS = 3_000;

/**
 * Whether the server has all of it. One that came back from a backup may have lost what this phone
 * takes for synced, so it is asked once more, for as long as it knows the rider.
 *
 * @param {Env} env
 * @param {Rider} rider
 * @param {boolean} known whether the session is still the rider's
 */
export async function isOnServer(env, rider, known) {
  const store = new Store(env, databaseName(rider));
  try {
    const entries = await store.db.read(["entry"], (tx) => tx.objectStore("entry").count());
    if (!entries) return true;
    const { cursor, reset } = await placeOf(store);
    if (!known || !cursor || reset) return false;
    const query = new URLSearchParams({ user: rider.id, cursor, limit: "1" });
    const answer = await ask(env, `/api/sync/v1/pull?${query}`, {}, PATIENCE_MS);
    return answer.is === "ok" && answer.data.reset !== "epoch";
  } finally {
    await store.db.close();
  }
}

/**
 * Clear the log of a rider who signed out, if `all` of it is on the server and no other tab has
 * saved something since; else keep it.
 *
 * @param {Env} env
 * @param {Riders} riders
 * @param {Rider} rider
 * @param {{all: boolean, deleted: boolean}} known `deleted`: the account is, so nobody comes back
 */
export async function letGo(env, riders, rider, { all, deleted }) {
  const { leaving } = await riders.standing();
  if (!leaving?.wipe || leaving.rider.id !== rider.id) return; // another tab has seen to it
  const store = new Store(env, databaseName(rider));
  const isEmpty = all && (await empty(store, (tx) => isWaiting(tx, env)));
  if (!isEmpty && deleted) await store.meta.put(DELETED, true);
  await store.db.close();
  if (!isEmpty) await riders.keeps(rider);
  else {
    await riders.cleared(rider);
    await clearAway(env, riders);
  }
}

/**
 * Clear away what is to be cleared. First everything is taken out of the database, then what is kept
 * of it elsewhere: an empty database takes nothing back from there. A tab that sleeps may hold up its
 * deletion for hours, so nobody waits for that, and every page tries again.
 *
 * @param {Env} env
 * @param {Riders} riders
 */
export async function clearAway(env, riders) {
  const { clearing = [] } = await riders.standing();
  await Promise.all(clearing.map((rider) => clear(env, riders, rider).catch(() => {})));
}

/** @param {Env} env @param {Riders} riders @param {Rider} rider */
async function clear(env, riders, rider) {
  const store = new Store(env, databaseName(rider));
  try {
    // Who signs in leaves a new stamp, and only then is off the list: this tab may have slept since it read that.
    const stamp = await store.meta.get(LEFT);
    if (!(await isListed(riders, rider))) return;
    const isBack = async (/** @type {Tx} */ tx) =>
      (await tx.objectStore("meta").get(LEFT)) !== stamp;
    if (!(await empty(store, isBack))) return;
    await env.mirror?.clear(store.name);
  } finally {
    await store.db.close();
  }
  if (!(await isListed(riders, rider))) return; // back again
  const done = () => riders.update((old) => ({ clearing: without(old.clearing, rider) }));
  store.db
    .destroy()
    .then(done)
    .catch(() => {});
}

/** Whether the log of `rider` is still to be cleared. @param {Riders} riders @param {Rider} rider */
async function isListed(riders, rider) {
  const { clearing = [] } = await riders.standing();
  return clearing.some(({ id }) => id === rider.id);
}

/**
 * Take everything out of a database that its rider has left, and have it take in nothing more.
 *
 * @param {Store} store
 * @param {(tx: Tx) => Promise<boolean>} stays whether it is to stay as it is
 * @returns {Promise<boolean>} false: nothing was done
 */
function empty({ db }, stays) {
  return db.write(ALL, async (tx) => {
    if (await stays(tx)) return false;
    await Promise.all(ALL.map((name) => tx.objectStore(name).clear()));
    await markMirrored(tx);
    await tx.objectStore("meta").put(true, LEFT);
    return true;
  });
}

/** Drop the entries from before there was a rider, where they could not be taken along. @param {Env} env */
export async function dropLocal(env) {
  const local = new Store(env, databaseName(null));
  const stores = ["entry", "outbox"];
  await local.db.write(stores, (tx) =>
    Promise.all(stores.map((name) => tx.objectStore(name).clear())),
  );
  await local.db.close();
}

/**
 * Whether there is something that the server does not have; so there may be as long as the second place was
 * not read.
 *
 * @param {Tx} tx
 * @param {Env} env
 */
async function isWaiting(tx, { mirror }) {
  if (mirror && !(await isMirrored(tx))) return true;
  const { waiting, attention } = await countsIn(tx);
  return waiting + attention + (await tx.objectStore("draft").count()) > 0;
}
