/** The browser threw the whole IndexedDB away: what was saved and not yet sent is still there. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { clearKept } from "../../../static/js/data/kept.js";
import { MemoryMirror } from "./help/mirror.js";
import { bodies, signedIn, withMirror } from "./help/people.js";
import { nowhere, Phone, session } from "./help/phone.js";
import { ALICE, BOB, Server } from "./help/server.js";

const NAME = `dbs-${ALICE.id}`;

/** @param {Phone} phone @param {{fetch: Phone["fetch"]}} browser */
async function reopened(phone, browser) {
  phone.loseDatabases();
  phone.fetch = browser.fetch;
  const book = await phone.open();
  await book.refreshRider();
  return book;
}

/** @param {Server} server @returns {string[]} */
const sent = (server) =>
  server.pushes.flatMap((push) => push.mutations.map((/** @type {any} */ one) => one.mutation_id));

test("what waits is there again with no network, in its order, under its ids", async () => {
  const { phone, book } = await withMirror(new Server());
  phone.fetch = nowhere;
  const { id } = await book.create("session", session({ effort: 1 }));
  await book.edit(id, { set: { effort: 2 } });
  await book.edit(id, { set: { effort: 3 } });
  const before = await phone.rows(NAME, "outbox");
  const [{ value: device }] = [
    { value: (await phone.rows(NAME, "meta")).find((one) => one?.next_mid) },
  ];
  phone.loseDatabases();
  const again = await phone.open();
  assert.deepEqual(again.rider, ALICE);
  assert.deepEqual(await bodies(again), [[session({ effort: 3 }), "phone"]]);
  assert.deepEqual(await again.counts(), { waiting: 1, attention: 0 });
  const after = await phone.rows(NAME, "outbox");
  const ids = (/** @type {any[]} */ rows) => rows.map((one) => one.mutation_id);
  assert.deepEqual(ids(after), ids(before));
  const other = (await phone.rows(NAME, "meta")).find((one) => one?.next_mid);
  assert.notEqual(other.id, device.id);
});

test("it goes up once, though the server had taken it before the phone was told", async () => {
  const { server, browser, phone, book, log } = await withMirror(new Server());
  server.fault = async (path, go) => {
    await go();
    if (path.endsWith("/push")) throw new TypeError("cut off");
    return go();
  };
  const { id } = await book.create("session", session({ effort: 1 }));
  await book.syncNow();
  assert.equal(log.entries.size, 1);
  server.fault = null;
  const again = await reopened(phone, browser);
  await again.syncNow();
  assert.deepEqual([log.entries.size, log.entries.get(id).rev], [1, 1]);
  assert.deepEqual(await bodies(again), [[session({ effort: 1 }), "synced"]]);
});

test("an edit of what the server has shows whole, and takes nothing back", async () => {
  const { browser, phone, book, log } = await withMirror(new Server());
  const { id } = await book.create("session", session({ effort: 1, notes: "kept" }));
  await book.syncNow();
  phone.fetch = nowhere;
  await book.edit(id, { set: { effort: 2 } });
  phone.loseDatabases();
  const offline = await phone.open();
  assert.deepEqual(await bodies(offline), [[session({ effort: 2, notes: "kept" }), "phone"]]);
  phone.kill();
  phone.fetch = browser.fetch;
  const again = await phone.open();
  await again.refreshRider();
  await again.syncNow();
  assert.deepEqual(log.entries.get(id).body, session({ effort: 2, notes: "kept" }));
  assert.equal(log.entries.get(id).lost, undefined);
});

test("what the server took, and what was discarded, does not come back", async () => {
  const { server, browser, phone, mirror, book, log } = await withMirror(new Server());
  const { id: gone } = await book.create("session", session({ notes: "taken" }));
  await book.syncNow();
  phone.fetch = nowhere;
  const { id } = await book.create("session", session({ notes: "discarded" }));
  await book.discard(id);
  assert.deepEqual(await mirror.all(NAME), []);
  log.entries.delete(gone);
  const pushes = server.pushes.length;
  const again = await reopened(phone, browser);
  await again.syncNow();
  assert.deepEqual([await bodies(again), server.pushes.length], [[], pushes]);
});

test("an undone deletion that may have been sent is undone on the server too", async () => {
  const { browser, phone, book, log } = await withMirror(new Server());
  const { id } = await book.create("session", session());
  await book.syncNow();
  phone.fetch = nowhere;
  await book.remove(id);
  const again = await reopened(phone, { fetch: nowhere });
  await again.restore(id);
  phone.fetch = browser.fetch;
  await again.refreshRider();
  await again.syncNow();
  assert.deepEqual(log.entries.get(id).body, session());
});

