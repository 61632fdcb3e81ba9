/** What was logged before there was a rider goes to the first who signs in, and to nobody else. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { clearCopied } from "../../../static/js/data/taking-along.js";
import { Store } from "../../../static/js/data/store.js";
import { MemoryMirror } from "./help/mirror.js";
import { bodies } from "./help/people.js";
import { Phone, session, withoutRoom } from "./help/phone.js";
import { ALICE, BOB, Server } from "./help/server.js";

const { delete: remove } = IDBObjectStore.prototype;

/** A phone with one entry, and no rider yet; the next who signs in will be Alice. */
async function beforeAlice() {
  const server = new Server();
  const browser = server.browser(null);
  const phone = new Phone(browser.fetch);
  const mirror = new MemoryMirror();
  phone.mirror = mirror;
  const book = await phone.open();
  const { id } = await book.create("session", session({ notes: "Alice's" }));
  browser.rider = ALICE;
  const has = (/** @type {typeof ALICE} */ rider) => server.log(rider.id).entries.has(id);
  return { browser, phone, mirror, book, has };
}

test("with no room for the draft, Alice's entry goes to her alone", async () => {
  const { browser, phone, book, has } = await beforeAlice();
  await book.draft.put({ holder: "me", set: 3 }, null);
  await withoutRoom("draft", async () => {
    await book.refreshRider();
    await book.syncNow();
  });
  assert.equal(has(ALICE), true);
  await book.signOut({ pending: "keep" });
  phone.kill();
  browser.rider = BOB;
  const bobs = await phone.open();
  await bobs.refreshRider();
  await bobs.syncNow();
  assert.equal(has(BOB), false);
});

test("a full phone on which somebody has just signed in can be opened, and takes along once there is room", async () => {
  const { phone, book, has } = await beforeAlice();
  await withoutRoom("outbox", async () => {
    await book.refreshRider();
    phone.kill();
    const next = await phone.open();
    assert.deepEqual(next.rider, ALICE);
    for (const pending of /** @type {const} */ (["ask", "keep"])) {
      const { done, waiting } = await next.signOut({ pending });
      assert.deepEqual([done, waiting], [false, 1]);
    }
  });
  phone.kill();
  const next = await phone.open();
  await next.syncNow();
  assert.deepEqual(await bodies(next), [[session({ notes: "Alice's" }), "synced"]]);
  assert.equal(has(ALICE), true);
});

test("what there was no room for comes into nobody else's log, however Alice goes", async () => {
  for (const how of ["signs out", "her session ends"]) {
    const { browser, phone, book, has } = await beforeAlice();
    await withoutRoom("outbox", async () => {
      await book.refreshRider();
      if (how === "signs out") assert.equal((await book.signOut({ pending: "delete" })).done, true);
    });
    phone.kill();
    browser.rider = BOB;
    const bobs = await phone.open();
    await bobs.refreshRider();
    await bobs.syncNow();
    assert.deepEqual([bobs.rider, await bodies(bobs), has(BOB)], [BOB, [], false]);
  }
});

test("what the second place still has of it comes into nobody else's log", async () => {
  const { browser, phone, mirror, book, has } = await beforeAlice();
  const { keys } = mirror;
  mirror.keys = () => Promise.reject(new Error("hangs"));
  await book.refreshRider();
  await book.syncNow();
  mirror.keys = keys;
  assert.equal((await mirror.all("dbs-local")).length, 1);
  await book.signOut();
  assert.deepEqual(await mirror.all("dbs-local"), []);
  phone.loseDatabases();
  browser.rider = BOB;
  const bobs = await phone.open();
  await bobs.refreshRider();
  await bobs.syncNow();
  assert.deepEqual([await bodies(bobs), has(ALICE), has(BOB)], [[], true, false]);
});

test("the draft takes the place of none that another tab has just begun", async () => {
  const env = new Phone().env();
  const [local, own] = ["dbs-local", "dbs-x"].map((name) => new Store(env, name));
  await local.draft.put({ holder: "me", set: 3 }, null);
  const { write } = own.db;
  own.db.write = async (...args) => {
    own.db.write = write;
    await own.draft.put({ holder: "another tab", set: 9 }, null);
    return own.db.write(...args);
  };
  await clearCopied(local, own);
  assert.equal((await own.draft.get()).holder, "another tab");
  assert.equal((await local.draft.get()).holder, "me");
});

test("a draft that was moved as the page died does not come back once it is finished", async () => {
  const { phone, book } = await beforeAlice();
  await book.draft.put({ holder: "me", set: 3 }, null);
  IDBObjectStore.prototype.delete = function (/** @type {any} */ key) {
    if (this.name === "draft") throw new Error("the page is gone");
    return remove.call(this, key);
  };
  await book.refreshRider();
  IDBObjectStore.prototype.delete = remove;
  phone.kill();
  const next = await phone.open();
  assert.equal((await next.draft.get()).set, 3);
  await next.finishDraft("session", session(), "me");
  phone.kill();
  assert.equal(await (await phone.open()).draft.get(), null);
});
