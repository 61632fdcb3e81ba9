/** The store under the logbook: full, emptied, or taken over by a newer version of the app. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { logbookDatabase } from "../../../static/js/data/db.js";
import { bodies, signedIn } from "./help/people.js";
import { Phone, session, withoutRoom } from "./help/phone.js";
import { ALICE, Server } from "./help/server.js";

test("a save with no room left is refused whole, and nothing of it stays", async () => {
  const phone = new Phone();
  const book = await phone.open();
  const kept = await book.create("session", session({ notes: "kept" }));
  await book.draft.put({ holder: "me", set: 3 }, null);
  for (const store of ["entry", "outbox", "meta"]) {
    await withoutRoom(store, async () => {
      const full = { name: "QuotaExceededError" };
      await assert.rejects(book.create("session", session()), full);
      await assert.rejects(book.finishDraft("session", session(), "me"), full);
      await assert.rejects(book.edit(kept.id, { set: { notes: "changed" } }), full);
    });
  }
  assert.deepEqual(await bodies(book), [[session({ notes: "kept" }), "phone"]]);
  assert.deepEqual(await book.draft.get(), { holder: "me", set: 3 });
  assert.equal((await phone.rows("dbs-local", "outbox")).length, 1);
});

test("why something failed is told, not that the rest was given up for it", async () => {
  const db = logbookDatabase(indexedDB, "dbs-told");
  const work = async (/** @type {import("../../../static/js/data/db.js").Tx} */ tx) => {
    tx.objectStore("meta")
      .put(1, "one")
      .catch(() => {});
    throw new RangeError("no such day");
  };
  await assert.rejects(db.write(["meta"], work), RangeError);
});

test("a pull with no room left says so, and goes on where it was once there is some", async () => {
  const server = new Server();
  const a = await signedIn(server, 1);
  const b = await signedIn(server, 2);
  await a.book.create("session", session());
  await a.book.syncNow();
  const { state, code } = await withoutRoom("entry", () => b.book.syncNow());
  assert.deepEqual([state, code, b.book.syncState.code], ["stopped", "storage_full", code]);
  await b.book.wake();
  assert.deepEqual(await bodies(b.book), [[session(), "synced"]]);
  assert.equal(b.book.syncState.code, undefined);
});

test("a phone that the browser emptied pushes nothing, pulls all, and is a device of its own", async () => {
  const server = new Server();
  const a = await signedIn(server, 1);
  await a.book.create("session", session({ effort: 4 }));
  await a.book.syncNow();
  const [{ device }] = server.pushes;
  a.phone.kill();
  a.phone.indexedDB = new IDBFactory();
  const book = await a.phone.open();
  await book.refreshRider();
  await book.syncNow();
  assert.equal(server.pushes.length, 1);
  assert.deepEqual(await bodies(book), [[session({ effort: 4 }), "synced"]]);
  await book.create("session", session());
  await book.syncNow();
  assert.notEqual(server.pushes[1].device, device);
  assert.equal(server.log(ALICE.id).entries.size, 2);
});

/** Open the database of `name` as a newer version of the app does. */
const upgrade = (/** @type {Phone} */ phone, /** @type {string} */ name) =>
  new Promise((resolve, reject) => {
    const request = phone.indexedDB.open(name, 99);
    request.onsuccess = () => resolve(request.result.close());
    request.onblocked = reject;
    request.onerror = reject;
  });

test("a newer app in another tab takes the store over: this one asks to be reloaded", async () => {
  const server = new Server();
  const a = await signedIn(server);
  await a.book.create("session", session());
  await upgrade(a.phone, "dbs-u_a11ce");
  assert.equal(a.book.syncState.state, "needs-reload");
  const before = server.pushes.length;
  await assert.rejects(a.book.create("session", session()), { name: "VersionError" });
  await a.book.wake();
  assert.equal(server.pushes.length, before);
  assert.equal(a.book.syncState.state, "needs-reload");
});

test("200 saves in a second are 200 entries on the server, in order, in few requests", async () => {
  const server = new Server();
  const a = await signedIn(server);
  const made = await Promise.all(
    Array.from({ length: 200 }, (_, i) => a.book.create("session", session({ effort: i % 11 }))),
  );
  a.phone.pass(1000);
  await a.book.syncNow();
  assert.deepEqual(
    server.pushes.flatMap((push) => push.mutations.map((/** @type {any} */ one) => one.id)),
    made.map((one) => one.id),
  );
  assert.ok(server.pushes.length <= 2);
  assert.deepEqual(await a.book.counts(), { waiting: 0, attention: 0 });
});

test("a kind that this version does not know is kept raw, hidden from the list, and never sent back", async () => {
  const server = new Server();
  const a = await signedIn(server, 1);
  const b = await signedIn(server, 2);
  const { id } = await a.book.create("moon-phase", { date: "2026-03-01", phase: "waning" });
  await a.book.syncNow();
  server.pushes.length = 0;
  await b.book.syncNow();
  assert.deepEqual(await bodies(b.book), []);
  assert.deepEqual((await b.book.get(id))?.body, { date: "2026-03-01", phase: "waning" });
  await b.book.syncNow();
  assert.deepEqual(server.pushes, []);
});