test("what was made of a refused change waits in both places", async () => {
  const { browser, phone, mirror, book, log } = await withMirror(new Server());
  const { id } = await book.create("session", session({ effort: 1 }));
  await book.syncNow();
  log.entries.delete(id);
  let pushes = 0;
  phone.fetch = (path, init) => {
    if (path.endsWith("/push") && ++pushes > 1) return nowhere(path, init);
    return browser.fetch(path, init);
  };
  await book.edit(id, { set: { effort: 2 } });
  await book.syncNow();
  await book.create("session", session({ notes: "more" }));
  phone.fetch = async () => new Response("", { status: 503 });
  phone.pass(600_000);
  await book.syncNow();
  const held = (await mirror.all(NAME)).map((one) => one.mutation.mutation_id);
  const outbox = (await phone.rows(NAME, "outbox")).map((one) => one.mutation_id);
  assert.equal(outbox.length, 2);
  assert.deepEqual(held.sort(), outbox.sort());
});

test("signing out clears it, keeping keeps it, clearing the kept log clears it", async () => {
  for (const how of /** @type {const} */ (["delete", "keep"])) {
    const { browser, phone, mirror, book } = await withMirror(new Server());
    phone.fetch = nowhere;
    await book.create("session", session());
    phone.fetch = browser.fetch;
    await book.signOut({ pending: how });
    assert.equal((await mirror.all(NAME)).length, how === "keep" ? 1 : 0);
    if (how === "delete") continue;
    phone.loseDatabases();
    const again = await phone.open();
    const { kept } = await again.riders.standing();
    assert.deepEqual(kept, [ALICE]);
    browser.rider = BOB;
    await again.refreshRider();
    assert.deepEqual(await bodies(again), []);
    await clearKept(again, ALICE);
    assert.deepEqual(await mirror.all(NAME), []);
  }
});

test("what was logged before the account is taken along once, wherever it was lost", async () => {
  for (const lost of ["before", "after"]) {
    const server = new Server();
    const browser = server.browser(null);
    const phone = new Phone(browser.fetch);
    const mirror = new MemoryMirror();
    phone.mirror = mirror;
    let book = await phone.open();
    await book.create("session", session({ notes: lost }));
    if (lost === "before") book = await reopened(phone, browser);
    server.fault = (path, go) => (path.endsWith("/push") ? nowhere(path, {}) : go());
    browser.rider = ALICE;
    await book.refreshRider();
    await book.syncNow();
    assert.deepEqual(await mirror.all("dbs-local"), []);
    if (lost === "after") book = await reopened(phone, browser);
    assert.deepEqual(await bodies(book), [[session({ notes: lost }), "phone"]]);
    server.fault = null;
    phone.pass(600_000);
    await book.syncNow();
    assert.deepEqual(await bodies(book), [[session({ notes: lost }), "synced"]]);
    assert.equal(new Set(sent(server)).size, 1);
  }
});

test("two tabs that find the database empty bring it back once", async () => {
  const { phone, book, browser } = await withMirror(new Server());
  phone.fetch = nowhere;
  for (const notes of ["a", "b", "c"]) await book.create("session", session({ notes }));
  phone.loseDatabases();
  const tabs = await Promise.all([phone.open(), phone.open()]);
  await tabs[0].create("session", session({ notes: "d" }));
  for (const tab of tabs) {
    const notes = (await bodies(tab)).map(([body]) => body.notes);
    assert.deepEqual(notes.sort(), ["a", "b", "c", "d"]);
  }
  assert.equal((await phone.rows(NAME, "outbox")).length, 4);
  phone.fetch = browser.fetch;
  for (const tab of tabs) await tab.syncNow();
  assert.deepEqual(await tabs[1].counts(), { waiting: 0, attention: 0 });
});

test("a second place that fails, fails no save and no start", async () => {
  const { server, browser, phone, mirror, book } = await withMirror(new Server());
  mirror.broken = true;
  await book.create("session", session({ notes: "a" }));
  await book.syncNow();
  const again = await reopened(phone, browser);
  await again.create("session", session({ notes: "b" }));
  await again.syncNow();
  assert.equal(server.log(ALICE.id).entries.size, 2);
  assert.equal((await bodies(again)).length, 2);
  await again.signOut({ pending: "delete" });
  assert.equal(again.rider, null);
});

