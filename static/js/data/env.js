/** The browser's own parts, as the data layer takes them. */

/** @import { Env, Mirror } from "./types.js" */

/** @returns {Env} */
export function browserEnv() {
  const channel = new BroadcastChannel("dbs");
  return {
    indexedDB,
    mirror: "caches" in globalThis ? mirror : undefined,
    fetch: (path, init) => fetch(path, init),
    now: Date.now,
    random: (bytes) => crypto.getRandomValues(bytes),
    chance: Math.random,
    later: (task, ms) => setTimeout(task, ms),
    cancel: (handle) => clearTimeout(handle),
    tz: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    locks: navigator.locks ?? null,
    tell: (message) => channel.postMessage(message),
    listen: (hear) => channel.addEventListener("message", ({ data }) => hear(data)),
    persist: async () => (await navigator.storage?.persist?.()) ?? false,
    version: heldRelease,
    gzip: "CompressionStream" in globalThis ? gzip : null,
    background:
      "SyncManager" in globalThis && "serviceWorker" in navigator ? background : undefined,
    close: () => channel.close(),
  };
}

/** The newest release that the worker holds: its caches are named after it. */
async function heldRelease() {
  const held = (await globalThis.caches?.keys()) ?? [];
  return (
    held
      .filter((name) => name.startsWith("dbs-"))
      .at(-1)
      ?.slice("dbs-".length) ?? ""
  );
}

/** @param {string} text */
async function gzip(text) {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** Loaded when it is needed first: most visits do without. */
const asked = () => import("../bg/register.js");

/** @type {import("./types.js").Background} */
const background = {
  prepare: async (version) => (await asked()).prepare(version),
  wakeLater: async () => (await asked()).wakeLater(),
};

// --- The second place ----------------------------------------------------------------------------
// A browser may lose a whole IndexedDB. Cache Storage lies in files of its own, and is as fast. No page
// or worker can be answered from what is kept there: it has names at a host that does not exist. Here,
// and not in a file of its own, for the bytes of a first visit.

const HOST = "https://unsynced.invalid/";

/** Cache Storage that does not answer must not hold up a save or a start, and not one after another. */
const PATIENCE_MS = 3_000;
const PAUSE_MS = 60_000;
/** Not before this time (ms since the epoch) is it asked again. */
let pausedUntil = 0;

/** So many names at once are taken out within our patience, on a slow phone too. */
const AT_ONCE = 100;

/**
 * Not `dbs-…`: such caches are the worker's, which clears them away.
 *
 * @param {string} db
 */
const placeOf = (db) => `unsynced-${db}`;

/** @template T @param {() => Promise<T>} work @returns {Promise<T>} */
async function patiently(work) {
  if (Date.now() < pausedUntil) throw new Error("Cache Storage hangs");
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => {
      pausedUntil = Date.now() + PAUSE_MS;
      reject(new Error("Cache Storage hangs"));
    }, PATIENCE_MS);
  });
  try {
    return await Promise.race([work(), /** @type {Promise<never>} */ (late)]);
  } finally {
    clearTimeout(timer);
  }
}

/** @template T @param {string} db @param {(cache: Cache) => Promise<T>} work @returns {Promise<T>} */
const inPlace = (db, work) => patiently(async () => work(await caches.open(placeOf(db))));

/** @type {Mirror} */
export const mirror = {
  put: (db, key, value) =>
    inPlace(db, (cache) => cache.put(HOST + key, new Response(JSON.stringify(value)))),
  drop: async (db, keys) => {
    for (let at = 0; at < keys.length; at += AT_ONCE) {
      const some = keys.slice(at, at + AT_ONCE);
      await inPlace(db, (cache) => Promise.all(some.map((key) => cache.delete(HOST + key))));
    }
  },
  keys: async (db) => {
    // To open it would make it.
    if (!(await patiently(() => caches.has(placeOf(db))))) return [];
    return (await inPlace(db, (cache) => cache.keys())).map(({ url }) => url.slice(HOST.length));
  },
  // One by one: however many there are, each has its time.
  get: async (db, keys) => {
    const found = [];
    for (const key of keys) found.push(await patiently(() => read(db, key)));
    return found.filter(Boolean);
  },
  clear: async (db) => void (await patiently(() => caches.delete(placeOf(db)))),
};

/** @param {string} db @param {string} key @returns {Promise<any>} null: not there, or cannot be read */
async function read(db, key) {
  const held = await caches.match(HOST + key, { cacheName: placeOf(db) });
  return held ? held.json().catch(() => null) : null;
}
