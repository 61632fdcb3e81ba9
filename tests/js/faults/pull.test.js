/** Faults of other projects in taking in what is new (docs/faults.md), against the real server. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Store } from "../../../static/js/data/store.js";
import { session } from "../data/help/phone.js";
import { isPush, LEASE_MS, Riders } from "./help/riders.js";

/** @type {Riders} */
let riders;
before(async () => {
  riders = await Riders.start();
});
after(() => riders.stop());

const HOUR_MS = 3_600_000;

test("pouchdb#1240: a pull that dies at any step goes on there, and misses nothing", async () => {
  const home = await riders.phone();
  for (let n = 1; n <= 7; n += 1)
    await home.book.create("session", session({ notes: `entry ${n}` }));
  await home.book.syncNow();
  const all = await home.log();
  let step = 0;
  for (let survived = false; !survived; step += 1) {
    const b = await riders.fresh(home);
    // Pages of two entries.
    b.fault = (path, _go, init) => b.browser.fetch(path.replace("limit=500", "limit=2"), init);
    b.phone.left = step;
    await b.book.syncNow().catch(() => {});
    survived = !b.phone.dead;
    await b.restart();
    const held = (await b.book.list()).entries.map(({ id }) => id);
    const store = new Store(b.phone.env(), `dbs-${b.book.rider?.id}`);
    const { cursor = "" } = (await store.meta.get("pull")) ?? {};
    const passed = (await b.onServer()).filter(
      ({ seq }) => seq <= Number(cursor.split(":")[1] ?? 0),
    );
    for (const { id } of passed) assert.ok(held.includes(id), `step ${step}: the cursor is ahead`);
    b.phone.pass(LEASE_MS);
    await b.book.syncNow();
    assert.deepEqual(await b.log(), all, `killed at step ${step}`);
    assert.equal(b.book.syncState.state, "idle");
  }
  assert.ok(step > 12, "four pages have more steps than that");
});

for (const order of ["push, then pull", "pull, then push"]) {
  test(`rxdb#5843: an edit here and one elsewhere at once, ${order}: both are kept`, async () => {
    const a = await riders.phone();
    const { id } = await a.book.create("session", session({ effort: 5 }));
    await a.book.syncNow();
    const b = await riders.another(a);
    await b.book.edit(id, { set: { notes: "wet" } });
    await b.book.syncNow();
    const edit = () => a.book.edit(id, { set: { effort: 7 } });
    if (order === "push, then pull") await edit();
    else
      a.fault = async (path, go) => {
        a.fault = null;
        assert.ok(!isPush(path));
        const answer = await go();
        await edit();
        return answer;
      };
    await a.book.syncNow();
    await a.book.syncNow();
    await b.book.syncNow();
    const merged = session({ effort: 7, notes: "wet" });
    for (const { book } of [a, b]) {
      const entry = await book.get(id);
      assert.deepEqual([entry?.body, entry?.state, entry?.lost], [merged, "synced", undefined]);
    }
  });
}

test("powersync-js#622: no entry leaves the list between upload and download", async () => {
  const a = await riders.phone();
  await a.book.create("session", session({ notes: "one" }));
  const { id } = await a.book.create("session", session({ notes: "two" }));
  await a.book.syncNow();
  await a.book.edit(id, { set: { effort: 3 } });
  await a.book.create("session", session({ notes: "three" }));
  /** @type {number[]} */
  const lengths = [];
  let looking = false;
  a.phone.onStep = () => {
    if (looking) return;
    looking = true;
    void a.book.list().then(({ entries }) => {
      lengths.push(entries.length);
      looking = false;
    });
  };
  await a.book.syncNow();
  assert.equal(a.book.syncState.waiting, 0);
  assert.ok(lengths.length > 5);
  assert.deepEqual(new Set(lengths), new Set([3]));
});

