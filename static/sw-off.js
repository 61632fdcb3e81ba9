// The kill switch: put in the place of sw.js, it makes every phone forget the worker and what the
// worker holds, at its next visit. What riders logged is in IndexedDB and stays.

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => event.waitUntil(leave()));

async function leave() {
  const names = (await caches.keys()).filter((name) => name.startsWith("dbs-"));
  await Promise.all(names.map((name) => caches.delete(name)));
  await self.registration.unregister();
}
