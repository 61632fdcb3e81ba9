/** The logs of riders who are gone from this phone and left something that the server does not have. */

import { clearAway } from "./departure.js";
import { databaseName } from "./riders.js";
import { Store } from "./store.js";
import { DELETED } from "./sync.js";
import { viewOf } from "./views.js";

/**
 * @import { Logbook } from "./book.js"
 * @import { Rider } from "./types.js"
 *
 * @typedef {{rider: Rider, deleted: boolean}} KeptLog `deleted`: nobody can sign in to it any more
 */

/** @param {Logbook} logbook @returns {Promise<KeptLog[]>} */
export async function keptLogs({ env, riders }) {
  const { kept } = await riders.standing();
  return Promise.all(
    kept.map(async (rider) => {
      const store = new Store(env, databaseName(rider));
      const deleted = (await store.meta.get(DELETED)) === true;
      await store.db.close();
      return { rider, deleted };
    }),
  );
}

/**
 * Read a kept log the way the open one is read. Call `close` when done.
 *
 * @param {Logbook} logbook
 * @param {Rider} rider
 */
export function openKept({ env }, rider) {
  const store = new Store(env, databaseName(rider));
  return {
    /** @type {Logbook["list"]} */
    list: async ({ kind = "session", limit = 100, after = null } = {}) => {
      const { entries, next } = await store.list(kind, limit, after);
      return { entries: entries.map(viewOf), next };
    },
    draft: { get: store.draft.get },
    close: () => store.db.close(),
  };
}

/**
 * Clear the log of a deleted account, which is nowhere else; its rider said so.
 *
 * @param {Logbook} logbook
 * @param {Rider} rider
 */
export async function clearKept({ env, riders }, rider) {
  await riders.cleared(rider);
  await clearAway(env, riders);
}