test("actual#3786: a clock that is off, or steps back, holds nothing up and is told", async () => {
  for (const off of [-HOUR_MS, HOUR_MS, -24 * HOUR_MS, 24 * HOUR_MS]) {
    const a = await riders.phone();
    a.phone.time = Date.now() + off;
    await a.book.syncNow();
    const early = await a.book.create("session", session({ notes: "early" }));
    a.phone.time -= HOUR_MS / 2;
    const late = await a.book.create("session", session({ notes: "late" }));
    assert.equal((await a.book.syncNow()).state, "idle");
    assert.deepEqual(await a.log(), ["early synced", "late synced"]);
    assert.equal((await a.onServer()).length, 2);
    for (const { id } of [early, late]) {
      const told = (await a.book.get(id))?.clockSuspect ?? 0;
      assert.ok(Math.abs(told - off) <= HOUR_MS / 2 + 60_000, `${off} is told as ${told}`);
    }
  }
});

test("actual#212: two copies that differ are found out, and become the same", async () => {
  const a = await riders.phone();
  const { id } = await a.book.create("session", session({ notes: "one" }));
  await a.book.create("session", session({ notes: "two" }));
  await a.book.syncNow();
  const store = new Store(a.phone.env(), `dbs-${a.book.rider?.id}`);
  await store.db.write(["entry"], (tx) => tx.objectStore("entry").delete(id));
  await a.book.syncNow();
  assert.deepEqual(await a.log(), ["two synced"]);
  await a.book.create("session", session({ notes: "three" }));
  assert.equal((await a.book.syncNow()).state, "idle");
  assert.deepEqual(await a.log(), ["one synced", "three synced", "two synced"]);
});

test("actual#8519: what a newer app wrote survives the edit of an older one", async () => {
  const a = await riders.phone();
  const { id } = await a.book.create("session", session({ effort: 5 }));
  // What this version does not know, a newer one may have written.
  await a.book.edit(id, { set: { weather: { sky: "hail" }, felt_by: ["a", "b"] } });
  await a.book.syncNow();
  const old = await riders.another(a);
  await old.book.edit(id, { set: { effort: 6 } });
  await old.book.syncNow();
  const [{ body, extra }] = await old.onServer();
  assert.deepEqual(extra, { weather: { sky: "hail" }, felt_by: ["a", "b"] });
  assert.equal(body.effort, 6);
  await a.book.syncNow();
  assert.deepEqual((await a.book.get(id))?.body, session({ effort: 6, ...extra }));
});

test("super-productivity#4422: an outdated phone overwrites nothing unseen", async () => {
  const desktop = await riders.phone();
  const { id } = await desktop.book.create("session", session({ effort: 5, notes: "old" }));
  await desktop.book.syncNow();
  const phone = await riders.another(desktop);
  await desktop.book.edit(id, { set: { notes: "newer, and longer" } });
  await desktop.book.edit(id, { set: { effort: 8 } });
  await desktop.book.syncNow();
  await phone.book.edit(id, { set: { effort: 2, pain_peak: 1 } });
  await phone.book.syncNow();
  await desktop.book.syncNow();
  for (const { book } of [desktop, phone]) {
    const entry = await book.get(id);
    const merged = session({ effort: 2, notes: "newer, and longer", pain_peak: 1 });
    assert.deepEqual(entry?.body, merged);
    assert.equal(entry?.lost?.effort, 8, "the value that gave way is kept and shown");
  }
});

test("super-productivity#4692: an app that starts empty pushes nothing and pulls all", async () => {
  const a = await riders.phone();
  for (const notes of ["one", "two"]) await a.book.create("session", session({ notes }));
  await a.book.syncNow();
  const before = await a.onServer();
  const name = `dbs-${a.book.rider?.id}`;
  a.phone.kill();
  a.phone.indexedDB.deleteDatabase(name);
  await a.restart();
  assert.deepEqual(await a.log(), []);
  a.fault = (path, go) => (isPush(path) ? assert.fail("a push") : go());
  assert.equal((await a.book.syncNow()).state, "idle");
  assert.deepEqual(await a.log(), ["one synced", "two synced"]);
  assert.deepEqual(await a.onServer(), before);
});
