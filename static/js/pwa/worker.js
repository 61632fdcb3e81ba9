// The page's side of the worker: registering it, and asking it what it holds.

const HOUR_MS = 3_600_000;

/**
 * @typedef {object} Held what a worker says it holds
 * @property {string} version the release, 12 hex digits
 * @property {number} total how many files belong to it
 * @property {number} missing how many of them are not there (yet, or any more)
 */

/** Whether this browser lets us work with no signal at all (not so on plain http). */
export const canWorkOffline = "serviceWorker" in navigator;

/**
 * Register the worker once the page has what it needs for itself, and look for a new release at
 * each visit and, while the app stays open, when it is looked at again after an hour.
 * @returns {Promise<ServiceWorkerRegistration>} rejects where the browser refuses
 */
export async function registerWorker() {
  await pageLoaded();
  const registration = await navigator.serviceWorker.register("/sw.js", {
    scope: "/",
    updateViaCache: "none",
  });
  let lookedAt = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - lookedAt < HOUR_MS) return;
    lookedAt = Date.now();
    registration.update().catch(() => {}); // no signal: the next look will do
  });
  return registration;
}

/** @returns {Promise<void>} */
function pageLoaded() {
  if (document.readyState === "complete") return Promise.resolve();
  return new Promise((resolve) => {
    addEventListener("load", () => resolve(), { once: true });
  });
}

/**
 * Ask the active worker what it holds ("CHECK"), or to bring in what it lacks first ("HEAL").
 * @param {"CHECK" | "HEAL"} question
 * @returns {Promise<Held | null>} null where no worker is active
 */
export async function askWorker(question = "CHECK") {
  if (!canWorkOffline) return null;
  const worker = (await navigator.serviceWorker.getRegistration("/"))?.active;
  if (!worker) return null;
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = (event) => {
      port1.close();
      resolve(event.data);
    };
    worker.postMessage(question, [port2]);
  });
}