test("what could not be brought back yet is not cleared away by a sync", async () => {
  const { browser, phone, mirror, book } = await withMirror(new Server());
  phone.fetch = nowhere;
  await book.create("session", session({ notes: "a" }));
  mirror.broken = true;
  const early = await reopened(phone, browser);
  mirror.broken = false;
  await early.create("session", session({ notes: "b" }));
  await early.syncNow();
  assert.deepEqual(await bodies(early), [[session({ notes: "b" }), "synced"]]);
  phone.kill();
  const again = await phone.open();
  await again.refreshRider();
  await again.syncNow();
  const notes = (await bodies(again)).map(([body, state]) => `${body.notes} ${state}`);
  assert.deepEqual(notes.sort(), ["a synced", "b synced"]);
  assert.deepEqual(await mirror.all(NAME), []);
});

test("what was pulled and changed before all could be brought back is not overwritten unseen", async () => {
  const { browser, phone, mirror, book, log } = await withMirror(new Server());
  const { id } = await book.create("session", session({ notes: "first" }));
  await book.syncNow();
  phone.fetch = nowhere;
  await book.edit(id, { set: { notes: "before the loss" } });
  mirror.broken = true;
  const early = await reopened(phone, browser);
  await early.syncNow();
  await early.edit(id, { set: { notes: "after the loss" } });
  await early.syncNow();
  mirror.broken = false;
  phone.kill();
  const again = await phone.open();
  await again.refreshRider();
  await again.syncNow();
  const { body, lost } = log.entries.get(id);
  assert.deepEqual([body.notes, lost?.notes], ["before the loss", "after the loss"]);
  assert.equal((await again.get(id))?.lost?.notes, "after the loss");
});

test("one row that makes no sense hides none of the others", async () => {
  const { phone, mirror, book } = await withMirror(new Server());
  phone.fetch = nowhere;
  await book.create("session", session({ notes: "kept" }));
  for (const odd of [{ of: "another release" }, null]) await mirror.put(NAME, `${odd}`, odd);
  phone.loseDatabases();
  const again = await phone.open();
  assert.deepEqual(await bodies(again), [[session({ notes: "kept" }), "phone"]]);
});

for (const others of [0, 2])
  test(`a server restored just then gets what it lost with the change, beside ${others} edits of another phone`, async () => {
    const { server, browser, phone, book } = await withMirror(new Server());
    const laptop = await signedIn(server, 2);
    const { id } = await book.create("session", session({ effort: 1, notes: "first" }));
    await book.syncNow();
    const restore = server.backup(ALICE.id);
    for (let i = 0; i < 5; i++) await book.create("session", session({ notes: `${i}` }));
    await book.edit(id, { set: { effort: 7 } });
    await book.syncNow();
    phone.fetch = nowhere;
    await book.edit(id, { set: { notes: "waiting" } });
    restore();
    for (let i = 0; i < others; i++) {
      await laptop.book.syncNow();
      await laptop.book.edit(id, { set: { notes: "laptop's", effort: i } });
      await laptop.book.syncNow();
    }
    const again = await reopened(phone, browser);
    await again.syncNow();
    const { body, lost } = server.log(ALICE.id).entries.get(id);
    assert.deepEqual(body, session({ effort: 7, notes: "waiting" }));
    assert.equal(lost?.notes, others ? "laptop's" : undefined);
    assert.deepEqual((await again.get(id))?.body, body);
  });

test("what the server lost is there again too, and is in the second place for no longer than that", async () => {
  const { server, browser, phone, mirror, book } = await withMirror(new Server());
  const restore = server.backup(ALICE.id);
  const { id } = await book.create("session", session({ notes: "lost by the server" }));
  await book.syncNow();
  restore();
  await book.syncNow();
  const again = await reopened(phone, { fetch: nowhere });
  assert.deepEqual(await bodies(again), [[session({ notes: "lost by the server" }), "attention"]]);
  phone.fetch = browser.fetch;
  await again.syncNow();
  assert.equal((await again.get(id))?.reason?.code, "missing_on_server");
  await again.resend(id);
  await again.syncNow();
  assert.equal(server.log(ALICE.id).entries.get(id).body.notes, "lost by the server");
  assert.deepEqual([await mirror.all(NAME), (await again.get(id))?.state], [[], "synced"]);
});

test("a version that the server lost is offered beside the one that it has, once that is known", async () => {
  const { server, browser, phone, book } = await withMirror(new Server());
  const { id } = await book.create("session", session({ effort: 1 }));
  await book.syncNow();
  const restore = server.backup(ALICE.id);
  await book.edit(id, { set: { effort: 9 } });
  await book.syncNow();
  restore();
  await book.syncNow();
  const again = await reopened(phone, browser);
  await again.syncNow();
  const held = await again.get(id);
  assert.deepEqual([held?.body.effort, held?.reason?.code], [9, "older_on_server"]);
  await again.discard(id);
  assert.deepEqual(await bodies(again), [[session({ effort: 1 }), "synced"]]);
});
