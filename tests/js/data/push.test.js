/** How what was saved gets to the server: once, in order, and whatever happens meanwhile. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { bodies, isPush, signedIn } from "./help/people.js";
import { session } from "./help/phone.js";
import { ALICE, html, Server } from "./help/server.js";

test("an entry of one phone reaches the other, and its edit comes back", async () => {
  const server = new Server();
  const a = await signedIn(server, 1);
  const b = await signedIn(server, 2);
  const { id } = await a.book.create("session", session({ effort: 6 }));
  assert.equal((await a.book.syncNow()).state, "idle");
  assert.equal((await a.book.get(id))?.state, "synced");
  await b.book.syncNow();
  await b.book.edit(id, { set: { notes: "wet" } });
  await b.book.syncNow();
  await a.book.syncNow();
  const expected = [[session({ effort: 6, notes: "wet" }), "synced"]];
  assert.deepEqual(await bodies(a.book), expected);
  assert.deepEqual(await bodies(b.book), expected);
  assert.deepEqual(await a.outbox(), []);
});

test("the push says what the protocol asks for", async () => {
  const server = new Server();
  /** @type {any} */
  let init;
  const a = await signedIn(server);
  const { fetch } = a.browser;
  a.phone.fetch = (path, options) => {
    if (isPush(path)) init = options;
    return fetch(path, options);
  };
  await a.book.create("session", session());
  await a.book.syncNow();
  assert.equal(init.headers["X-Sync-Proto"], "1");
  assert.equal(init.headers["Content-Type"], "application/json");
  const { mutations, now: _now, device, ...envelope } = server.pushes[0];
  const head = { proto: 1, schema: 1, user: ALICE.id, acked_mid: 0, epoch: "e1", seq: 0 };
  assert.deepEqual(envelope, head);
  assert.deepEqual(Object.keys(mutations[0]).sort(), [
    ...["at", "base_rev", "id", "kind", "mid", "mutation_id", "op", "set", "tz"],
  ]);
  await a.book.create("session", session());
  await a.book.syncNow();
  assert.equal(server.pushes[1].acked_mid, 1);
  assert.equal(server.pushes[1].device, device);
  assert.equal(server.pushes[1].seq, 1, "how far it knows the log");
});

test("asked to sync during a pull, it looks again before it says that it is done", async () => {
  const server = new Server();
  const a = await signedIn(server);
  /** @type {Promise<any> | null} */
  let second = null;
  server.fault = async (path, go) => {
    if (!isPush(path) && !second) {
      await a.book.create("session", session());
      second = a.book.syncNow();
    }
    return go();
  };
  await a.book.syncNow();
  await second;
  assert.deepEqual(await a.outbox(), []);
});

test("413 halves the batch; what is too large alone needs attention", async () => {
  const server = new Server();
  const a = await signedIn(server);
  const large = await a.book.create("session", session({ notes: "x".repeat(4000) }));
  for (let i = 0; i < 6; i++) await a.book.create("session", session());
  /** @type {number[]} */
  const sizes = [];
  server.fault = (path, go, body) => {
    if (!isPush(path)) return go();
    sizes.push(body.mutations.length);
    return JSON.stringify(body).length > 3000 ? html("too large", 413) : go();
  };
  await a.book.syncNow();
  assert.deepEqual(sizes, [7, 3, 1, 1, 1, 1, 1, 1, 1]);
  assert.deepEqual((await a.book.get(large.id))?.reason, { code: "too_large" });
  assert.deepEqual(await a.book.counts(), { waiting: 0, attention: 1 });
});

test("a batch is at most 200 mutations and 256 KB", async () => {
  const server = new Server();
  const a = await signedIn(server);
  await Promise.all(
    Array.from({ length: 260 }, () =>
      a.book.create("session", session({ notes: "é".repeat(600) })),
    ),
  );
  await a.book.syncNow();
  for (const push of server.pushes) {
    assert.ok(push.mutations.length <= 200);
    assert.ok(new TextEncoder().encode(JSON.stringify(push)).length <= 256 * 1024);
  }
  const mids = server.pushes.flatMap((push) =>
    push.mutations.map((/** @type {any} */ one) => one.mid),
  );
  assert.deepEqual(
    mids,
    Array.from({ length: 260 }, (_, i) => i + 1),
  );
});

test("what is wanted while a sync comes to its end is looked for by another", async () => {
  const server = new Server();
  const a = await signedIn(server, 1);
  const b = await signedIn(server, 2);
  const { id } = await b.book.create("session", session());
  const { fetch } = a.browser;
  let pulls = 0;
  a.phone.fetch = async (path, options) => {
    // The other phone's comes after the first has looked, and before the next does.
    if (path.includes("/pull") && (pulls += 1) === 2) await b.book.syncNow();
    return fetch(path, options);
  };
  /** @type {Promise<any>[]} */
  const wanted = [];
  a.book.subscribe(({ type }) => {
    if (type === "sync" && a.book.syncState.state === "idle" && !wanted.length)
      wanted.push(a.book.syncNow());
  });
  await a.book.syncNow();
  assert.equal((await wanted[0]).state, "idle");
  assert.equal((await a.book.get(id))?.state, "synced");
});
