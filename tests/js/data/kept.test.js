import assert from "node:assert/strict";
import { test } from "node:test";
import { clearKept, keptLogs, openKept } from "../../../static/js/data/kept.js";
import { gone } from "./help/people.js";
import { nowhere, Phone, session } from "./help/phone.js";
import { ALICE, BOB, Server } from "./help/server.js";

/** A phone that Alice left with an entry the server does not have, and that is Bob's now. */
async function handedOn({ deleted = false } = {}) {
  const server = new Server();
  const browser = server.browser(ALICE);
  const phone = new Phone(browser.fetch);
  const book = await phone.open();
  await book.refreshRider();
  await book.syncNow();
  if (deleted) server.gone.add(ALICE.id);
  else phone.fetch = nowhere;
  await book.create("session", session({ notes: "Alice's" }));
  await book.syncNow();
  phone.fetch = browser.fetch;
  browser.rider = BOB;
  await book.refreshRider();
  return { phone, book };
}

/** @param {Phone} phone */
const databases = async (phone) => (await phone.indexedDB.databases()).map(({ name }) => name);

test("who left something behind is named, and whether they can ever come back for it", async () => {
  const living = await handedOn();
  assert.deepEqual(await keptLogs(living.book), [{ rider: ALICE, deleted: false }]);
  const gone = await handedOn({ deleted: true });
  assert.deepEqual(await keptLogs(gone.book), [{ rider: ALICE, deleted: true }]);
});

test("the log of a deleted account can be read for an export, beside the one that is open", async () => {
  const { book } = await handedOn({ deleted: true });
  await book.create("session", session({ notes: "Bob's" }));
  const kept = openKept(book, ALICE);
  const { entries } = await kept.list();
  assert.deepEqual(
    entries.map(({ body }) => body.notes),
    ["Alice's"],
  );
  assert.equal(await kept.draft.get(), null);
  await kept.close();
});

test("cleared, it is off the phone and off the list, and the open log is as it was", async () => {
  const { phone, book } = await handedOn({ deleted: true });
  await book.create("session", session({ notes: "Bob's" }));
  assert.ok((await databases(phone)).includes(`dbs-${ALICE.id}`));
  await clearKept(book, ALICE);
  await gone(phone, `dbs-${ALICE.id}`);
  assert.deepEqual(await keptLogs(book), []);
  assert.equal((await book.list()).entries.length, 1);
});
