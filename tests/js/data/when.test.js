/** When a phone syncs by itself, and when it gives up or lets another tab be. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { startTriggers } from "../../../static/js/data/triggers.js";
import { signedIn } from "./help/people.js";
import { session } from "./help/phone.js";
import { json, Server } from "./help/server.js";

/** A phone with something that the server falls over, each time it is sent. */
async function failing(chance = 1) {
  const server = new Server();
  const a = await signedIn(server);
  a.phone.chance = chance;
  await a.book.create("session", session());
  server.fault = () => json({}, 500);
  await a.book.syncNow();
  return { server, ...a };
}

/** How many seconds the phone waits until it tries again, each of `times` times. */
async function waitsOf(/** @type {any} */ { phone, book }, /** @type {number} */ times) {
  const waits = [];
  for (let i = 0; i < times; i++) {
    const [{ due }] = phone.timers;
    waits.push((due - phone.time) / 1000);
    phone.pass(due - phone.time);
    await book.syncNow();
  }
  return waits;
}

test("Retry-After is obeyed, even when the rider looks again", async () => {
  const server = new Server();
  const a = await signedIn(server);
  await a.book.create("session", session());
  let asked = 0;
  server.fault = () => {
    asked += 1;
    return json({ error: "slow down" }, 429, { "Retry-After": "90" });
  };
  await a.book.syncNow();
  assert.equal(asked, 1);
  a.phone.pass(60_000);
  await a.book.wake();
  assert.equal(asked, 1);
  server.fault = null;
  a.phone.pass(30_000);
  await a.book.syncNow();
  assert.deepEqual(await a.outbox(), []);
});

test("after failures it tries again by itself, ever later, up to 15 minutes", async () => {
  const a = await failing();
  assert.deepEqual(await waitsOf(a, 11), [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
  a.server.fault = null;
  await a.book.wake();
  assert.deepEqual(await a.outbox(), []);
});

/** @type {[number, number[]][]} */
const SHARES = [
  [0, [1, 2, 4, 8]],
  [0.5, [1.5, 3, 6, 12]],
];
for (const [chance, waits] of SHARES) {
  test(`so that phones do not come back all at once, chance ${chance} shortens each wait`, async () => {
    assert.deepEqual(await waitsOf(await failing(chance), 4), waits);
  });
}

test("after a success the waits begin anew", async () => {
  const a = await failing();
  await waitsOf(a, 6);
  a.server.fault = null;
  await a.book.syncNow();
  await a.book.create("session", session());
  a.server.fault = () => json({}, 500);
  await a.book.syncNow();
  assert.deepEqual(await waitsOf(a, 3), [2, 4, 8]);
});

/** @type {[string, (window: any) => unknown][]} */
const CALLS = [
  ["the network comes back", (window) => window.dispatchEvent(new Event("online"))],
  [
    "the page is looked at",
    ({ document }) => document.dispatchEvent(new Event("visibilitychange")),
  ],
];
for (const [what, call] of CALLS) {
  test(`once ${what} it tries at once, and the waits begin anew`, async () => {
    const a = await failing();
    const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
    const window = Object.assign(new EventTarget(), { document, setInterval: () => 0 });
    startTriggers(a.book, /** @type {any} */ (window));
    await waitsOf(a, 6);
    call(window);
    assert.equal(a.book.syncState.state, "syncing");
    await a.book.syncNow();
    assert.deepEqual(await waitsOf(a, 3), [2, 4, 8]);
  });
}

test("a save is sent a second later, once for quick taps", async () => {
  const server = new Server();
  const a = await signedIn(server);
  await a.book.create("session", session());
  await a.book.create("session", session());
  a.phone.pass(999);
  assert.equal(server.pushes.length, 0);
  a.phone.pass(1);
  await a.book.syncNow();
  assert.deepEqual(
    server.pushes.map((push) => push.mutations.length),
    [2],
  );
});

test("the minute's tick sends what waits, and does not meddle with a retry", async () => {
  const server = new Server();
  const a = await signedIn(server);
  a.book.tick();
  assert.equal(a.book.syncState.state, "idle");
  await a.book.create("session", session());
  server.fault = () => json({}, 500);
  await a.book.syncNow();
  const { length } = server.pushes;
  a.book.tick();
  assert.equal(a.book.syncState.state, "busy");
  assert.equal(server.pushes.length, length);
});

test("a server that accepts and never answers is given up after 20 seconds", async () => {
  const server = new Server();
  const a = await signedIn(server);
  await a.book.create("session", session());
  /** @type {AbortSignal | null | undefined} */
  let signal;
  const asked = new Promise((resolve) => {
    a.phone.fetch = (_path, init) => {
      signal = init.signal;
      resolve(null);
      return new Promise(() => {});
    };
  });
  const running = a.book.syncNow();
  await asked;
  assert.ok(await a.book.create("session", session()), "a save does not wait for the network");
  a.phone.pass(20_000);
  assert.equal((await running).state, "offline");
  assert.equal(signal?.aborted, true);
});

test("a killed tab is passed over: by the browser's lock at once, else when its lease is over", async () => {
  const server = new Server();
  const a = await signedIn(server);
  await a.book.create("session", session());
  const asked = new Promise((resolve) => {
    server.fault = () => {
      resolve(null);
      return new Promise(() => {});
    };
  });
  void a.book.syncNow();
  await asked;
  a.phone.kill();
  server.fault = null;
  const next = await a.phone.open();
  await next.syncNow();
  assert.equal((await a.outbox()).length, 1);
  a.phone.pass(60_000);
  await next.syncNow();
  assert.deepEqual(await a.outbox(), []);
});
