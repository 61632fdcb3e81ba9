/**
 * A phone comes from any release with whatever it has not sent: `released/` holds what the databases of each
 * version looked like, from the stores to the last row.
 */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { bodies } from "./help/people.js";
import { asPromise, Phone } from "./help/phone.js";
import { ALICE, Server } from "./help/server.js";

/**
 * @typedef {{keyPath: string | null, indexes: Record<string, string>, rows: [any, any][]}} StoreThen
 * @typedef {Record<string, {version: number, stores: Record<string, StoreThen>}>} Then
 */

const FOLDER = new URL("released/", import.meta.url);
const RELEASES = readdirSync(FOLDER).map((file) => ({
  file,
  /** @type {Then} */
  then: JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")),
}));

/** Make the databases as the old app made them. @param {IDBFactory} factory @param {Then} then */
async function putBack(factory, then) {
  for (const [name, { version, stores }] of Object.entries(then)) {
    const request = factory.open(name, version);
    request.onupgradeneeded = () => {
      for (const [store, { keyPath, indexes }] of Object.entries(stores)) {
        const made = request.result.createObjectStore(store, { keyPath });
        for (const [index, path] of Object.entries(indexes)) made.createIndex(index, path);
      }
    };
    const db = await asPromise(request);
    const tx = db.transaction(Object.keys(stores), "readwrite");
    for (const [store, { keyPath, rows }] of Object.entries(stores))
      for (const [key, row] of rows) tx.objectStore(store).put(row, keyPath ? undefined : key);
    await new Promise((resolve) => (tx.oncomplete = resolve));
    db.close();
  }
}

/** @param {Then} then */
const logOf = (then) => then[`dbs-${ALICE.id}`].stores;

for (const { file, then } of RELEASES)
  test(`${file}: everything is shown as it was, and what waited goes up under the ids it had`, async () => {
    const server = new Server();
    const phone = new Phone(server.browser(ALICE).fetch);
    await putBack(phone.indexedDB, then);
    const book = await phone.open();
    const { entry, outbox } = logOf(then);
    const before = entry.rows.map(([, { id, body, state }]) => [id, body, state]);
    const shown = (await book.list()).entries.map(({ id, body, state }) => [id, body, state]);
    assert.deepEqual(shown.sort(), before.sort());
    assert.ok(await book.draft.get());

    server.log(ALICE.id).seq = 2;
    for (const [, { id, kind, server: copy }] of entry.rows)
      if (copy)
        server.log(ALICE.id).entries.set(id, {
          ...{ id, kind, ...copy },
          history: [{ body: null }, { body: copy.body, device: "" }],
        });
    await book.refreshRider();
    assert.equal((await book.syncNow()).state, "idle");
    const waited = outbox.rows.map(([, row]) => row).filter(({ state }) => state === "waiting");
    assert.ok(waited.length > 1);
    assert.deepEqual(
      server.pushes
        .flatMap(({ mutations }) => mutations.map((/** @type {any} */ one) => one.mutation_id))
        .sort(),
      waited.map(({ mutation_id }) => mutation_id).sort(),
    );
    const states = (await bodies(book)).map(([, state]) => state).sort();
    assert.deepEqual(states, ["attention", ...Array(entry.rows.length - 1).fill("synced")]);
  });

test("the newest version of the databases is among them", async () => {
  const phone = new Phone();
  await phone.open();
  const now = await phone.indexedDB.databases();
  const versions = new Map(
    now.map(({ name, version }) => [name === "dbs-shell" ? name : "log", version]),
  );
  const held = RELEASES.map(({ then }) => then);
  assert.ok(held.some((one) => one["dbs-shell"].version === versions.get("dbs-shell")));
  assert.ok(held.some((one) => one[`dbs-${ALICE.id}`].version === versions.get("log")));
});
