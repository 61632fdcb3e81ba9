// The state of the sync in a sentence. Pure. Offline is a normal state, not an error.
import { ago, entriesWord } from "./words.js";

/** No browser that we know uploads in the background for every rider, so we promise none. */
export const WHEN = "Uploads happen while the app is open and there is signal.";

/**
 * @param {import("../data/types.js").SyncState} sync
 * @param {number} now ms since the epoch
 * @returns {string}
 */
export function syncSentence({ state, waiting, attention, lastSyncedAt, code }, now) {
  const many = entriesWord(waiting);
  const last = lastSyncedAt ? `Last synced ${ago(lastSyncedAt, now)}.` : "Not synced yet.";
  switch (state) {
    case "local":
      return "Your log is kept on this phone only. An account backs it up.";
    case "syncing":
      return "Syncing …";
    case "needs-sign-in":
      return waiting ? `Sign in again to upload ${many}.` : "Sign in again to keep syncing.";
    case "needs-update":
      return `Reload for the new version of the app; then ${waiting ? many : "your log"} can sync.`;
    case "stopped":
      if (code === "account_deleted")
        return "The account is deleted. Your log is on this phone only: export it, or sign out to clear it.";
      return `Syncing has stopped (${(code ?? "").replaceAll("_", " ")}). Your log is safe here.`;
    case "offline":
      if (waiting)
        return `No signal. ${many} safe on this phone, to go up by ${waiting === 1 ? "itself" : "themselves"}.`;
      return `No signal. ${last}`;
    case "busy":
      return waiting ? `${many} waiting; the server asked for a moment. ${last}` : last;
    default:
      if (waiting) return `${many} waiting to be uploaded. ${last}`;
      if (attention) return `${entriesWord(attention)} in need of your attention. ${last}`;
      return `All synced. ${last}`;
  }
}
