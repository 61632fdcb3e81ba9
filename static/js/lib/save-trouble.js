// What to do when this phone could not keep something, or cannot read it, in words. Pure.

export const NO_READING =
  "Your routines cannot be read just now. Reload the page; they are not lost.";

/**
 * @param {unknown} error of the store
 * @returns {string}
 */
export function saveTrouble(error) {
  return `It could not be saved on this phone. Nothing you typed is gone. ${remedy(nameOf(error))}`;
}

/** @param {string} name */
function remedy(name) {
  switch (name) {
    case "QuotaExceededError":
      return "The phone is out of room: delete a film or an app you can spare, come back and save again.";
    case "InvalidStateError":
    case "UnknownError":
    case "AbortError":
    case "VersionError":
      return "The browser closed the log behind our back. Save once more; if that fails too, close other tabs of this app, reload, and save again.";
    case "SecurityError":
      return "This browser keeps nothing for us, as in some private windows. Open the app in a usual one.";
    default:
      return `Try once more; if it fails again, copy your notes before you leave.${name ? ` (${name})` : ""}`;
  }
}

/** @param {unknown} error */
function nameOf(error) {
  return error instanceof Error || error instanceof DOMException ? error.name : "";
}
