/** Answers that are not ours, or not for this phone. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { isPush, signedIn } from "./help/people.js";
import { session } from "./help/phone.js";
import { ALICE, BOB, html, json, Server } from "./help/server.js";

/** @type {[string, () => Response][]} */
const STRANGERS = [
  ["a captive portal's page", () => html()],
  ["a captive portal's 401", () => html("sign in", 401)],
  ["a captive portal's 409", () => html("", 409)],
  ["JSON without our proto", () => json({ results: [], changes: [], cursor: "" })],
  ["JSON of another proto", () => json({ proto: 2, results: [], changes: [], cursor: "" })],
  ["broken JSON", () => new Response("{", { headers: { "Content-Type": "application/json" } })],
];
for (const [name, answer] of STRANGERS) {
  test(`${name} is not believed`, async () => {
    const server = new Server();
    const a = await signedIn(server);
    await a.book.create("session", session());
    server.fault = answer;
    assert.equal((await a.book.syncNow()).state, "offline");
    assert.equal((await a.outbox()).length, 1);
    server.fault = null;
    await a.book.syncNow();
    assert.deepEqual(await a.outbox(), []);
  });
}

test("a phone restored from a backup becomes a new device and loses nothing", async () => {
  const server = new Server();
  const a = await signedIn(server);
  await a.book.create("session", session({ notes: "before the backup" }));
  const [known] = await a.outbox();
  server.log(ALICE.id).mids.set("other", "other");
  let device = "";
  server.fault = (path, go, body) => {
    if (isPush(path) && !device) {
      device = body.device;
      return json({ proto: 1, error: "device_forked" }, 409);
    }
    return go();
  };
  await a.book.syncNow();
  const [push] = server.pushes;
  assert.notEqual(push.device, device);
  assert.deepEqual([push.mutations[0].mid, push.mutations[0].mutation_id], [1, known.mutation_id]);
  assert.equal(push.acked_mid, 0, "nothing of the new device is done yet");
  assert.deepEqual(await a.outbox(), []);
});

test("a server that calls every device forked is not asked for ever", async () => {
  const server = new Server();
  const a = await signedIn(server);
  await a.book.create("session", session());
  server.fault = (path, go) => (isPush(path) ? json({ error: "device_forked" }, 409) : go());
  assert.equal((await a.book.syncNow()).state, "stopped");
  assert.equal((await a.outbox()).length, 1);
});

test("426 asks for a newer app, keeps all", async () => {
  const server = new Server();
  const a = await signedIn(server);
  await a.book.create("session", session());
  server.fault = () => json({ proto: 1, error: "upgrade" }, 426);
  assert.equal((await a.book.syncNow()).state, "needs-update");
  assert.equal((await a.outbox()).length, 1);
});

test("Bob's cookie does not carry Alice's entries", async () => {
  const server = new Server();
  const a = await signedIn(server);
  a.browser.rider = BOB;
  await a.book.create("session", session());
  await a.book.syncNow();
  await a.book.refreshRider();
  await a.book.syncNow();
  assert.equal(a.book.rider?.id, BOB.id);
  assert.deepEqual((await a.book.list()).entries, []);
  assert.equal(server.log(BOB.id).entries.size, 0);
  assert.equal((await a.outbox()).length, 1);
  a.browser.rider = ALICE;
  await a.book.refreshRider();
  await a.book.syncNow();
  assert.equal(server.log(ALICE.id).entries.size, 1);
});
