/** Signing out, with other tabs beside it, and with a server that does not have what it had. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { SignedOut } from "../../../static/js/data/store.js";
import { MemoryMirror } from "./help/mirror.js";
import { bodies, gone, signedIn, withMirror } from "./help/people.js";
import { asPromise, nowhere, session } from "./help/phone.js";
import { ALICE, BOB, Server } from "./help/server.js";

/** @import { Logbook } from "../../../static/js/data/book.js" */
/** @import { Phone } from "./help/phone.js" */

const soon = () => new Promise((resolve) => setTimeout(resolve, 20));

/** @param {Server} server @param {typeof ALICE} rider @returns {any[]} the notes that the server has of `rider` */
const notes = (server, rider) =>
  [...server.log(rider.id).entries.values()].map(({ body }) => body.notes);

/** @param {Logbook} book */
const keptFor = async (book) => (await book.riders.standing()).kept;

/** Wait until the sign-out is noted, and nothing is cleared yet. @param {Logbook} book */
async function isLeaving(book) {
  while (!(await book.riders.standing()).leaving) await new Promise(setImmediate);
}

test("an answer from before another tab signed out signs nobody in again", async () => {
  const server = new Server();
  const a = await signedIn(server);
  const other = await a.phone.open();
  await a.book.create("session", session({ notes: "Alice's" }));
  let answerLate = () => {};
  const asked = new Promise((resolve) => {
    server.fault = (_path, go) => {
      server.fault = null;
      const answer = go(); // Alice is signed in
      resolve(null);
      return new Promise((late) => (answerLate = () => late(answer)));
    };
  });
  const asking = other.refreshRider();
  await asked;
  await a.book.signOut({ pending: "keep" });
  answerLate();
  await asking;
  await soon();
  assert.deepEqual([other.rider, await bodies(other)], [null, []]);
  await other.create("session", session({ notes: "Bob's" }));
  a.browser.rider = BOB;
  await other.refreshRider();
  await other.syncNow();
  assert.deepEqual([notes(server, ALICE), notes(server, BOB)], [[], ["Bob's"]]);
});

test("a question of another tab is given up too: its answer would renew the cookie", async () => {
  const a = await signedIn(new Server());
  const other = await a.phone.open();
  const { fetch } = a.phone;
  /** @type {AbortSignal | null | undefined} */
  let signal;
  const asked = new Promise((resolve) => {
    a.phone.fetch = (_path, init) => {
      a.phone.fetch = fetch;
      signal = init.signal;
      return new Promise(() => resolve(null));
    };
  });
  const asking = other.refreshRider();
  await asked;
  await a.book.signOut();
  assert.equal(await asking, null);
  assert.equal(signal?.aborted, true);
});

test("what another tab saves while one signs out is kept for its rider", async () => {
  const server = new Server();
  const a = await signedIn(server);
  const other = await a.phone.open();
  const leaving = a.book.signOut();
  await isLeaving(a.book);
  await other.create("session", session({ notes: "just in time" }));
  assert.equal((await leaving).done, true);
  assert.deepEqual(await keptFor(a.book), [ALICE]);
  a.browser.rider = ALICE;
  await a.book.refreshRider();
  await a.book.syncNow();
  assert.deepEqual(notes(server, ALICE), ["just in time"]);
});

test("while a log is cleared, no other tab says that it saved something there", async () => {
  const a = await signedIn(new Server());
  const mirror = new MemoryMirror();
  a.phone.mirror = mirror;
  const [book, other] = [await a.phone.open(), await a.phone.open()];
  a.phone.tabs = []; // it sleeps
  let told = 0;
  mirror.clear = async () => {
    await assert.rejects(other.create("session", session()), SignedOut);
    await assert.rejects(other.draft.put({ holder: "me" }, null), SignedOut);
    told += 1;
  };
  await book.signOut();
  assert.equal(told, 1);
  await gone(a.phone, a.name);
  a.browser.rider = ALICE;
  await book.refreshRider();
  await book.create("session", session());
  assert.equal((await a.outbox()).length, 1);
});

