/** One tab at a time talks to the server. A help against waste only: mutation ids are the proof. */

/**
 * @import { Tx } from "./db.js"
 * @import { Store } from "./store.js"
 *
 * @typedef {{owner: string, until: number}} Lease
 *
 * Of the browser's lock: there is none here, it is ours, or another tab has it.
 * @typedef {"unlocked" | "holder" | "behind"} Standing
 */

/** A tab that froze with the lock in its hand is passed over after this. */
export const LEASE_MS = 60_000;
/** Renewed so much later at the earliest; with a request's 20 s on top there is still time left. */
const RENEW_MS = 10_000;

/**
 * Run `work` unless another tab is at it; null then. `work` calls `renew` as it goes on.
 *
 * @template T
 * @param {Store} store
 * @param {string} owner this tab
 * @param {(renew: () => Promise<void>) => Promise<T>} work
 * @returns {Promise<T | null>}
 */
export async function exclusively(store, owner, work) {
  const { locks } = store.env;
  if (!locks) return leased(store, owner, work, "unlocked");
  return locks.request(`sync:${store.name}`, { ifAvailable: true }, (lock) =>
    leased(store, owner, work, lock ? "holder" : "behind"),
  );
}

/**
 * @template T
 * @param {Store} store
 * @param {string} owner
 * @param {(renew: () => Promise<void>) => Promise<T>} work
 * @param {Standing} standing
 */
async function leased(store, owner, work, standing) {
  const { now } = store.env;
  let taken = now();
  if (!(await take(store, owner, standing))) return null;
  const renew = async () => {
    if (Math.abs(now() - taken) < RENEW_MS) return;
    taken = now();
    await take(store, owner, "holder");
  };
  try {
    return await work(renew);
  } finally {
    await release(store, owner);
  }
}

/**
 * Take the lease if that is right. Who holds the browser's lock need not mind the lease of a dead
 * tab. Who finds the lock taken and no lease has met a holder that is only just beginning: it gets
 * a lease as from now, in case it is frozen.
 *
 * @param {Store} store
 * @param {string} owner
 * @param {Standing} standing
 */
function take(store, owner, standing) {
  const work = async (/** @type {Tx} */ tx) => {
    const meta = tx.objectStore("meta");
    const now = store.env.now();
    const until = now + LEASE_MS;
    /** @type {Lease | undefined} */
    const lease = await meta.get("lease");
    const free = lease
      ? lease.owner === owner || lease.until <= now || lease.until > until
      : standing !== "behind";
    const ours = free || standing === "holder";
    if (ours || !lease) await meta.put({ owner: ours ? owner : "", until }, "lease");
    return ours;
  };
  return store.db.write(["meta"], work, "relaxed");
}

/** @param {Store} store @param {string} owner */
function release(store, owner) {
  const work = async (/** @type {Tx} */ tx) => {
    const meta = tx.objectStore("meta");
    if ((await meta.get("lease"))?.owner === owner) await meta.delete("lease");
  };
  return store.db.write(["meta"], work, "relaxed");
}
