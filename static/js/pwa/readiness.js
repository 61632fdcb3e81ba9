// Whether the whole app is on this phone. `<html data-offline="ready">` says so to styles and tests.

import { askWorker, canWorkOffline, registerWorker } from "./worker.js";

/** @typedef {"" | "preparing" | "ready" | "unready"} Readiness "" is: not known yet */

/**
 * Register the worker and report how ready the app is, now and when it changes.
 * @param {(readiness: Readiness) => void} report
 */
export async function watchReadiness(report) {
  if (!canWorkOffline) return;
  /** @param {Readiness} readiness */
  const tell = (readiness) => {
    if (readiness === "ready") document.documentElement.dataset.offline = "ready";
    else delete document.documentElement.dataset.offline;
    report(readiness);
  };
  try {
    // Registering may wait for a network that never answers; a worker that is there knows already.
    const registering = registerWorker();
    if (navigator.serviceWorker.controller) registering.catch(() => {});
    else {
      tell("preparing");
      await activated(await registering);
    }
    await check(tell);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") check(tell);
    });
  } catch {
    tell("unready"); // a refused or failed install; the next visit tries again
  }
}

/**
 * @param {(readiness: Readiness) => void} tell
 */
async function check(tell) {
  let held = await askWorker("CHECK");
  if (held?.missing) {
    tell("preparing");
    held = await askWorker("HEAL");
  }
  tell(held?.missing === 0 ? "ready" : "unready");
}

/**
 * @param {ServiceWorkerRegistration} registration
 * @returns {Promise<void>} settles when a worker is active; rejects when the first one fails
 */
function activated(registration) {
  const worker = registration.installing ?? registration.waiting;
  if (registration.active || !worker) return Promise.resolve();
  return new Promise((resolve, reject) => {
    worker.addEventListener("statechange", () => {
      if (worker.state === "activated") resolve();
      if (worker.state === "redundant") reject(new Error("the worker could not be installed"));
    });
  });
}
