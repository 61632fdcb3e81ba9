import assert from "node:assert/strict";
import { test } from "node:test";
import { nowhere, Phone, session } from "./help/phone.js";
import { ALICE, Server } from "./help/server.js";

async function signedIn() {
  const server = new Server();
  const { fetch } = server.browser(ALICE);
  const phone = new Phone(fetch);
  const book = await phone.open();
  await book.refreshRider();
  await book.syncNow();
  return { book, phone, fetch, outbox: () => phone.rows(`dbs-${ALICE.id}`, "outbox") };
}

test("an entry that waits can be discarded; nothing of it goes up", async () => {
  const { book, phone, fetch, outbox } = await signedIn();
  phone.fetch = nowhere;
  const { id } = await book.create("session", session());
  assert.equal((await book.unsynced()).length, 1);
  assert.equal((await book.discard(id)).deleted, true);
  assert.deepEqual([await outbox(), await book.unsynced()], [[], []]);
  phone.fetch = fetch;
  assert.equal((await book.syncNow()).pushed, 0);
  assert.deepEqual(await book.counts(), { waiting: 0, attention: 0 });
});

test("a change that waits can be discarded: the server's copy shows again", async () => {
  const { book, phone, outbox } = await signedIn();
  const { id } = await book.create("session", session({ effort: 5 }));
  await book.syncNow();
  phone.fetch = nowhere;
  await book.edit(id, { set: { effort: 6 } });
  await book.edit(id, { set: { notes: "no" } });
  const back = await book.discard(id);
  assert.deepEqual([back.state, back.body.effort, back.body.notes], ["synced", 5, undefined]);
  assert.deepEqual(await outbox(), []);
});
