import assert from "node:assert/strict";
import { test } from "node:test";
import { exclusively, LEASE_MS } from "../../../static/js/data/lock.js";
import { Store } from "../../../static/js/data/store.js";
import { Phone } from "./help/phone.js";

/** A tab; the browser's lock is free for it, taken, or not there at all (null). */
function tab(/** @type {Phone} */ phone, /** @type {boolean | null} */ free) {
  const request = (/** @type {any[]} */ ...[name, options, work]) => {
    assert.deepEqual([name, options], ["sync:dbs-u_a11ce", { ifAvailable: true }]);
    return work(free ? {} : null);
  };
  phone.locks = free === null ? null : /** @type {any} */ ({ request });
  return new Store(phone.env(), "dbs-u_a11ce");
}

const done = async () => "done";

for (const free of [true, null]) {
  test(`a tab alone goes ahead (${free ? "Web Locks" : "lease only"})`, async () => {
    const phone = new Phone();
    assert.equal(await exclusively(tab(phone, free), "a", done), "done");
    assert.equal(await exclusively(tab(phone, free), "b", done), "done");
  });
}

test("while one tab is at it, another lets it be, with Web Locks and without", async () => {
  const phone = new Phone();
  const during = await exclusively(tab(phone, null), "a", () =>
    Promise.all([
      exclusively(tab(phone, null), "b", done),
      exclusively(tab(phone, false), "c", done),
    ]),
  );
  assert.deepEqual(during, [null, null]);
});

test("a tab that died left its lease: who holds the browser's lock need not wait", async () => {
  const phone = new Phone();
  void exclusively(tab(phone, true), "dead", () => new Promise(() => {}));
  const store = tab(phone, true);
  while (!(await store.meta.get("lease"))) await store.meta.get("lease");
  assert.equal(await exclusively(store, "next", done), "done");
});

test("a tab that froze with the lock is passed over a minute after it last stirred", async () => {
  const phone = new Phone();
  /** @type {() => void} */
  let begun = () => {};
  const started = new Promise((resolve) => {
    begun = () => resolve(null);
  });
  void exclusively(tab(phone, true), "frozen", async (renew) => {
    phone.time += LEASE_MS / 2;
    await renew();
    begun();
    return new Promise(() => {});
  });
  await started;
  phone.time += LEASE_MS - 1;
  assert.equal(await exclusively(tab(phone, false), "next", done), null);
  phone.time += 1;
  assert.equal(await exclusively(tab(phone, false), "next", done), "done");
});

test("a tab that is only just beginning, with the lock and no lease yet, is let be", async () => {
  const phone = new Phone();
  assert.equal(await exclusively(tab(phone, false), "b", done), null);
  assert.equal(await exclusively(tab(phone, true), "a", done), "done");
});

test("a tab that froze as it began is passed over after a minute", async () => {
  const phone = new Phone();
  assert.equal(await exclusively(tab(phone, false), "b", done), null);
  phone.time += LEASE_MS - 1;
  assert.equal(await exclusively(tab(phone, false), "b", done), null);
  phone.time += 1;
  assert.equal(await exclusively(tab(phone, false), "b", done), "done");
});

test("a lease from a clock that was far ahead holds nobody up", async () => {
  const phone = new Phone();
  phone.time += 86_400_000;
  void exclusively(tab(phone, null), "dead", () => new Promise(() => {}));
  const store = tab(phone, null);
  while (!(await store.meta.get("lease"))) await store.meta.get("lease");
  phone.time -= 86_400_000;
  assert.equal(await exclusively(store, "next", done), "done");
});
