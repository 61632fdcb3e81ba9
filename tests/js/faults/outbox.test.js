/** Faults of other projects' outboxes (docs/faults.md), played against the real server. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { session } from "../data/help/phone.js";
import { json } from "../data/help/server.js";
import { isPush, LEASE_MS, noNetwork, Riders, sentBy } from "./help/riders.js";

/** @type {Riders} */
let riders;
before(async () => {
  riders = await Riders.start();
});
after(() => riders.stop());

/** @param {any[]} list @param {string} field */
const each = (list, field) => list.map((one) => one[field]);

test("workbox#3237: a page killed at any step of a sync loses nothing and repeats nothing", async () => {
  const home = await riders.phone();
  let step = 0;
  for (let survived = false; !survived; step += 1) {
    const a = await riders.another(home);
    const notes = `killed at step ${step}`;
    const { id } = await a.book.create("session", session({ notes, effort: 5 }));
    await a.book.edit(id, { set: { effort: 6 } });
    await a.book.create("session", session({ notes }));
    a.phone.left = step;
    await a.book.syncNow().catch(() => {});
    survived = !a.phone.dead;
    await a.restart();
    const shown = async () =>
      (await a.book.list({ limit: 10_000 })).entries.filter(({ body }) => body.notes === notes);
    const efforts = async () => (await shown()).map(({ body }) => body.effort ?? 0).sort();
    assert.deepEqual(await efforts(), [0, 6], notes);
    a.phone.pass(LEASE_MS);
    await a.book.syncNow();
    assert.deepEqual(await efforts(), [0, 6], notes);
    assert.deepEqual(await a.book.counts(), { waiting: 0, attention: 0 }, notes);
    const kept = (await a.onServer()).filter(({ body }) => body.notes === notes);
    assert.deepEqual(kept.map(({ rev, body }) => [rev, body.effort ?? 0]).sort(), [
      ...[
        [1, 0],
        [2, 6],
      ],
    ]);
  }
  assert.ok(step > 10, "a sync has more steps than that");
});

test("workbox#1984: three tries against a dead server leave the outbox as it was", async () => {
  const a = await riders.phone();
  const { id } = await a.book.create("session", session({ notes: "one" }));
  await a.book.create("session", session({ notes: "two" }));
  await a.book.edit(id, { set: { effort: 9 } });
  /** @type {string[]} */
  const sent = [];
  a.fault = async (path, _go, init) => {
    if (isPush(path)) sent.push(JSON.stringify((await sentBy(init)).mutations));
    throw new TypeError("Failed to fetch");
  };
  const before = await a.outbox();
  for (let i = 0; i < 3; i += 1) await a.book.syncNow();
  assert.deepEqual(sent, [sent[0], sent[0], sent[0]]);
  const after = (await a.outbox()).map((one) => ({ ...one, tries: 0 }));
  assert.deepEqual(after, before);
  a.fault = null;
  await a.book.syncNow();
  assert.deepEqual(await a.log(), ["one synced", "two synced"]);
});

test("workbox#2640: a save during a push goes out after it, and in order", async () => {
  const a = await riders.phone();
  const { id } = await a.book.create("session", session({ effort: 5 }));
  /** @type {any[][]} */
  const sent = [];
  a.fault = async (path, go, init) => {
    if (!isPush(path)) return go();
    sent.push((await sentBy(init)).mutations);
    if (sent.length === 1) {
      await a.book.edit(id, { set: { effort: 7 } });
      await a.book.create("session", session());
      await a.book.edit(id, { set: { effort: 8 } });
    }
    return go();
  };
  await a.book.syncNow();
  assert.deepEqual(
    sent.map((mutations) => each(mutations, "mid")),
    [[1], [2, 3, 4]],
  );
  assert.deepEqual(each(sent[1], "base_rev"), [1, 0, 1]);
  assert.equal((await a.book.get(id))?.body.effort, 8);
  const [entry] = (await a.onServer()).filter((one) => one.id === id);
  assert.deepEqual([entry.body.effort, entry.rev, entry.lost], [8, 3, undefined]);
});

test("workbox#597: what failed once is sent again with nobody asking", async () => {
  const a = await riders.phone();
  await a.book.create("session", session({ notes: "once" }));
  a.fault = noNetwork;
  a.phone.pass(1_000);
  await a.book.syncNow();
  assert.equal(a.book.syncState.state, "offline");
  a.fault = null;
  const synced = new Promise((resolve) => {
    a.book.subscribe(() => a.book.syncState.lastSyncedAt === a.phone.time && resolve(null));
  });
  a.phone.pass(4_000);
  await synced;
  assert.deepEqual(await a.log(), ["once synced"]);
});

