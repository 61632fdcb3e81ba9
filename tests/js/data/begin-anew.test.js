/** A phone that is told to begin anew: it fetches all, sweeps what is gone, and keeps what waits. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { bodies, signedIn } from "./help/people.js";
import { session } from "./help/phone.js";
import { ALICE, json, Server } from "./help/server.js";

/** Alice's phone, with one session that the server has just forgotten, and one that it has. */
async function away() {
  const server = new Server();
  const a = await signedIn(server);
  const { id: purged } = await a.book.create("session", session({ notes: "deleted elsewhere" }));
  const { id } = await a.book.create("session", session({ effort: 1 }));
  await a.book.syncNow();
  server.log(ALICE.id).entries.delete(purged);
  return { server, a, id };
}

for (const reset of ["gc", "schema", "a word of a newer server"])
  test(`reset "${reset}": what is not there any more goes, what is saved meanwhile goes up`, async () => {
    const { server, a, id } = await away();
    let told = false;
    server.fault = async (path, go) => {
      if (told || !path.includes("/pull")) return go();
      told = true;
      await a.book.edit(id, { set: { effort: 2 } });
      const head = { proto: 1, server_now: 0, reset, cursor: "", more: false };
      return json({ ...head, changes: [] });
    };
    assert.equal((await a.book.syncNow()).state, "idle");
    assert.deepEqual(await bodies(a.book), [[session({ effort: 2 }), "synced"]]);
    assert.equal(server.log(ALICE.id).entries.get(id).body.effort, 2);
    assert.deepEqual(await a.outbox(), []);
  });

/** Alice's phone with a session that was forgotten while it was away, and that her laptop made anew. */
async function madeAnew() {
  const server = new Server();
  const [a, b] = [await signedIn(server, 1), await signedIn(server, 2)];
  const { id } = await a.book.create("session", session({ notes: "first" }));
  await a.book.syncNow();
  await b.book.syncNow();
  server.log(ALICE.id).entries.delete(id);
  await b.book.edit(id, { set: { notes: "from the laptop", effort: 2 } });
  await b.book.syncNow();
  /** @param {() => Promise<any>} meanwhile what the rider does as the phone is told of it */
  const wake = async (meanwhile) => {
    server.fault = async (path, go) => {
      if (!path.includes("/pull")) return go();
      server.fault = null;
      await meanwhile();
      const head = { proto: 1, server_now: 0, reset: "gc", cursor: "", more: false };
      return json({ ...head, changes: [] });
    };
    await a.book.syncNow();
  };
  return { server, a, b, id, wake, entry: () => server.log(ALICE.id).entries.get(id) };
}

test("a change made before a long sleep overwrites nothing of what was made anew unseen", async () => {
  const { a, id, wake, entry } = await madeAnew();
  await wake(() => a.book.edit(id, { set: { notes: "from the phone" } }));
  const { body, lost } = entry();
  assert.deepEqual(body, session({ notes: "from the phone", effort: 2 }));
  assert.equal(lost?.notes, "from the laptop");
  assert.deepEqual(await a.outbox(), []);
});

test("a deletion made before a long sleep gives way to what was made anew", async () => {
  const { a, id, wake, entry } = await madeAnew();
  await wake(() => a.book.remove(id));
  assert.equal(entry().body?.notes, "from the laptop");
  assert.equal((await a.book.get(id))?.deleted, false);
});

test("a change made before a long sleep brings back what was deleted once more since", async () => {
  const { a, b, id, wake, entry } = await madeAnew();
  await b.book.remove(id);
  await b.book.syncNow();
  await wake(() => a.book.edit(id, { set: { effort: 7 } }));
  assert.deepEqual(entry().body, session({ notes: "first", effort: 7 }));
});

test("a release that wrote the log in another form rotates the epochs, and phones have it", async () => {
  const server = new Server();
  const a = await signedIn(server);
  const { id } = await a.book.create("session", session({ effort: 1 }));
  const { id: other } = await a.book.create("session", session({ effort: 4, notes: "old" }));
  await a.book.syncNow();
  await a.book.edit(id, { set: { effort: 2 } });
  // Revisions and numbers stay, so no pull from a cursor would bring it.
  const log = server.log(ALICE.id);
  const entry = log.entries.get(other);
  log.entries.set(other, { ...entry, body: { ...entry.body, notes: "in a new form" } });
  server.before = { epoch: server.epoch, seq: log.seq };
  server.epoch = "e2";
  await a.book.syncNow();
  assert.equal((await a.book.get(other))?.body.notes, "in a new form");
  assert.deepEqual((await bodies(a.book)).map(([body, state]) => [body.effort, state]).sort(), [
    [2, "synced"],
    [4, "synced"],
  ]);
  assert.deepEqual(await a.outbox(), []);
});
