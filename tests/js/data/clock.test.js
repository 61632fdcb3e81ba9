/** Clocks that are wrong, jump or go back order nothing, hold nothing up, and are said. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { signedIn } from "./help/people.js";
import { session, START } from "./help/phone.js";
import { ALICE, json, Server } from "./help/server.js";

const MINUTE = 60_000;
const DAY = 86_400_000;

/** A server whose clock stands at START; the phone's is `ahead` ms ahead of it. */
async function phoneAhead(/** @type {number} */ ahead) {
  const server = new Server();
  server.now = START;
  const a = await signedIn(server);
  a.phone.time = START + ahead;
  return { server, ...a };
}

test("how far the phone is ahead is found out by asking, and kept over a restart", async () => {
  const { book, phone } = await phoneAhead(-DAY);
  await book.syncNow();
  assert.equal(book.syncState.clockOffset, -DAY);
  assert.equal((await phone.open()).syncState.clockOffset, -DAY);
});

test("a phone that nobody has told the time knows of no offset", async () => {
  const a = await signedIn(new Server());
  assert.equal(a.book.syncState.clockOffset, null);
});

for (const ahead of [DAY, -DAY, 60 * MINUTE, -60 * MINUTE]) {
  test(`a clock ${ahead / MINUTE} minutes off syncs, and what was saved by it is flagged`, async () => {
    const { server, book } = await phoneAhead(ahead);
    await book.syncNow();
    const { id } = await book.create("session", session());
    assert.equal((await book.unsynced())[0].clockOff, ahead);
    assert.equal((await book.syncNow()).state, "idle");
    assert.equal((await book.get(id))?.clockSuspect, ahead);
    assert.equal(server.log(ALICE.id).entries.size, 1);
  });
}

test("a clock found wrong only as the entry was sent flags it as well", async () => {
  const { book } = await phoneAhead(DAY);
  const { id } = await book.create("session", session());
  assert.equal((await book.get(id))?.clockSuspect, undefined);
  await book.syncNow();
  assert.equal((await book.get(id))?.clockSuspect, DAY);
});

test("a clock put right before the entry was sent does not take the flag off", async () => {
  const { book, phone } = await phoneAhead(DAY);
  await book.syncNow();
  const { id } = await book.create("session", session());
  phone.time = START;
  await book.syncNow();
  assert.equal((await book.get(id))?.clockSuspect, DAY);
});

test("five minutes off is not worth a word", async () => {
  const { book } = await phoneAhead(5 * MINUTE);
  const { id } = await book.create("session", session());
  await book.syncNow();
  assert.equal((await book.get(id))?.clockSuspect, undefined);
});

test("a clock that jumps about in the middle keeps every change in its order", async () => {
  const { server, book, phone } = await phoneAhead(0);
  const { id } = await book.create("session", session({ effort: 0 }));
  const ids = [id];
  for (const [i, jump] of [DAY, -2 * DAY, 90 * MINUTE, -30 * DAY, 0].entries()) {
    phone.time += jump;
    await book.edit(id, { set: { effort: i + 1 } });
    ids.push((await book.create("session", session())).id);
    if (i % 2) await book.syncNow();
  }
  await book.syncNow();
  const sent = server.pushes.flatMap((push) => push.mutations);
  assert.deepEqual(
    sent.map((/** @type {any} */ one) => one.mid),
    Array.from({ length: 11 }, (_, i) => i + 1),
  );
  assert.deepEqual(ids, [...ids].sort());
  const minted = sent.map((/** @type {any} */ one) => one.mutation_id);
  assert.deepEqual(minted, [...minted].sort());
  assert.equal(server.log(ALICE.id).entries.get(id).body.effort, 5);
});

for (const jump of [DAY, -DAY, -60 * MINUTE]) {
  test(`a wait that the server asked for outlasts no jump of ${jump / MINUTE} minutes`, async () => {
    const { server, book, phone } = await phoneAhead(0);
    await book.create("session", session());
    server.fault = () => json({ error: "slow down" }, 429, { "Retry-After": "90" });
    await book.syncNow();
    server.fault = null;
    phone.time += jump;
    await book.syncNow();
    assert.equal(server.log(ALICE.id).entries.size, 1);
  });

  test(`a retry that is arranged for comes all the same after a jump of ${jump / MINUTE} minutes`, async () => {
    const { server, book, phone } = await phoneAhead(0);
    await book.create("session", session());
    server.fault = () => json({}, 500);
    await book.syncNow();
    server.fault = null;
    phone.time += jump;
    for (const timer of phone.timers) timer.due += jump; // A timer counts; it looks at no clock.
    await book.create("session", session());
    phone.pass(2000);
    await book.syncNow();
    assert.equal(server.log(ALICE.id).entries.size, 2);
  });
}
