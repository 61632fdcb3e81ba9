/** One tab at a time talks to the server. A help against waste only: mutation ids are the proof. */

/**
 * @import { Store } from "./store.js"
 *
 * @typedef {{owner: string, until: number}} Lease
 */

/** A tab that froze with the lock in its hand is passed over after this. */
export const LEASE_MS = 60_000;

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
  if (!locks) return leased(store, owner, work, false);
  return locks.request(`sync:${store.name}`, { ifAvailable: true }, (lock) =>
    leased(store, owner, work, lock !== null),
  );
}

/**
 * @template T
 * @param {Store} store
 * @param {string} owner
 * @param {(renew: () => Promise<void>) => Promise<T>} work
 * @param {boolean} locked whoever holds the browser's lock need not mind the lease of a dead tab
 */
async function leased(store, owner, work, locked) {
  if (!(await take(store, owner, locked))) return null;
  try {
    return await work(async () => void (await take(store, owner, true)));
  } finally {
    await release(store, owner);
  }
}

/**
 * @param {Store} store
 * @param {string} owner
 * @param {boolean} regardless
 */
function take(store, owner, regardless) {
  return store.db.write(["meta"], async (tx) => {
    const meta = tx.objectStore("meta");
    const now = store.env.now();
    /** @type {Lease | undefined} */
    const lease = await meta.get("lease");
    const free =
      !lease || lease.owner === owner || lease.until <= now || lease.until > now + LEASE_MS;
    if (free || regardless) await meta.put({ owner, until: now + LEASE_MS }, "lease");
    return free || regardless;
  });
}

/** @param {Store} store @param {string} owner */
function release(store, owner) {
  return store.db.write(["meta"], async (tx) => {
    const meta = tx.objectStore("meta");
    if ((await meta.get("lease"))?.owner === owner) await meta.delete("lease");
  });
}
