/** One entry that the server cannot take holds up no other, and is never given up. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { isPush, signedIn } from "./help/people.js";
import { session } from "./help/phone.js";
import { ALICE, json, Server } from "./help/server.js";

const DAY = 86_400_000;

/** A server that answers `retry` for what is noted as "poison", while it is so. */
function poisoned() {
  const server = new Server();
  const poison = { on: true, asked: 0 };
  server.fault = async (path, go, body) => {
    const bad = (/** @type {any} */ one) => poison.on && one.set?.notes === "poison";
    if (!isPush(path) || !body.mutations.some(bad)) return go();
    poison.asked += 1;
    const ids = body.mutations.filter(bad).map((/** @type {any} */ one) => one.id);
    const retry = body.mutations.filter((/** @type {any} */ one) => ids.includes(one.id));
    body.mutations = body.mutations.filter((/** @type {any} */ one) => !ids.includes(one.id));
    const data = await go().json();
    const results = retry.map((/** @type {any} */ { mid }) => ({
      mid,
      status: "retry",
      code: "internal",
    }));
    return json({ ...data, results: [...data.results, ...results] });
  };
  return { server, poison };
}

/** @param {Awaited<ReturnType<typeof signedIn>>} a */
async function failEightTimes(a) {
  const made = await a.book.create("session", session({ notes: "poison" }));
  for (let i = 0; i < 8; i++) await a.book.syncNow();
  return made;
}

test("asked eight times for another time, it is put off, said so, and the sync is at peace", async () => {
  const { server } = poisoned();
  const a = await signedIn(server);
  const bad = await a.book.create("session", session({ notes: "poison" }));
  const good = await a.book.create("session", session({ notes: "fine" }));
  for (let i = 0; i < 7; i++) assert.equal((await a.book.syncNow()).state, "busy");
  assert.equal((await a.book.get(good.id))?.state, "synced");
  assert.equal((await a.book.syncNow()).state, "idle");
  const [row] = await a.book.unsynced();
  assert.deepEqual([row.id, row.state, row.tries], [bad.id, "put-off", 8]);
  assert.equal(a.book.syncState.waiting, 1);
});

test("put off, it is tried again once a day, after all the others", async () => {
  const { server, poison } = poisoned();
  const a = await signedIn(server);
  const { id } = await failEightTimes(a);
  a.phone.time += DAY - 1;
  await a.book.syncNow();
  assert.equal(poison.asked, 8);
  a.phone.time += 1;
  await a.book.create("session", session({ notes: "fine" }));
  server.pushes.length = 0;
  await a.book.syncNow();
  assert.deepEqual([poison.asked, server.pushes.length], [9, 2]);
  await a.book.syncNow();
  assert.equal(poison.asked, 9);
  poison.on = false;
  a.phone.time += DAY;
  await a.book.syncNow();
  assert.equal(server.log(ALICE.id).entries.get(id).body.notes, "poison");
  assert.deepEqual(await a.outbox(), []);
});

test("what was changed behind it keeps its place behind it", async () => {
  const { server, poison } = poisoned();
  const a = await signedIn(server);
  const { id } = await failEightTimes(a);
  await a.book.edit(id, { set: { effort: 2 } });
  await a.book.syncNow();
  assert.equal(poison.asked, 8);
  poison.on = false;
  a.phone.time += DAY;
  server.pushes.length = 0;
  await a.book.syncNow();
  assert.deepEqual(
    server.pushes[0].mutations.map((/** @type {any} */ one) => one.op),
    ["create", "patch"],
  );
  assert.deepEqual(server.log(ALICE.id).entries.get(id).body.effort, 2);
});

test("the rider may have it tried at once", async () => {
  const { server, poison } = poisoned();
  const a = await signedIn(server);
  const { id } = await failEightTimes(a);
  poison.on = false;
  await a.book.resend(id);
  await a.book.syncNow();
  assert.deepEqual([await a.outbox(), (await a.book.get(id))?.state], [[], "synced"]);
});

test("a day of it is enough too, by the server's clock: one that jumps here does not count", async () => {
  const { server } = poisoned();
  const a = await signedIn(server);
  server.now = a.phone.time;
  await a.book.create("session", session({ notes: "poison" }));
  await a.book.syncNow();
  a.phone.time += DAY;
  await a.book.syncNow();
  assert.equal((await a.book.unsynced())[0].state, "waiting");
  server.now += DAY;
  await a.book.syncNow();
  assert.equal((await a.book.unsynced())[0].state, "put-off");
});

test("a clock that is set back does not put the next try off", async () => {
  const { server, poison } = poisoned();
  const a = await signedIn(server);
  await failEightTimes(a);
  a.phone.time -= 30 * DAY;
  await a.book.syncNow();
  assert.equal(poison.asked, 9);
});

test("what is not answered yet is not acknowledged, put off or not", async () => {
  const { server } = poisoned();
  const a = await signedIn(server);
  await failEightTimes(a);
  await a.book.create("session", session());
  await a.book.syncNow();
  assert.equal(server.pushes.at(-1).acked_mid, 0);
});

test("a push that the server always falls over is narrowed down to the one to blame", async () => {
  const server = new Server();
  const a = await signedIn(server);
  server.fault = (path, go, body) => {
    const bad = (/** @type {any} */ one) => one.set?.notes === "poison";
    return isPush(path) && body.mutations.some(bad) ? json({ proto: 1 }, 500) : go();
  };
  for (let i = 0; i < 5; i++) await a.book.create("session", session());
  const { id } = await a.book.create("session", session({ notes: "poison" }));
  for (let i = 0; i < 5; i++) await a.book.create("session", session());
  for (let i = 0; i < 20; i++) await a.book.syncNow();
  assert.equal(server.log(ALICE.id).entries.size, 10);
  assert.deepEqual(
    (await a.book.unsynced()).map((one) => [one.id, one.state]),
    [[id, "put-off"]],
  );
});

test("a server that falls over everything puts nothing off", async () => {
  const server = new Server();
  const a = await signedIn(server);
  server.fault = () => json({}, 500);
  await a.book.create("session", session());
  for (let i = 0; i < 20; i++) await a.book.syncNow();
  assert.equal((await a.book.unsynced())[0].state, "waiting");
});

test("what the server cannot read as a message is put off alone", async () => {
  const server = new Server();
  const a = await signedIn(server);
  server.fault = (path, go, body) => {
    const bad = (/** @type {any} */ one) => one.set?.notes === "poison";
    if (!isPush(path) || !body.mutations.some(bad)) return go();
    return json({ proto: 1, error: "bad_request" }, 400);
  };
  await a.book.create("session", session());
  await a.book.create("session", session({ notes: "poison" }));
  await a.book.create("session", session());
  for (let i = 0; i < 8; i++) await a.book.syncNow();
  assert.equal(server.log(ALICE.id).entries.size, 2);
  assert.equal((await a.book.unsynced())[0].state, "put-off");
});
