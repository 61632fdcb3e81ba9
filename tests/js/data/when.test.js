/** When a phone syncs by itself, and when it gives up or lets another tab be. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { signedIn } from "./help/people.js";
import { session } from "./help/phone.js";
import { json, Server } from "./help/server.js";

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
  const server = new Server();
  const a = await signedIn(server);
  await a.book.create("session", session());
  server.fault = () => json({ error: "internal_server_error" }, 500);
  await a.book.syncNow();
  /** @type {number[]} */
  const waits = [];
  for (let i = 0; i < 11; i++) {
    const [{ due }] = a.phone.timers;
    waits.push((due - a.phone.time) / 1000);
    a.phone.pass(due - a.phone.time);
    await a.book.syncNow();
  }
  assert.deepEqual(waits, [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
  server.fault = null;
  await a.book.wake();
  assert.deepEqual(await a.outbox(), []);
});

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