test("pouchdb#380: what a server does not take is not called sent", async () => {
  const a = await riders.phone();
  await a.book.create("session", session({ notes: "wrong", effort: 11 }));
  await a.book.create("session", session({ notes: "right" }));
  const kept = new Map(a.browser.cookies);
  a.browser.cookies.clear();
  assert.equal((await a.book.syncNow()).state, "needs-sign-in");
  assert.deepEqual(await a.log(), ["right phone", "wrong phone"]);
  a.browser.cookies = kept;
  await a.book.syncNow();
  await a.book.create("session", session({ notes: "later" }));
  await a.book.syncNow();
  assert.deepEqual(await a.log(), ["later synced", "right synced", "wrong attention"]);
  assert.deepEqual(each(await a.outbox(), "mid"), [1]);
  assert.deepEqual(each(await a.onServer(), "rev"), [1, 1]);
});

test("replicache#42: what is saved between push and pull is sent with nobody asking", async () => {
  const a = await riders.phone();
  await a.book.create("session", session({ notes: "before" }));
  let pushes = 0;
  a.fault = async (path, go) => {
    pushes += isPush(path) ? 1 : 0;
    if (!isPush(path) && pushes === 1) {
      pushes = 2;
      await a.book.create("session", session({ notes: "between" }));
    }
    return go();
  };
  await a.book.syncNow();
  a.fault = null;
  const synced = new Promise((resolve) => {
    a.book.subscribe(() => a.book.syncState.waiting === 0 && resolve(null));
  });
  a.phone.pass(1_000);
  await synced;
  assert.deepEqual(await a.log(), ["before synced", "between synced"]);
});

/** What waits, each with its notes and how it stands. @param {{unsynced: Function}} book */
const waiting = async (book) =>
  (await book.unsynced()).map((/** @type {any} */ one) => `${one.body.notes} ${one.state}`);

/** @param {any} body @param {string} id */
const hasIt = (body, id) => body.mutations.some((/** @type {any} */ one) => one.id === id);

test("hercycle-ai#308: one entry that breaks the server does not hold up the others", async () => {
  const a = await riders.phone();
  const poison = await a.book.create("session", session({ notes: "poison" }));
  for (const notes of ["one", "two", "three"]) await a.book.create("session", session({ notes }));
  const ids = each(await a.outbox(), "id");
  for (const status of [400, 401, 403, 422, 500]) {
    a.fault = async (path, go) => (isPush(path) ? json({ error: "no" }, status) : go());
    await a.book.wake();
    assert.deepEqual(each(await a.outbox(), "id"), ids, `after ${status}`);
  }
  a.fault = async (path, go, init) =>
    isPush(path) && hasIt(await sentBy(init), poison.id)
      ? json({ error: "internal_server_error" }, 500)
      : go();
  for (let i = 0; i < 4; i += 1) await a.book.wake();
  assert.deepEqual(await a.log(), ["one synced", "poison phone", "three synced", "two synced"]);
  a.fault = null;
  await a.book.wake();
  assert.deepEqual(await a.outbox(), []);
  assert.equal((await a.onServer()).length, 4);
});

test("WorkSphere#712: no number of failures drops an entry: it stays in sight, and is tried", async () => {
  const a = await riders.phone();
  const poison = await a.book.create("session", session({ notes: "poison" }));
  /** @type {number[]} days on which it was tried */
  const tried = [];
  let day = 0;
  a.fault = async (path, go, init) => {
    if (!isPush(path)) return go();
    const body = await sentBy(init);
    if (!hasIt(body, poison.id)) return go();
    tried.push(day);
    const results = body.mutations.map((/** @type {any} */ { mid }) => ({ mid, status: "retry" }));
    return json({ proto: 1, results });
  };
  for (let i = 0; i < 10; i += 1) await a.book.wake();
  assert.equal(tried.length, 8, "then it is put off, and the rest of the day is quiet");
  for (day = 1; day < 15; day += 1) {
    a.phone.pass(24 * 60 * LEASE_MS);
    await a.restart();
    await a.book.create("session", session({ notes: `day ${day}` }));
    for (let i = 0; i < 3; i += 1) await a.book.wake();
    assert.deepEqual(await waiting(a.book), ["poison put-off"]);
    assert.equal((await a.onServer()).length, day);
  }
  assert.deepEqual(tried.slice(8), [...Array(15).keys()].slice(1), "once a day");
  a.fault = null;
  a.phone.pass(24 * 60 * LEASE_MS);
  await a.book.wake();
  assert.deepEqual(await waiting(a.book), []);
  assert.equal((await a.onServer()).length, 15);
});