/** A tab that is frozen: its connection is open, and hears nothing. @param {Phone} phone @param {string} name */
const heldOpen = (phone, name) => asPromise(phone.indexedDB.open(name));

for (const pending of /** @type {const} */ (["ask", "delete"])) {
  test(`a frozen tab holds up neither signing out (${pending}) nor the next page, and hides nothing`, async () => {
    const a = await signedIn(new Server());
    await a.book.create("session", session());
    await a.book.syncNow();
    const frozen = await heldOpen(a.phone, a.name);
    assert.equal((await a.book.signOut({ pending })).done, true);
    const left = frozen.transaction("entry").objectStore("entry").count();
    assert.equal(await asPromise(left), 0);
    a.phone.kill();
    assert.equal((await a.phone.open()).rider, null);
    frozen.close();
    await gone(a.phone, a.name);
  });
}

/** Alice's phone: it holds an entry that the server had, and lost as it was restored. */
async function withLostEntry() {
  const server = new Server();
  const a = await signedIn(server);
  const restore = server.backup(ALICE.id);
  await a.book.create("session", session({ notes: "only here" }));
  await a.book.syncNow();
  restore();
  return { server, ...a };
}

test("signing out clears nothing that a restored server has lost", async () => {
  const { server, browser, book } = await withLostEntry();
  assert.equal((await book.signOut()).done, true);
  assert.deepEqual([browser.rider, await keptFor(book)], [null, [ALICE]]);
  browser.rider = ALICE;
  await book.refreshRider();
  await book.syncNow();
  const [entry] = (await book.list()).entries;
  await book.resend(entry.id);
  await book.syncNow();
  assert.deepEqual(notes(server, ALICE), ["only here"]);
});

test("with no network it is found out later, before the session ends", async () => {
  for (const lost of [false, true]) {
    const { phone, browser, book, name } = lost
      ? await withLostEntry()
      : await signedIn(new Server());
    if (!lost) await book.create("session", session()).then(() => book.syncNow());
    phone.fetch = nowhere;
    assert.equal((await book.signOut()).done, true);
    assert.equal((await phone.rows(name, "entry")).length, 1);
    phone.kill();
    phone.fetch = browser.fetch;
    const next = await phone.open();
    assert.equal(await next.refreshRider(), null);
    assert.deepEqual([browser.rider, await keptFor(next)], [null, lost ? [ALICE] : []]);
    if (!lost) await gone(phone, name);
  }
});

test("where the session ended first nobody can tell, so the log is kept", async () => {
  const { browser, book } = await withLostEntry();
  browser.rider = null;
  assert.equal((await book.signOut()).done, true);
  assert.deepEqual(await keptFor(book), [ALICE]);
});

test("what was deleted at signing out does not come back where the second place failed to clear", async () => {
  const { server, browser, phone, mirror, book } = await withMirror(new Server());
  phone.fetch = nowhere;
  await book.create("session", session({ notes: "not to be" }));
  phone.fetch = browser.fetch;
  const { clear } = mirror;
  mirror.clear = () => Promise.reject(new Error("hangs"));
  await book.signOut({ pending: "delete" });
  browser.rider = ALICE;
  await book.refreshRider();
  await book.syncNow();
  assert.deepEqual([await bodies(book), notes(server, ALICE)], [[], []]);
  assert.deepEqual(await mirror.all(`dbs-${ALICE.id}`), []);
  await book.create("session", session({ notes: "again" }));
  await book.signOut({ pending: "delete" });
  mirror.clear = clear;
  phone.kill();
  await phone.open();
  await gone(phone, `dbs-${ALICE.id}`);
  assert.deepEqual(await mirror.all(`dbs-${ALICE.id}`), []);
});
