/** The one door to the rider's data: every screen comes in here. */

import * as book from "./book.js";
import { browserEnv } from "./env.js";
import { startTriggers, watchLeaving } from "./triggers.js";

/**
 * @typedef {import("./book.js").Logbook} Logbook
 * @typedef {import("./types.js").EntryView} EntryView
 * @typedef {import("./types.js").SyncState} SyncState
 */

/** @type {Promise<Logbook> | null} */
let opening = null;

watchLeaving(window);

/** Open the current rider's logbook, once a page. @returns {Promise<Logbook>} */
export function openLogbook() {
  opening ??= book.Logbook.open(browserEnv()).catch((error) => {
    opening = null;
    throw error;
  });
  return opening;
}

/** Ask who is signed in, and turn to their logbook. */
export const refreshRider = async () => (await openLogbook()).refreshRider();

/** Sign out of this phone and of the server. @param {{pending?: import("./gate.js").Pending}} [choice] */
export const signOut = async (choice) => (await openLogbook()).signOut(choice);

/**
 * Keep this page in step with the server, from now on. `main.js` calls it once. Rejects where the log
 * does not open; that it cannot turn to who is signed in, as with no room, leaves it as it is.
 */
export async function startSync() {
  const logbook = await openLogbook();
  startTriggers(logbook, window);
  await logbook.refreshRider().catch(() => {});
}
