/** While the server works on one push, the next is made ready; and what was sent is not fetched. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { LEASE_MS } from "../../../static/js/data/lock.js";
import { bodies, isPush, signedIn } from "./help/people.js";
import { session } from "./help/phone.js";
import { ALICE, Server } from "./help/server.js";

/** So large that four of them fill a push. */
const large = (/** @type {string} */ mark) => session({ notes: mark.repeat(55_000) });

/** @param {any[]} rows */
const mids = (rows) => rows.map(({ mid }) => mid);

/** @param {Server} server */
const sent = (server) => server.pushes.map(({ mutations }) => mids(mutations));

test("the next push leaves before the last is settled", async () => {
  const server = new Server();
  const a = await signedIn(server);
  for (const mark of "abcdefghij") await a.book.create("session", large(mark));
  /** @type {string[]} */
  const seen = [];
  server.fault = (path, go) => {
    if (isPush(path)) seen.push("sent");
    return go();
  };
  a.book.subscribe(({ type }) => type === "entries" && seen.push("settled"));
  assert.equal((await a.book.syncNow()).pushed, 10);
  assert.deepEqual(sent(server), [
    [1, 2, 3, 4],
    [5, 6, 7, 8],
    [9, 10],
  ]);
  assert.deepEqual(seen, ["sent", "sent", "settled", "sent", "settled", "settled"]);
  assert.deepEqual(await a.outbox(), []);
});

test("nothing leaves the outbox before its answer, and nothing is sent before the last answer", async () => {
  const server = new Server();
  const a = await signedIn(server);
  for (const mark of "abcdefghij") await a.book.create("session", large(mark));
  let flying = 0;
  server.fault = async (path, go, body) => {
    if (!isPush(path)) return go();
    assert.equal((flying += 1), 1);
    const waiting = mids(await a.outbox());
    assert.ok(mids(body.mutations).every((mid) => waiting.includes(mid)));
    flying -= 1;
    return go();
  };
  assert.equal((await a.book.syncNow()).pushed, 10);
});

test("a change waits until the one before it is settled, whatever else goes up meanwhile", async () => {
  const server = new Server();
  const a = await signedIn(server);
  const { id } = await a.book.create("session", large("a"));
  for (const mark of "bcd") await a.book.create("session", large(mark));
  await a.book.edit(id, { set: { notes: "z".repeat(20_000) } });
  for (const mark of "efgh") await a.book.create("session", large(mark));
  await a.book.syncNow();
  assert.deepEqual(sent(server), [[1, 2, 3, 4], [6, 7, 8, 9], [5]]);
  const [edit] = server.pushes[2].mutations;
  assert.deepEqual([edit.id, edit.base_rev], [id, 1]);
  assert.equal((await a.book.get(id))?.state, "synced");
});

test("what was ready when a push failed stays as it was, and goes up the next time", async () => {
  const server = new Server();
  const a = await signedIn(server);
  for (const mark of "abcdef") await a.book.create("session", large(mark));
  server.fault = (path, go) => {
    if (isPush(path)) throw new TypeError("Failed to fetch");
    return go();
  };
  assert.equal((await a.book.syncNow()).state, "offline");
  assert.deepEqual(
    (await a.outbox()).map(({ tries }) => tries),
    [1, 1, 1, 1, 0, 0],
  );
  server.fault = null;
  await a.book.wake();
  assert.deepEqual(sent(server), [
    [1, 2, 3, 4],
    [5, 6],
  ]);
  assert.deepEqual(await a.outbox(), []);
});

test("the next page is asked for while the last is taken in; each comes once", async () => {
  const server = new Server();
  const [a, b] = [await signedIn(server), await signedIn(server, 2)];
  for (let i = 0; i < 7; i++) await a.book.create("session", session({ effort: i }));
  await a.book.syncNow();
  server.page = 3;
  /** @type {string[]} */
  const seen = [];
  server.fault = (path, go) => {
    seen.push(new URL(path, "http://dbs.example").searchParams.get("cursor") ?? path);
    return go();
  };
  b.book.subscribe(({ type }) => type === "entries" && seen.push("taken"));
  assert.equal((await b.book.syncNow()).pulled, 7);
  assert.deepEqual(seen, ["e1:0", "e1:3", "taken", "e1:6", "taken", "taken"]);
  assert.equal((await bodies(b.book)).length, 7);
});

/** What each pull brought. @param {Server} server */
function pulls(server) {
  /** @type {string[][]} */
  const brought = [];
  server.fault = async (path, go) => {
    const answer = go();
    if (path.includes("/pull"))
      brought.push((await answer.clone().json()).changes.map((/** @type {any} */ { id }) => id));
    return answer;
  };
  return brought;
}

test("what this phone alone has written is not fetched again", async () => {
  const server = new Server();
  const a = await signedIn(server);
  const brought = pulls(server);
  const { id } = await a.book.create("session", session());
  await a.book.edit(id, { set: { effort: 3 } });
  await a.book.syncNow();
  await a.book.remove(id);
  await a.book.syncNow();
  assert.deepEqual(brought, [[], []]);
});

test("what another phone wrote before is fetched, and then what was sent too", async () => {
  const server = new Server();
  const [a, b] = [await signedIn(server), await signedIn(server, 2)];
  const theirs = await b.book.create("session", session({ notes: "theirs" }));
  await b.book.syncNow();
  const brought = pulls(server);
  const mine = await a.book.create("session", session({ notes: "mine" }));
  await a.book.syncNow();
  assert.deepEqual(brought, [[theirs.id, mine.id]]);
  await a.book.edit(mine.id, { set: { effort: 1 } });
  await a.book.syncNow();
  assert.deepEqual(brought[1], []);
});

test("where something was refused, the rest is fetched", async () => {
  const server = new Server();
  const a = await signedIn(server);
  const brought = pulls(server);
  server.errorsOf = ({ set }) => (set.effort > 10 ? { effort: "0 to 10" } : null);
  const good = await a.book.create("session", session());
  await a.book.create("session", session({ effort: 11 }));
  await a.book.syncNow();
  assert.deepEqual(brought, [[good.id]]);
});

for (const [what, notes] of Object.entries({ "half an emoji": "a\ud83d", NUL: "a\0" })) {
  test(`${what} is fetched as the server keeps it`, async () => {
    const server = new Server();
    const a = await signedIn(server);
    const brought = pulls(server);
    const { id } = await a.book.create("session", session({ notes }));
    await a.book.syncNow();
    assert.deepEqual(brought, [[id]]);
  });
}

test("a deletion that may have arrived before the page died is undone on the server too", async () => {
  const server = new Server();
  const a = await signedIn(server);
  const { id } = await a.book.create("session", session());
  await a.book.syncNow();
  await a.book.remove(id);
  const arrived = new Promise((resolve) => {
    server.fault = (path, go) => {
      if (isPush(path)) resolve(go());
      return new Promise(() => {});
    };
  });
  void a.book.syncNow();
  await arrived;
  a.phone.kill();
  server.fault = null;
  a.phone.time += LEASE_MS;
  const book = await a.phone.open();
  await book.restore(id);
  await book.syncNow();
  assert.equal(server.log(ALICE.id).entries.get(id).body.source, "manual");
  assert.equal((await book.get(id))?.deleted, false);
});
