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
