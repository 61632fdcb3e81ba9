import assert from "node:assert/strict";
import { test } from "node:test";
import { Database } from "../../../static/js/data/db.js";
import { gone } from "./help/people.js";
import { Phone, session } from "./help/phone.js";
import { ALICE, BOB, html, Server } from "./help/server.js";

const { write } = Database.prototype;

/** From now on the page dies before its write number `n` (and never writes again). */
function killBefore(/** @type {number} */ n) {
  let done = 0;
  const { prototype } = /** @type {any} */ (Database);
  /** @this {Database} @param {[any, any]} args */
  prototype.write = async function (...args) {
    done += 1;
    if (done > n) throw new Error("killed");
    return write.apply(this, args);
  };
}

const revive = () => {
  Database.prototype.write = write;
};

/** A phone with two entries, one of them edited and one deleted again, and no rider yet. */
async function withLocalEntries(/** @type {Server} */ server) {
  const browser = server.browser(null);
  const phone = new Phone(browser.fetch);
  const book = await phone.open();
  const { id } = await book.create("session", session({ effort: 5 }));
  await book.edit(id, { set: { effort: 7 } });
  await book.create("session", session({ notes: "second" }));
  await book.draft.put({ set: 3 });
  const ids = (await phone.rows("dbs-local", "outbox")).map((one) => one.mutation_id);
  return { browser, phone, book, id, ids };
}

/** @param {{list: Function}} book @returns {Promise<string[]>} */
const efforts = async (book) =>
  (await book.list()).entries
    .map((/** @type {any} */ one) => one.body.effort ?? one.body.notes)
    .sort();

test("entries made before the account are taken along, with their ids", async () => {
  const server = new Server();
  const { browser, phone, book, id, ids } = await withLocalEntries(server);
  browser.rider = ALICE;
  await book.refreshRider();
  await book.syncNow();
  assert.deepEqual(book.rider, ALICE);
  assert.deepEqual(await efforts(book), [7, "second"]);
  assert.equal((await book.get(id))?.state, "synced");
  assert.deepEqual(await book.draft.get(), { set: 3 });
  const sent = server.pushes.flatMap((push) => push.mutations);
  assert.deepEqual(
    sent.map((one) => one.mutation_id),
    ids,
  );
  for (const store of ["entry", "outbox", "draft"]) {
    assert.deepEqual(await phone.rows("dbs-local", store), []);
  }
});

test("the list never drops an entry while it is taken along", async () => {
  const server = new Server();
  const { browser, book } = await withLocalEntries(server);
  browser.rider = ALICE;
  let over = false;
  const signingIn = book.refreshRider().then(() => book.syncNow());
  void signingIn.then(() => {
    over = true;
  });
  while (!over) assert.equal((await book.list()).entries.length, 2);
  await signingIn;
});

for (let n = 0; n <= 7; n++) {
  test(`taking along, cut short after ${n} writes, is finished by the next page`, async () => {
    const server = new Server();
    const { browser, phone, book, ids } = await withLocalEntries(server);
    browser.rider = ALICE;
    killBefore(n);
    await book.refreshRider().catch(() => {});
    revive();
    await book.syncNow().catch(() => {});
    phone.kill();
    const next = await phone.open();
    assert.deepEqual(await efforts(next), [7, "second"]);
    assert.deepEqual(await next.draft.get(), { set: 3 });
    await next.refreshRider();
    await next.syncNow();
    assert.deepEqual(await efforts(next), [7, "second"]);
    assert.deepEqual(await next.counts(), { waiting: 0, attention: 0 });
    const sent = server.pushes.flatMap((push) =>
      push.mutations.map((/** @type {any} */ one) => one.mutation_id),
    );
    assert.deepEqual([...new Set(sent)], ids);
    assert.equal(server.log(ALICE.id).entries.size, 2);
    assert.equal(server.log(ALICE.id).seq, 3);
  });
}

test("two tabs that take along at once do it once", async () => {
  const server = new Server();
  const { browser, phone, book } = await withLocalEntries(server);
  const other = await phone.open();
  browser.rider = ALICE;
  await Promise.all([book.refreshRider(), other.refreshRider()]);
  await Promise.all([book.syncNow(), other.syncNow()]);
  phone.pass(2000);
  await Promise.all([book.syncNow(), other.syncNow()]);
  assert.deepEqual(await efforts(other), [7, "second"]);
  assert.equal(server.log(ALICE.id).seq, 3);
});

