// The worker: holds one whole release of the app, so that every page opens with no network.
//
// The server puts `self.RELEASE = {...};` before this text (dbsapp/pwa/precache.py): the version, and
// each file that must be held with the hash and type of its content. A release is held in a cache of
// its own, a "generation". Nothing else is ever stored here: what is personal is kept by pages, and no
// request is answered from that.

const { version, files, headers: policy, shells, offline } = self.RELEASE;
const PREFIX = "dbs-";
const GENERATION = PREFIX + version;
const MARK = "X-Held"; // on each held answer: what it is, so that the next release can take it over
const LANES = 6;
const PATIENCE_MS = 3000;

/** The pages that this worker itself has served; others may still be of the release before. */
const served = new Set();

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    served.add(event.resultingClientId);
    event.respondWith(page(request, url.pathname));
  } else if (url.pathname in files || url.pathname.startsWith("/static/")) {
    event.respondWith(asset(request, url.pathname));
  }
});

self.addEventListener("message", (event) => {
  const [port] = event.ports;
  if (event.data === "SKIP_WAITING") self.skipWaiting();
  if (event.data === "CHECK") event.waitUntil(tidy().then(() => report(port)));
  if (event.data === "HEAL") event.waitUntil(fill().finally(() => report(port)));
});

// --- Holding -----------------------------------------------------------------------------------

/** Bring in all that is missing, or fail: then the browser keeps the worker it has. */
async function fill() {
  const cache = await caches.open(GENERATION);
  const older = await generations();
  const todo = await missing();
  const lane = async () => {
    for (let path = todo.pop(); path; path = todo.pop()) {
      await cache.put(path, (await takenOver(path, older)) ?? (await download(path)));
    }
  };
  try {
    await Promise.all(Array.from({ length: LANES }, lane));
  } catch (error) {
    todo.length = 0; // the other lanes stop too; what they brought helps the next try
    throw error;
  }
}

/**
 * @returns the paths that are not held, or not as this release says: the browser may evict a part
 *   when space is short, and what an older worker left in error is not to be believed
 */
async function missing() {
  const cache = await caches.open(GENERATION);
  const [requests, answers] = await Promise.all([cache.keys(), cache.matchAll()]);
  const marks = new Map(
    requests.map((request, i) => [new URL(request.url).pathname, answers[i]?.headers.get(MARK)]),
  );
  return Object.keys(files).filter((path) => marks.get(path) !== mark(path));
}

/** Tell a page what is held. */
async function report(port) {
  const gaps = await missing();
  port.postMessage({ version, total: Object.keys(files).length, missing: gaps.length });
}

const mark = (path) => `${files[path][0]}.${policy}`;

/** @returns the same content from another generation, or undefined */
async function takenOver(path, older) {
  for (const cache of older) {
    const found = await cache.match(path);
    if (found?.headers.get(MARK) === mark(path)) return found;
  }
}

/** Fetch `path` past every HTTP cache; throw unless it is exactly what the list promised. */
async function download(path) {
  const [hash, type] = files[path];
  const answer = await fetch(path, { cache: "reload", redirect: "error" });
  const body = await answer.arrayBuffer();
  const headers = new Headers(answer.headers);
  const rightType = headers.get("Content-Type")?.split(";")[0] === type;
  if (!answer.ok || !rightType || (await digest(body)) !== hash) {
    throw new Error(`${path} is not what this release says it is`);
  }
  for (const stale of ["Content-Encoding", "Content-Length", "Vary"]) headers.delete(stale);
  headers.set(MARK, mark(path));
  return new Response(body, { headers });
}

async function digest(body) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", body)).subarray(0, 8);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// --- Answering ---------------------------------------------------------------------------------

/** Answer a navigation: from what is held, else from the network, else with the offline page. */
async function page(request, path) {
  const own = path in files ? path : shellOf(path);
  return (own && (await held(own))) || network(request);
}

function shellOf(path) {
  const pattern = Object.keys(shells).find((one) => new RegExp(one).test(path));
  return pattern && shells[pattern];
}

/** A page of the release before may still ask for a file that this release no longer has. */
async function asset(request, path) {
  const found = path in files ? await held(path) : await caches.match(path, { ignoreSearch: true });
  return found ?? fetch(request);
}

/** @returns what is held for `path`; undefined if that is not what this release says it is */
async function held(path) {
  const found = await caches.match(path, { cacheName: GENERATION });
  return found?.headers.get(MARK) === mark(path) ? found : undefined;
}

/**
 * Ask the network, but not for long. The request is not aborted: a slow network that has opened
 * its connection by then answers the next try.
 */
async function network(request) {
  const patience = new Promise((_, reject) => setTimeout(reject, PATIENCE_MS));
  try {
    return await Promise.race([fetch(request), patience]);
  } catch {
    return (await held(offline)) ?? Response.error();
  }
}

// --- From one release to the next ----------------------------------------------------------------

async function takeOver() {
  await tidy();
  await self.clients.claim();
}

/** @returns the caches of the other releases */
async function generations() {
  const names = (await caches.keys()).filter((n) => n.startsWith(PREFIX) && n !== GENERATION);
  return Promise.all(names.map((name) => caches.open(name)));
}

/** Remove the other generations, unless an open page or a coming worker may need one. */
async function tidy() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (pages.some((one) => !served.has(one.id))) return;
  if (self.registration.waiting || self.registration.installing) return;
  const names = (await caches.keys()).filter((n) => n.startsWith(PREFIX) && n !== GENERATION);
  await Promise.all(names.map((name) => caches.delete(name)));
}
