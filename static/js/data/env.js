/** The browser's own parts, as the data layer takes them. */

/** @import { Env } from "./types.js" */

/** @returns {Env} */
export function browserEnv() {
  const channel = new BroadcastChannel("dbs");
  return {
    indexedDB,
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
