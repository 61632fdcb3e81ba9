// Whether, and how, this browser can put the app on the Home Screen.

/** @typedef {Event & {prompt(): Promise<{outcome: "accepted" | "dismissed"}>}} InstallEvent */

const QUIET = "dbs-install-hint";

/** @type {InstallEvent | null} */
let offered = null;
/** @type {Set<() => void>} */
const listeners = new Set();

/** @returns {"prompt" | "by-hand" | null} our own button, the Share sheet of iPhone and iPad, or nothing */
export function installWay() {
  if (isInstalled() || isQuiet()) return null;
  if (offered) return "prompt";
  return "standalone" in navigator ? "by-hand" : null;
}

/** @returns {boolean} whether this page runs as an installed app */
export function isInstalled() {
  const standalone = "standalone" in navigator && navigator.standalone === true;
  return standalone || matchMedia("(display-mode: standalone)").matches;
}

/** Show the browser's own question; any answer but yes keeps us quiet for good. */
export async function install() {
  const event = offered;
  offered = null;
  const answer = await event?.prompt();
  if (answer?.outcome === "dismissed") keepQuiet();
  changed();
}

/** Never offer it again on this phone. */
export function keepQuiet() {
  try {
    localStorage.setItem(QUIET, "1");
  } catch {
    // Storage is switched off: we cannot remember, and will ask again.
  }
  changed();
}

/**
 * Call `listener` when the answer of `installWay` may have changed.
 * @param {() => void} listener
 */
export function onInstallChange(listener) {
  listeners.add(listener);
}

/** @returns {boolean} */
function isQuiet() {
  try {
    return localStorage.getItem(QUIET) !== null;
  } catch {
    return false;
  }
}

function changed() {
  for (const listener of listeners) listener();
}

addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offered = /** @type {InstallEvent} */ (event);
  changed();
});
addEventListener("appinstalled", () => {
  offered = null;
  changed();
});
