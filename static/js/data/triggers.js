/** When a page syncs by itself: on coming back to life or to the network, each minute, and as it goes. */

import { comeBack, goAside } from "./db.js";

/** @import { Logbook } from "./book.js" */

const MINUTE_MS = 60_000;

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
}
