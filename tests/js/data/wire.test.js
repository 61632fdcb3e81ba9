/** The phone's side of tests/contract/wire.json: it takes in what the server is bound to answer. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { checkOf } from "../../../static/js/data/check.js";
import { ask } from "../../../static/js/data/http.js";

import { takePage } from "../../../static/js/data/pages.js";
import { placeOf } from "../../../static/js/data/place.js";
import { settle } from "../../../static/js/data/settle.js";
import { newEntry, Store, SYNCED } from "../../../static/js/data/store.js";
import { Phone } from "./help/phone.js";
import { json } from "./help/server.js";

const file = new URL("../../contract/wire.json", import.meta.url);
/** @type {{name: string, input: any[], expected: {status: number, body: any}[]}[]} */
const cases = JSON.parse(readFileSync(file, "utf8"));

/** @param {{status: number, body: any}} answer */
const meaningOf = async ({ status, body }) =>
  (await ask(new Phone(async () => json(body, status)).env(), "/", {}, 1000)).is;

/** A store with `mutations` in the outbox. @param {any[]} mutations */
async function storeWith(mutations) {
  const store = new Store(new Phone().env(), "dbs-u_a11ce");
  await store.db.write(SYNCED, async (tx) => {
    const device = { id: "phone", next_mid: mutations.length + 1 };
    await tx.objectStore("meta").put(device, "device");
    for (const one of mutations) {
      await tx.objectStore("outbox").put({ ...one, state: "waiting", tries: 1 });
      await tx.objectStore("entry").put(newEntry(one.id, one.kind));
    }
  });
  return store;
}

/** @type {Record<string, string>} */
const MEANINGS = {
  wrong_user: "stop",
  epoch: "epoch",
  device_forked: "forked",
  upgrade: "upgrade",
};

for (const { name, input, expected } of cases) {
  test(`contract: ${name}: every answer is understood`, async () => {
    for (const answer of expected) {
      const meaning = answer.status === 200 ? "ok" : MEANINGS[answer.body.error];
      assert.equal(await meaningOf(answer), meaning);
    }
  });

  test(`contract: ${name}: only what was refused stays in the outbox`, async () => {
    for (const [i, { push }] of input.entries()) {
      const { results } = expected[i].body;
      if (!push || !results) continue;
      const store = await storeWith(push.mutations);
      await settle(store, push.mutations, expected[i].body);
      /** @type {any[]} */
      const left = await store.db.read(["outbox"], (tx) => tx.objectStore("outbox").getAll());
      // What the server does not know, the phone sends anew: all that it has of it, in one.
      const entryOf = (/** @type {any} */ { mid }) =>
        push.mutations.find((/** @type {any} */ one) => one.mid === mid).id;
      const refusals = results.filter((/** @type {any} */ one) => one.status === "rejected");
      const unknown = refusals.filter((/** @type {any} */ one) => one.code === "unknown_entry");
      const whole = unknown.map(entryOf);
      const refused = refusals.filter((/** @type {any} */ one) => !whole.includes(entryOf(one)));
      assert.deepEqual(
        left
          .filter(({ state }) => state === "attention")
          .map(({ mid, reason }) => [mid, reason.code]),
        refused.map((/** @type {any} */ { mid, code }) => [mid, code]),
      );
      assert.ok(left.every(({ state, op }) => state === "attention" || op === "create"));
    }
  });

  test(`contract: ${name}: a whole pull adds up to its check`, async () => {
    for (const [i, { pull }] of input.entries()) {
      const { body } = expected[i];
      if (pull?.cursor !== "" || !body.check) continue;
      const store = await storeWith([]);
      await takePage(store, await placeOf(store), body);
      const entries = await store.db.read(["entry"], (tx) => tx.objectStore("entry").getAll());
      assert.deepEqual(checkOf(entries), body.check);
      assert.equal((await placeOf(store)).cursor, body.cursor);
    }
  });
}
