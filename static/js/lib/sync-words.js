// The state of the sync in a sentence. Pure. Offline is a normal state, not an error.
import { ago, entriesWord } from "./words.js";

/** @typedef {import("../data/types.js").SyncState} SyncState */

/** No browser that we know uploads in the background for every rider, so we promise none. */
export const WHEN = "Uploads happen while the app is open and there is signal.";

/** States in which it is of use to know when the last sync was. */
const TIMED = new Set(["idle", "offline", "busy"]);

/** @type {Record<string, string>} */
const STOPPED = {
  account_deleted:
    "The account is deleted. Your log is on this phone only: export it, or sign out to clear it.",
  wrong_user: "Somebody else is signed in here now, so nothing of yours is sent. It is safe here.",
  storage_full: "This phone is out of room for what is new on the server. Nothing is lost.",
  storage_failed: "The browser keeps the log shut just now. What you saved is on this phone.",
  check_failed: "This phone and the server count your log differently. Nothing of it is lost.",
};

/**
 * Where the log is, and since when.
 * @param {SyncState} sync
 * @param {number} now ms since the epoch
 */
export function syncSentence(sync, now) {
  const { state, waiting } = sync;
  if (!TIMED.has(state) || (state === "offline" && waiting)) return headline(sync);
  const last = lastSynced(sync, now);
  return state === "busy" && !waiting ? last : `${headline(sync)} ${last}`;
}

/**
 * "Last synced 5 minutes ago."
 * @param {Pick<SyncState, "lastSyncedAt">} sync
 * @param {number} now ms since the epoch
 */
export function lastSynced({ lastSyncedAt }, now) {
  return lastSyncedAt ? `Last synced ${ago(lastSyncedAt, now)}.` : "Not synced yet.";
}

/**
 * Where the log is, in a sentence that no clock changes.
 * @param {SyncState} sync
 * @returns {string}
 */
export function headline({ state, waiting, attention, code = "" }) {
  const many = entriesWord(waiting);
  switch (state) {
    case "local":
      return "Your log is kept on this phone only. An account backs it up.";
    case "syncing":
      return "Syncing …";
    case "needs-sign-in":
      return waiting ? `Sign in again to upload ${many}.` : "Sign in again to keep syncing.";
    case "needs-update":
      return `Reload for the new version of the app; then ${waiting ? many : "your log"} can sync.`;
    case "needs-reload":
      return `Reload this page; then ${waiting ? many : "your log"} can sync.`;
    case "stopped":
      return STOPPED[code] ?? `Syncing has stopped${because(code)}. Your log is safe here.`;
    case "offline":
      return `${code === "stranger" ? "No way through to the server" : "No signal"}.${safe(waiting)}`;
    case "busy":
      return waiting ? `${many} waiting; the server asked for a moment.` : "The server is busy.";
    default:
      if (waiting) return `${many} waiting to be uploaded.`;
      if (attention) return `${entriesWord(attention)} in need of your attention.`;
      return "All synced.";
  }
}

/** @param {number} waiting */
const safe = (waiting) =>
  waiting
    ? ` ${entriesWord(waiting)} safe on this phone, to go up by ${waiting === 1 ? "itself" : "themselves"}.`
    : "";

/** @param {string} code */
const because = (code) => code && ` (${code.replaceAll("_", " ")})`;
