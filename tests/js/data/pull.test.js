/** How what others saved gets to the phone. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { takePage } from "../../../static/js/data/pages.js";
import { placeOf } from "../../../static/js/data/place.js";
import { Store } from "../../../static/js/data/store.js";
import { Phone } from "./help/phone.js";

test("a page that another tab has taken in already does not set the cursor back", async () => {
  const store = new Store(new Phone().env(), "dbs-u_a11ce");
  const page = { more: false, changes: [] };
  const start = await placeOf(store);
  assert.deepEqual(await takePage(store, start, { ...page, cursor: "e1:7" }), []);
  assert.equal(await takePage(store, start, { ...page, cursor: "e1:5" }), null);
  assert.equal((await placeOf(store)).cursor, "e1:7");
});

test("a page of many entries sets none back that a push has brought further meanwhile", async () => {
  const store = new Store(new Phone().env(), "dbs-u_a11ce");
  /** @param {number} n @param {number} rev */
  const change = (n, rev) => ({
    ...{ id: `id-${100 + n}`, kind: "session", rev, seq: rev },
    ...{ deleted: false, body: { date: "2026-10-03", effort: rev } },
  });
  const many = Array.from({ length: 60 }, (_, n) => n);
  const page = { more: false, cursor: "e1:1" };
  const ahead = { ...page, changes: [change(7, 3), change(30, 3)] };
  await takePage(store, await placeOf(store), ahead);
  const behind = { ...page, changes: many.map((n) => change(n, 2)) };
  await takePage(store, await placeOf(store), behind);
  const shown = await Promise.all(many.map((n) => store.get(`id-${100 + n}`)));
  assert.deepEqual(
    shown.map((one) => one?.body?.effort),
    many.map((n) => (n === 7 || n === 30 ? 3 : 2)),
  );
});
