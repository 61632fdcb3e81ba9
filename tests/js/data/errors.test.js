/** What goes wrong between phone and server, and what the phone makes of it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { isPush, signedIn } from "./help/people.js";
import { session } from "./help/phone.js";
import { ALICE, json, Server } from "./help/server.js";

/** @param {string} code */
const forbidden = (code) => json({ proto: 1, error: code }, 403);

for (const code of ["csrf", "origin"]) {
  test(`forbidden (${code}) once: the session is looked at, and the push goes through`, async () => {
    const server = new Server();
    const a = await signedIn(server);
    await a.book.create("session", session());
    /** @type {string[]} */
    const asked = [];
    server.fault = (path, go) => {
      asked.push(path.split("?")[0]);
      return asked.length === 1 ? forbidden(code) : go();
    };
    assert.equal((await a.book.syncNow()).state, "idle");
    const push = "/api/sync/v1/push";
    assert.deepEqual(asked, [push, "/api/session", push, "/api/sync/v1/pull"]);
  });

  test(`forbidden (${code}) twice: reload, it says, keeps all and asks no more by itself`, async () => {
    const server = new Server();
    const a = await signedIn(server);
    await a.book.create("session", session());
    let asked = 0;
    server.fault = (path, go) => {
      asked += 1;
      return isPush(path) ? forbidden(code) : go();
    };
    assert.equal((await a.book.syncNow()).state, "needs-reload");
    assert.equal(asked, 3);
    assert.deepEqual([a.book.syncState.waiting, (await a.outbox()).length], [1, 1]);
    a.book.tick();
    a.phone.pass(3_600_000);
    assert.equal(asked, 3);
    server.fault = null;
    await a.book.wake();
    assert.deepEqual([a.book.syncState.state, await a.outbox()], ["idle", []]);
  });
}

for (const code of ["auth_required", "revoked"]) {
  test(`signed out by the server (${code}) in the middle: the pull waits as well, nothing is lost`, async () => {
    const server = new Server();
    const a = await signedIn(server);
    for (let i = 0; i < 201; i++) await a.book.create("session", session());
    let pushes = 0;
    server.fault = (path, go) =>
      isPush(path) && ++pushes === 2 ? json({ proto: 1, error: code }, 401) : go();
    const { state, code: why } = await a.book.syncNow();
    assert.deepEqual([state, why], ["needs-sign-in", code]);
    assert.equal(a.book.syncState.waiting, 1);
    await a.book.refreshRider();
    await a.book.syncNow();
    assert.equal(server.log(ALICE.id).entries.size, 201);
  });
}

/** @type {[string, () => any][]} */
const ODD = [
  ["nothing at all", () => undefined],
  ["a word", () => "offline"],
  ["an object that refers to itself", () => Object.assign({}, { toString: null })],
  ["an error whose message cannot be read", () => Object.defineProperty(new Error(), "message", { get: () => { throw new Error("no"); } })], // prettier-ignore
  ["a proxy that answers to nothing", () => new Proxy({}, { get: () => { throw new Error("no"); } })], // prettier-ignore
];
for (const [what, error] of ODD) {
  test(`a fetch that throws ${what} wedges nothing`, async () => {
    const server = new Server();
    const a = await signedIn(server);
    await a.book.create("session", session());
    server.fault = () => {
      throw error();
    };
    assert.equal((await a.book.syncNow()).state, "offline");
    server.fault = null;
    a.phone.pass(2000);
    await a.book.syncNow();
    assert.deepEqual(await a.outbox(), []);
  });
}

/** @type {[string, any][]} */
const SENSELESS = [
  ["an answer without results", { proto: 1 }],
  ["results that are no list", { proto: 1, results: "none" }],
  ["empty results", { proto: 1, results: [null, {}, { mid: "x" }] }],
  ["the result of another mutation", { proto: 1, results: [{ mid: 1, mutation_id: "other", status: "ok" }] }], // prettier-ignore
  ["a status that nobody knows", { proto: 1, results: [{ mid: 1, status: "perhaps" }] }],
];
for (const [what, data] of SENSELESS) {
  test(`${what} takes nothing out of the outbox, and is not asked for without end`, async () => {
    const server = new Server();
    const a = await signedIn(server);
    await a.book.create("session", session());
    let asked = 0;
    server.fault = (path, go) => {
      if (!isPush(path)) return go();
      asked += 1;
      return json(data);
    };
    await a.book.syncNow();
    assert.deepEqual([asked, (await a.outbox()).length], [1, 1]);
    server.fault = null;
    await a.book.syncNow();
    assert.deepEqual(await a.outbox(), []);
  });
}

for (const status of [408, 425, 429, 500, 502, 503, 504]) {
  test(`${status}: later, by itself`, async () => {
    const server = new Server();
    const a = await signedIn(server);
    await a.book.create("session", session());
    server.fault = () => new Response("no", { status });
    assert.equal((await a.book.syncNow()).state, "busy");
    server.fault = null;
    a.phone.pass(2000);
    await a.book.syncNow();
    assert.deepEqual(await a.outbox(), []);
  });
}