test("another tab turns to the rider too", async () => {
  const server = new Server();
  const { browser, phone, book } = await withLocalEntries(server);
  const other = await phone.open();
  const heard = new Promise((resolve) => {
    other.subscribe((message) => message.type === "rider" && resolve(other.rider));
  });
  browser.rider = ALICE;
  await book.refreshRider();
  assert.deepEqual(await heard, ALICE);
});

test("what is saved while it is taken along is not left behind", async () => {
  const server = new Server();
  const { browser, book } = await withLocalEntries(server);
  browser.rider = ALICE;
  let over = false;
  const signingIn = book.refreshRider().then(() => {
    over = true;
  });
  let saved = 2;
  for (; !over; saved++) await book.create("session", session());
  await signingIn;
  assert.equal((await book.list({ limit: 1000 })).entries.length, saved);
});

test("what is saved at any moment of signing in is shown when the page has turned", async () => {
  // Each try begins its save a little later; nothing was saved before it.
  for (let moment = 0; moment < 60; moment += 1) {
    const server = new Server();
    const book = await new Phone(server.browser(ALICE).fetch).open();
    const turning = book.refreshRider();
    for (let turn = 0; turn < moment; turn += 1) await new Promise(setImmediate);
    await Promise.all([book.create("session", session({ effort: 3 })), turning]);
    assert.deepEqual([book.rider?.id, await efforts(book)], [ALICE.id, [3]], `moment ${moment}`);
  }
});

test("a push that the server calls another rider's turns the page to who is signed in", async () => {
  const server = new Server();
  const { browser, book } = await alice(server);
  browser.rider = BOB;
  await book.create("session", session());
  const turned = new Promise((resolve) => {
    book.subscribe((message) => message.type === "rider" && resolve(book.rider));
  });
  await book.syncNow();
  assert.deepEqual(await turned, BOB);
  assert.equal(server.log(BOB.id).entries.size, 0);
});

test("what a sleeping tab still wrote to the old database is taken along too", async () => {
  const server = new Server();
  const { browser, phone, book } = await withLocalEntries(server);
  const sleeping = await phone.open();
  browser.rider = ALICE;
  phone.tabs = [];
  await book.refreshRider();
  await sleeping.create("session", session({ notes: "third" }));
  phone.kill();
  const next = await phone.open();
  assert.deepEqual(await efforts(next), [7, "second", "third"]);
});

test("without a network the rider's logbook opens all the same", async () => {
  const server = new Server();
  const { browser, phone, book } = await withLocalEntries(server);
  browser.rider = ALICE;
  await book.refreshRider();
  phone.kill();
  server.fault = () => {
    throw new TypeError("Failed to fetch");
  };
  const next = await phone.open();
  assert.deepEqual(await next.refreshRider(), ALICE);
  assert.deepEqual(await efforts(next), [7, "second"]);
});

test("asking who is signed in gives up after three seconds", async () => {
  const phone = new Phone();
  const sent = new Promise((resolve) => {
    phone.fetch = () => new Promise(() => resolve(null));
  });
  const book = await phone.open();
  const asked = book.refreshRider();
  await sent;
  phone.pass(3000);
  assert.equal(await asked, null);
});

test("a captive portal signs nobody in or out", async () => {
  const server = new Server();
  const { browser, book } = await withLocalEntries(server);
  browser.rider = ALICE;
  await book.refreshRider();
  server.fault = () => html();
  assert.deepEqual(await book.refreshRider(), ALICE);
});

/** Alice, signed in and synced. */
async function alice(/** @type {Server} */ server) {
  const browser = server.browser(ALICE);
  const phone = new Phone(browser.fetch);
  const book = await phone.open();
  await book.refreshRider();
  await book.create("session", session({ effort: 5 }));
  await book.syncNow();
  return { browser, phone, book };
}

test("signing out with nothing unsynced deletes the rider's database and the session", async () => {
  const server = new Server();
  const { browser, phone, book } = await alice(server);
  const result = await book.signOut();
  assert.deepEqual([result.done, book.rider, browser.rider], [true, null, null]);
  assert.deepEqual((await book.list()).entries, []);
  await gone(phone, `dbs-${ALICE.id}`);
});

