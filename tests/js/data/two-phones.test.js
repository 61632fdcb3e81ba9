/** One entry on two phones: edits, deletions and what becomes of both. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { bodies, isPush, signedIn } from "./help/people.js";
import { session } from "./help/phone.js";
import { ALICE, html, json, Server } from "./help/server.js";

test("edits on two phones merge; the later one wins a field, the other value is kept", async () => {
  const server = new Server();
  const a = await signedIn(server, 1);
  const b = await signedIn(server, 2);
  const { id } = await a.book.create("session", session({ effort: 5, notes: "dry" }));
  await a.book.syncNow();
  await b.book.syncNow();
  await a.book.edit(id, { set: { notes: "wet", pain_peak: 2 } });
  await b.book.edit(id, { set: { notes: "snow", effort: 7 } });
  await a.book.syncNow();
  await b.book.syncNow();
  await a.book.syncNow();
  const expected = session({ effort: 7, notes: "snow", pain_peak: 2 });
  assert.deepEqual((await a.book.get(id))?.body, expected);
  assert.deepEqual((await b.book.get(id))?.body, expected);
  const lost = { rev: 3, notes: "wet" };
  assert.deepEqual((await a.book.get(id))?.lost, lost);
  assert.deepEqual((await b.book.get(id))?.lost, lost);
  const seen = await b.book.edit(id, { set: { effort: 8 } });
  assert.equal(seen.lost, undefined);
});

test("a pull does not touch what waits: it changes the base and the edit stays on top", async () => {
  const server = new Server();
  const a = await signedIn(server, 1);
  const b = await signedIn(server, 2);
  const { id } = await a.book.create("session", session({ sets: [{ id: "x", done: 8 }] }));
  await a.book.syncNow();
  await b.book.syncNow();
  await b.book.edit(id, {
    set: {
      effort: 3,
      sets: [
        { id: "x", done: 8 },
        { id: "y", done: 9 },
      ],
    },
  });
  await b.book.syncNow();
  await a.book.edit(id, { set: { notes: "mine", sets: [{ id: "x", done: 10 }] } });
  server.fault = (path, go, body) => {
    if (!isPush(path)) return go();
    const results = body.mutations.map((/** @type {any} */ { mid }) => ({
      mid,
      status: "retry",
      code: "internal",
    }));
    return json({ proto: 1, results });
  };
  assert.equal((await a.book.syncNow()).state, "busy");
  const sets = [
    { id: "x", done: 10 },
    { id: "y", done: 9 },
  ];
  const merged = session({ effort: 3, notes: "mine", sets });
  assert.deepEqual(await bodies(a.book), [[merged, "phone"]]);
  server.fault = null;
  await a.book.syncNow();
  assert.deepEqual(await bodies(a.book), [[merged, "synced"]]);
  assert.deepEqual(server.log(ALICE.id).entries.get(id).body, merged);
});

test("a deletion that was sent is undone by sending the entry again", async () => {
  const server = new Server();
  const a = await signedIn(server, 1);
  const b = await signedIn(server, 2);
  const { id } = await a.book.create("session", session({ effort: 5 }));
  await a.book.remove(id);
  await a.book.syncNow();
  await b.book.syncNow();
  assert.deepEqual(await bodies(b.book), []);
  await a.book.restore(id);
  await a.book.syncNow();
  await b.book.syncNow();
  assert.deepEqual(await bodies(b.book), [[session({ effort: 5 }), "synced"]]);
  assert.deepEqual(await bodies(a.book), [[session({ effort: 5 }), "synced"]]);
});

