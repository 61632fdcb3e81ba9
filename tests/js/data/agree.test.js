/** Whether both sides hold the same: looked at, healed once, and said if that is of no use. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Store } from "../../../static/js/data/store.js";
import { signedIn } from "./help/people.js";
import { session } from "./help/phone.js";
import { ALICE, json, Server } from "./help/server.js";

const DAY = 86_400_000;

/** Alice's phone with one entry, a day after its last check; the server's sum may be made wrong. */
async function aDayLater() {
  const server = new Server();
  const a = await signedIn(server);
  const { id } = await a.book.create("session", session());
  await a.book.syncNow();
  a.phone.time += DAY;
  const asked = { pulls: 0, wrong: false };
  server.fault = async (path, go) => {
    asked.pulls += Number(path.includes("/pull"));
    const data = await go().json();
    return json(asked.wrong ? { ...data, check: { count: 99, hash: "00000000" } } : data);
  };
  return { server, ...a, id, asked };
}

test("a copy that differs from the server's is found by the check and healed", async () => {
  const { server, book, id } = await aDayLater();
  const entry = server.log(ALICE.id).entries.get(id);
  Object.assign(entry, { rev: 2, body: session({ notes: "behind our back" }) });
  await book.syncNow();
  assert.equal((await book.get(id))?.body.notes, "behind our back");
  assert.equal(book.syncState.state, "idle");
});

test("what the server lost without a word is found by the check, and kept", async () => {
  const { server, book, id } = await aDayLater();
  server.log(ALICE.id).entries.delete(id);
  await book.syncNow();
  assert.equal((await book.get(id))?.reason?.code, "missing_on_server");
  assert.equal(book.syncState.attention, 1);
});

test("what a failed check keeps overwrites nothing of another phone unseen", async () => {
  const { server, book, id, phone } = await aDayLater();
  const laptop = await signedIn(server, 2);
  const restore = server.backup(ALICE.id);
  const { epoch } = server;
  for (const effort of [2, 3]) {
    await book.edit(id, { set: { effort } });
    await book.syncNow();
  }
  restore();
  server.epoch = epoch; // put in place by hand: nobody rotated the epochs
  await laptop.book.edit(id, { set: { notes: "from the laptop" } });
  // With these its log is longer than the phone knows, which so hears of nothing.
  for (let i = 0; i < 9; i++) await laptop.book.create("session", session());
  await laptop.book.syncNow();
  phone.time += DAY;
  await book.syncNow();
  assert.equal((await book.get(id))?.reason?.code, "older_on_server");
  await book.resend(id);
  await book.syncNow();
  const { body, lost } = server.log(ALICE.id).entries.get(id);
  assert.deepEqual([body.effort, body.notes ?? lost?.notes], [3, "from the laptop"]);
});

test("news is checked at once, and no news once a day", async () => {
  const { server, book, id, phone, asked } = await aDayLater();
  await book.syncNow();
  const entry = server.log(ALICE.id).entries.get(id);
  entry.body = session({ notes: "behind our back" });
  await book.syncNow();
  assert.equal((await book.get(id))?.body.notes, undefined, "the sum is the same");
  entry.rev = 2;
  asked.pulls = 0;
  await book.syncNow();
  assert.deepEqual([asked.pulls, (await book.get(id))?.body.notes], [3, "behind our back"]);
  const store = new Store(phone.env(), `dbs-${ALICE.id}`);
  await store.db.write(["entry"], (tx) => tx.objectStore("entry").delete(id));
  await book.syncNow();
  assert.equal(await book.get(id), null);
  phone.time += DAY;
  await book.syncNow();
  assert.equal((await book.get(id))?.body.notes, "behind our back");
});

test("what another tab has pushed since the answer was written is no difference", async () => {
  const { book, phone, id, asked } = await aDayLater();
  const store = new Store(phone.env(), `dbs-${ALICE.id}`);
  await store.db.write(["entry"], async (tx) => {
    const entries = tx.objectStore("entry");
    const entry = await entries.get(id);
    await entries.put({ ...entry, server: { ...entry.server, rev: 2, seq: entry.server.seq + 1 } });
  });
  assert.equal((await book.syncNow()).state, "idle");
  assert.equal(asked.pulls, 1);
});

test("a check that never fits heals once a day, and is said until it fits again", async () => {
  const { book, phone, asked } = await aDayLater();
  asked.wrong = true;
  const result = await book.syncNow();
  assert.deepEqual([result.state, result.code], ["stopped", "check_failed"]);
  assert.equal(asked.pulls, 2);
  assert.equal((await book.syncNow()).code, "check_failed");
  assert.equal(asked.pulls, 3);
  phone.time += DAY;
  assert.equal((await book.syncNow()).code, "check_failed");
  assert.equal(asked.pulls, 5);
  asked.wrong = false;
  assert.equal((await book.syncNow()).state, "idle");
  assert.equal(book.syncState.code, undefined);
});

test("while it is said, what is saved goes up all the same", async () => {
  const { server, book, asked } = await aDayLater();
  asked.wrong = true;
  await book.syncNow();
  await book.create("session", session());
  book.tick();
  await book.syncNow();
  assert.equal(server.log(ALICE.id).entries.size, 2);
  assert.equal(book.syncState.code, "check_failed");
});

test("the diagnosis has both sums then", async () => {
  const { book, asked } = await aDayLater();
  asked.wrong = true;
  await book.syncNow();
  const { check } = /** @type {any} */ (await book.diagnostics());
  assert.deepEqual([check.server.server.count, check.phone.count], [99, 1]);
});

test("a heal that is cut off is gone on with", async () => {
  const { server, book, id } = await aDayLater();
  const { fault } = server;
  Object.assign(server.log(ALICE.id).entries.get(id), { rev: 2, body: session({ effort: 3 }) });
  let pulls = 0;
  server.fault = (path, go, body) => {
    if (++pulls === 2) throw new TypeError("cut off");
    return fault?.(path, go, body) ?? go();
  };
  assert.equal((await book.syncNow()).state, "offline");
  await book.syncNow();
  assert.equal((await book.get(id))?.body.effort, 3);
});

test("the rider may have it healed at once, and nothing that waits is lost by it", async () => {
  const { server, book, id, asked } = await aDayLater();
  asked.wrong = true;
  await book.syncNow();
  asked.wrong = false;
  const entry = server.log(ALICE.id).entries.get(id);
  Object.assign(entry, { rev: 2, body: session({ notes: "behind our back" }) });
  const waits = await book.create("session", session({ notes: "waits" }));
  assert.equal((await book.syncNow()).code, "check_failed");
  assert.equal((await book.syncFromScratch()).state, "idle");
  assert.equal((await book.get(id))?.body.notes, "behind our back");
  assert.equal((await book.get(waits.id))?.state, "synced");
});
