/** When a page syncs by itself: on coming back to life or to the network, each minute, and as it goes. */

import { comeBack, goAside } from "./db.js";

/** @import { Logbook } from "./book.js" */

const MINUTE_MS = 60_000;
/** How long a page that does not come to its end of loading goes without its databases. */
const LOADING_MS = 3_000;

/**
 * @param {Pick<Logbook, "wake" | "tick" | "rest">} logbook
 * @param {Window} window
 */
export function startTriggers(logbook, window) {
  const { document } = window;
  const visible = () => document.visibilityState === "visible";
  window.addEventListener("online", () => void logbook.wake());
  window.addEventListener("pageshow", (event) => void (event.persisted && logbook.wake()));
  document.addEventListener("visibilitychange", () =>
    visible() ? void logbook.wake() : logbook.rest(),
  );
  window.setInterval(() => visible() && logbook.tick(), MINUTE_MS);
}

/** Keep no database busy while the page is put aside for the Back button. @param {Window} window */
export function watchLeaving(window) {
  window.addEventListener("pagehide", ({ persisted }) => persisted && goAside());
  window.addEventListener("pageshow", comeBack);
  if (window.document.readyState !== "complete") waitToBeShown(window);
}

/**
 * A page that is left while it still loads is not told so by WebKit, which sends it no `pagehide`, and
 * never ends its transactions: no later page could save. So it begins none before it is shown.
 *
 * @param {Window} window
 */
function waitToBeShown(window) {
  /** @type {number | undefined} */
  let patience;
  const wait = () => {
    goAside();
    window.clearTimeout(patience);
    patience = window.setTimeout(comeBack, LOADING_MS);
  };
  const stop = () => {
    window.clearTimeout(patience);
    window.removeEventListener("beforeunload", wait);
  };
  wait();
  window.addEventListener("beforeunload", wait);
  window.addEventListener("pageshow", stop, { once: true });
}
