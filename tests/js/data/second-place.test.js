/** Cache Storage as the second place: it may hang, and then nobody waits for it for long. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { mirror } from "../../../static/js/data/env.js";

const LONG_MS = 3_000;
const HOUR_MS = 3_600_000;

const hangs = () => new Promise(() => {});

/** A Cache Storage that keeps text in memory. */
class Caches {
  /** @type {Map<string, Map<string, Response>>} */
  places = new Map();
  has = async (/** @type {string} */ name) => this.places.has(name);
  delete = async (/** @type {string} */ name) => this.places.delete(name);
  match = async (/** @type {string} */ url, /** @type {{cacheName: string}} */ { cacheName }) =>
    this.places.get(cacheName)?.get(url);

  open = async (/** @type {string} */ name) => {
    const place = this.places.get(name) ?? new Map();
    this.places.set(name, place);
    return {
      put: async (/** @type {string} */ url, /** @type {Response} */ answer) =>
        void place.set(url, answer),
      delete: async (/** @type {string} */ url) => place.delete(url),
      keys: async () => [...place.keys()].map((url) => ({ url })),
    };
  };
}

/** @type {any} */
let caches;
let now = 0;

beforeEach(() => {
  caches = new Caches();
  now += HOUR_MS; // past every pause of the test before
  Object.assign(globalThis, { caches });
  mock.timers.enable({ apis: ["setTimeout", "Date"], now });
});
afterEach(() => mock.timers.reset());

/** Let what goes on by itself go on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("what is put is there until it is dropped, each database for itself", async () => {
  await mirror.put("dbs-a", "1", { n: 1 });
  await mirror.put("dbs-a", "2", { n: 2 });
  await mirror.put("dbs-b", "1", { n: 3 });
  assert.deepEqual(await mirror.keys("dbs-a"), ["1", "2"]);
  await mirror.drop("dbs-a", ["1"]);
  assert.deepEqual(await mirror.get("dbs-a", ["1", "2"]), [{ n: 2 }]);
  await mirror.clear("dbs-a");
  assert.deepEqual([...caches.places.keys()], ["unsynced-dbs-b"]);
});

test("to look makes no place", async () => {
  assert.deepEqual(await mirror.keys("dbs-a"), []);
  assert.deepEqual(await mirror.get("dbs-a", ["1"]), []);
  assert.equal(caches.places.size, 0);
});

test("what cannot be read hides nothing else", async () => {
  await mirror.put("dbs-a", "1", {});
  caches.places.get("unsynced-dbs-a").set("https://unsynced.invalid/0", new Response("{"));
  assert.deepEqual(await mirror.get("dbs-a", ["0", "1"]), [{}]);
});

/** @type {[string, () => Promise<unknown>][]} */
const CALLS = [
  ["open", () => mirror.put("dbs-a", "1", {})],
  ["open", () => mirror.drop("dbs-a", ["1"])],
  ["has", () => mirror.keys("dbs-a")],
  ["match", () => mirror.get("dbs-a", ["1"])],
  ["delete", () => mirror.clear("dbs-a")],
];
for (const [hanging, call] of CALLS) {
  test(`${hanging} that hangs is waited for once (${call.toString().slice(6)})`, async () => {
    caches[hanging] = hangs;
    const first = assert.rejects(call(), /hangs/);
    await settled();
    mock.timers.tick(LONG_MS);
    await first;
    await assert.rejects(call(), /hangs/); // no time passes here
  });
}

test("a body that hangs is not waited for either", async () => {
  await mirror.put("dbs-a", "1", {});
  caches.match = async () => ({ json: hangs });
  const reading = assert.rejects(mirror.get("dbs-a", ["1"]), /hangs/);
  await settled();
  mock.timers.tick(LONG_MS);
  await reading;
});

test("after a minute it is asked again", async () => {
  const { open } = caches;
  caches.open = hangs;
  const first = assert.rejects(mirror.put("dbs-a", "1", {}), /hangs/);
  await settled();
  mock.timers.tick(LONG_MS);
  await first;
  caches.open = open;
  mock.timers.tick(60_000);
  await mirror.put("dbs-a", "1", {});
  assert.deepEqual(await mirror.keys("dbs-a"), ["1"]);
});
