/**
 * The second worker: sends what waits when no page is open, where the browser wakes it for that
 * (Background Sync). It has no page to serve, and is of the very modules that pages sync with;
 * `/sw.js` cannot be: it is a classic script, and made anew with every release.
 */

import { Logbook } from "../data/book.js";
import { browserEnv } from "../data/env.js";
import * as engine from "../data/rounds.js";

/** Not done yet: the browser may wake us again. */
const UNSENT = new Set(["offline", "busy"]);

const worker = /** @type {any} */ (globalThis);
worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("sync", (/** @type {any} */ event) => event.waitUntil(flush()));

async function flush() {
  const logbook = await Logbook.open({ ...browserEnv(), engine: async () => engine });
  try {
    const { state } = await logbook.syncNow();
    if (UNSENT.has(state)) throw new Error(`Not sent: ${state}`);
  } finally {
    await logbook.close();
  }
}