test("a deletion under way is not taken out of the outbox by its undo", async () => {
  const server = new Server();
  const a = await signedIn(server);
  const { id } = await a.book.create("session", session());
  await a.book.syncNow();
  await a.book.remove(id);
  /** @type {string[]} */
  let ops = [];
  server.fault = async (_path, go) => {
    server.fault = null;
    await a.book.restore(id);
    ops = (await a.outbox()).map((one) => one.op);
    return go();
  };
  await a.book.syncNow();
  assert.deepEqual(ops, ["delete", "patch"]);
  await a.book.syncNow();
  assert.deepEqual(await bodies(a.book), [[session(), "synced"]]);
  assert.deepEqual(server.log(ALICE.id).entries.get(id).body, session());
});

test("a deletion whose answer was lost, with that of its entry, is undone all the same", async () => {
  const server = new Server();
  const a = await signedIn(server);
  const { id } = await a.book.create("session", session());
  await a.book.remove(id);
  server.fault = (_path, go) => {
    go();
    throw new TypeError("connection reset");
  };
  await a.book.syncNow();
  server.fault = null;
  await a.book.restore(id);
  await a.book.syncNow();
  assert.deepEqual(await bodies(a.book), [[session(), "synced"]]);
  assert.deepEqual(server.log(ALICE.id).entries.get(id).body, session());
});

test("an edit outlives a deletion on the other phone", async () => {
  const server = new Server();
  const a = await signedIn(server, 1);
  const b = await signedIn(server, 2);
  const { id } = await a.book.create("session", session());
  await a.book.syncNow();
  await b.book.syncNow();
  await a.book.remove(id);
  await b.book.edit(id, { set: { notes: "keep me" } });
  await a.book.syncNow();
  await b.book.syncNow();
  await a.book.syncNow();
  assert.deepEqual(await bodies(a.book), [[session({ notes: "keep me" }), "synced"]]);
  assert.deepEqual((await b.book.get(id))?.lost, { rev: 3 });
});

test("a result that comes late does not take a newer copy back", async () => {
  const server = new Server();
  const a = await signedIn(server, 1);
  const b = await signedIn(server, 2);
  const { id } = await a.book.create("session", session({ effort: 5 }));
  await a.book.syncNow();
  await b.book.syncNow();
  await a.book.edit(id, { set: { notes: "wet" } });
  server.fault = async (path, go, body) => {
    const answer = go();
    if (!isPush(path)) return answer;
    const { mid } = body.mutations[0];
    return json({ proto: 1, results: [{ mid, status: "retry", code: "internal" }] });
  };
  void a.book.syncNow();
  await a.book.syncNow();
  server.fault = null;
  await b.book.syncNow();
  await b.book.edit(id, { set: { effort: 9 } });
  await b.book.syncNow();
  server.fault = (path, go, body) => {
    if (!isPush(path)) return go();
    const results = body.mutations.map((/** @type {any} */ { mid }) => ({ mid, status: "retry" }));
    return json({ proto: 1, results });
  };
  await a.book.syncNow();
  server.fault = (path, go) => (isPush(path) ? go() : html());
  await a.book.syncNow();
  assert.deepEqual((await a.book.get(id))?.body, session({ effort: 9, notes: "wet" }));
  await a.book.edit(id, { set: { effort: 10 } });
  assert.equal((await a.outbox())[0].base_rev, 3);
});

test("a refused change with a set that is nothing holds up no pull of what another phone made", async () => {
  const server = new Server();
  server.errorsOf = ({ set }) => (set?.sets?.includes(null) ? { sets: "wrong" } : null);
  const [a, b] = [await signedIn(server, 1), await signedIn(server, 2)];
  const child = { id: "0190-1", exercise: "bridge", done: 1 };
  const { id } = await a.book.create("session", session({ sets: [child] }));
  await a.book.syncNow();
  await b.book.syncNow();
  await a.book.edit(id, { set: { sets: [null] } });
  await a.book.syncNow();
  await b.book.edit(id, { set: { sets: [{ ...child, done: 2 }] } });
  await b.book.syncNow();
  assert.equal((await a.book.syncNow()).state, "idle");
  assert.equal((await a.book.get(id))?.state, "attention");
});