test("signing out asks first while something is on this phone only", async () => {
  const server = new Server();
  const { browser, book } = await alice(server);
  server.fault = () => {
    throw new TypeError("Failed to fetch");
  };
  await book.create("session", session({ effort: 6 }));
  const left = { waiting: 1, attention: 0, draft: false, deleted: false };
  assert.deepEqual(await book.signOut(), { done: false, ...left });
  assert.deepEqual(await book.signOut({ pending: "upload" }), { done: false, ...left });
  assert.deepEqual([book.rider, browser.rider], [ALICE, ALICE]);
  server.fault = null;
  assert.equal((await book.signOut({ pending: "upload" })).done, true);
  assert.equal(server.log(ALICE.id).entries.size, 2);
});

test("what is kept at signing out opens after signing in again, and to nobody else", async () => {
  const server = new Server();
  const { browser, phone, book } = await alice(server);
  await book.create("session", session({ effort: 6 }));
  assert.equal((await book.signOut({ pending: "keep" })).done, true);
  assert.deepEqual((await book.riders.standing()).kept, [ALICE]);
  browser.rider = BOB;
  await book.refreshRider();
  await book.syncNow();
  assert.deepEqual((await book.list()).entries, []);
  browser.rider = ALICE;
  await book.refreshRider();
  await book.syncNow();
  assert.deepEqual(await efforts(book), [5, 6]);
  assert.deepEqual((await book.riders.standing()).kept, []);
  assert.equal(server.log(BOB.id).entries.size, 0);
  assert.equal((await phone.rows(`dbs-${BOB.id}`, "entry")).length, 0);
});

test("who signs in after a session that ended finds the other's name on the list", async () => {
  const server = new Server();
  const { browser, book } = await alice(server);
  browser.rider = null;
  await book.refreshRider();
  await book.create("session", session({ effort: 6 }));
  browser.rider = BOB;
  await book.refreshRider();
  assert.deepEqual([book.rider, (await book.riders.standing()).kept], [BOB, [ALICE]]);
  browser.rider = ALICE;
  await book.refreshRider();
  await book.syncNow();
  assert.deepEqual(await efforts(book), [5, 6]);
  assert.deepEqual((await book.riders.standing()).kept, []);
});

/** @type {[string, (book: any) => Promise<unknown>][]} */
const TOLD = [
  ["by the session", (book) => book.refreshRider()],
  ["by the sync", (book) => book.syncNow()],
];
for (const [how, ask] of TOLD) {
  test(`a deleted account, told ${how}, clears nothing of the phone unasked`, async () => {
    const server = new Server();
    const { phone, book } = await alice(server);
    server.gone.add(ALICE.id);
    await ask(book);
    phone.kill();
    server.fault = () => {
      throw new TypeError("Failed to fetch");
    };
    const next = await phone.open();
    const { state, code } = next.syncState;
    assert.deepEqual([state, code], ["stopped", "account_deleted"]);
    const { done, deleted } = await next.signOut();
    assert.deepEqual([done, deleted, await efforts(next)], [false, true, [5]]);
    assert.equal((await next.signOut({ pending: "delete" })).done, true);
    await gone(phone, `dbs-${ALICE.id}`);
  });
}

test("a running routine counts as unsynced", async () => {
  const { book } = await alice(new Server());
  await book.draft.put({ set: 2 });
  assert.equal((await book.signOut()).done, false);
  assert.equal((await book.signOut({ pending: "delete" })).done, true);
});

test("signed out without a network: the session is ended when there is one again", async () => {
  const server = new Server();
  const { browser, phone, book } = await alice(server);
  server.fault = () => {
    throw new TypeError("Failed to fetch");
  };
  assert.equal((await book.signOut()).done, true);
  phone.kill();
  const next = await phone.open();
  assert.equal(next.rider, null);
  server.fault = null;
  assert.equal(await next.refreshRider(), null);
  assert.equal(browser.rider, null);
  browser.rider = ALICE;
  assert.deepEqual(await next.refreshRider(), ALICE);
});

for (let n = 0; n <= 3; n++) {
  test(`signing out, cut short after ${n} writes, is whole or not at all`, async () => {
    const server = new Server();
    const { browser, phone, book } = await alice(server);
    killBefore(n);
    await book.signOut().catch(() => {});
    revive();
    phone.kill();
    const next = await phone.open();
    await next.refreshRider();
    if (n === 0) assert.deepEqual([next.rider, browser.rider], [ALICE, ALICE]);
    else {
      assert.deepEqual([next.rider, browser.rider], [null, null]);
      await gone(phone, `dbs-${ALICE.id}`);
    }
  });
}
