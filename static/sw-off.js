// The kill switch: put in the place of sw.js, it makes every phone forget the worker and what the
// worker holds, at its next visit. What riders logged is in IndexedDB and stays. In the place of
// js/bg/worker.js it takes that one away, which holds nothing.

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  const held = new URL(self.registration.scope).pathname === "/" ? await caches.keys() : [];
  const names = held.filter((name) => name.startsWith("dbs-"));
  await Promise.all(names.map((name) => caches.delete(name)));
  await self.registration.unregister();
}
