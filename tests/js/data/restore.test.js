/** A server that came back from a backup: nothing that was shown as saved is lost, or overwritten. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { bodies, isPush, signedIn } from "./help/people.js";
import { session } from "./help/phone.js";
import { ALICE, json, Server } from "./help/server.js";

const entryOf = (/** @type {Server} */ server, /** @type {string} */ id) =>
  server.log(ALICE.id).entries.get(id);

/** Alice's phone, her laptop, and a session that both hold. */
async function two(more = {}) {
  const server = new Server();
  const a = await signedIn(server, 1);
  const b = await signedIn(server, 2);
  const { id } = await a.book.create("session", session({ effort: 1, ...more }));
  await a.book.syncNow();
  await b.book.syncNow();
  return { server, a, b, id };
}

test("what the server lost altogether stays on the phone, and goes up again when asked to", async () => {
  const { server, a, id } = await two();
  const restore = server.backup(ALICE.id);
  const { id: lost } = await a.book.create("session", session({ notes: "after the backup" }));
  await a.book.syncNow();
  restore();
  await a.book.syncNow();
  const held = await a.book.get(lost);
  assert.deepEqual([held?.state, held?.reason], ["attention", { code: "missing_on_server" }]);
  assert.equal(held?.body.notes, "after the backup");
  assert.equal((await a.book.get(id))?.state, "synced");
  const [row] = await a.book.unsynced();
  assert.deepEqual([row.id, row.op, row.state], [lost, "create", "attention"]);
  await a.book.resend(lost);
  await a.book.syncNow();
  assert.equal((await a.book.get(lost))?.state, "synced");
  assert.equal(entryOf(server, lost).body.notes, "after the backup");
});

test("what the server has in an older version only stays as it was seen, and goes up again", async () => {
  const { server, a, id } = await two();
  const restore = server.backup(ALICE.id);
  await a.book.edit(id, { set: { effort: 9 } });
  await a.book.syncNow();
  restore();
  await a.book.syncNow();
  const held = await a.book.get(id);
  assert.deepEqual([held?.body.effort, held?.reason?.code], [9, "older_on_server"]);
  await a.book.resend(id);
  await a.book.syncNow();
  const { body, lost } = entryOf(server, id);
  assert.deepEqual([body, lost], [session({ effort: 9 }), undefined]);
  assert.deepEqual(await a.outbox(), []);
});

test("another version made since is not overwritten unseen: it is kept beside", async () => {
  const { server, a, b, id } = await two({ notes: "dry" });
  const restore = server.backup(ALICE.id);
  await a.book.edit(id, { set: { notes: "from the phone" } });
  await a.book.syncNow();
  restore();
  await b.book.edit(id, { set: { notes: "from the laptop" } });
  await b.book.syncNow();
  await a.book.syncNow();
  assert.equal((await a.book.get(id))?.body.notes, "from the phone");
  await a.book.resend(id);
  await a.book.syncNow();
  await b.book.syncNow();
  const entry = await b.book.get(id);
  assert.deepEqual([entry?.body.notes, entry?.lost?.notes], ["from the phone", "from the laptop"]);
});

test("a confirmed deletion that was lost with the backup is still a deletion, and offered", async () => {
  const { server, a, id } = await two();
  const restore = server.backup(ALICE.id);
  await a.book.remove(id);
  await a.book.syncNow();
  restore();
  await a.book.syncNow();
  assert.deepEqual(await bodies(a.book), []);
  assert.deepEqual(
    (await a.book.unsynced()).map((one) => [one.op, one.reason?.code]),
    [["delete", "older_on_server"]],
  );
  await a.book.resend(id);
  await a.book.syncNow();
  assert.equal(entryOf(server, id).body, null);
});

test("what is discarded then shows as the server has it", async () => {
  const { server, a, id } = await two();
  const restore = server.backup(ALICE.id);
  await a.book.edit(id, { set: { effort: 9 } });
  const { id: lost } = await a.book.create("session", session());
  await a.book.syncNow();
  restore();
  await a.book.syncNow();
  await a.book.discard(id);
  await a.book.discard(lost);
  assert.deepEqual(await bodies(a.book), [[session({ effort: 1 }), "synced"]]);
  assert.deepEqual(await a.book.counts(), { waiting: 0, attention: 0 });
});

test("what is deleted then, and that undone, is as it was seen, and goes up", async () => {
  const { server, a, id } = await two();
  const restore = server.backup(ALICE.id);
  await a.book.edit(id, { set: { effort: 9 } });
  await a.book.syncNow();
  restore();
  await a.book.syncNow();
  await a.book.remove(id);
  const back = await a.book.restore(id);
  assert.deepEqual([back.body.effort, back.deleted], [9, false]);
  await a.book.syncNow();
  assert.equal(entryOf(server, id).body.effort, 9);
  assert.deepEqual(await bodies(a.book), [[session({ effort: 9 }), "synced"]]);
});

test("what is in the backup is simply fine, edited elsewhere since or not", async () => {
  const { server, a, b, id } = await two();
  server.backup(ALICE.id)();
  await b.book.syncNow();
  await b.book.edit(id, { set: { effort: 7 } });
  await b.book.syncNow();
  await a.book.syncNow();
  assert.deepEqual(await bodies(a.book), [[session({ effort: 7 }), "synced"]]);
});

test("a change that waits goes on top of what the phone held, of what the server lost it makes a whole", async () => {
  const { server, a, id } = await two();
  const restore = server.backup(ALICE.id);
  const { id: lost } = await a.book.create("session", session({ notes: "lost" }));
  await a.book.edit(id, { set: { effort: 8 } });
  await a.book.syncNow();
  restore();
  await a.book.edit(lost, { set: { pain_peak: 1 } });
  await a.book.edit(id, { set: { pain_peak: 2 } });
  await a.book.syncNow();
  assert.deepEqual(entryOf(server, lost).body, session({ notes: "lost", pain_peak: 1 }));
  assert.deepEqual(entryOf(server, id).body, session({ effort: 8, pain_peak: 2 }));
  assert.deepEqual(await a.book.counts(), { waiting: 0, attention: 0 });
  assert.deepEqual(await a.outbox(), []);
});

test("a deletion that waits on what the server lost is done with", async () => {
  const { server, a } = await two();
  const restore = server.backup(ALICE.id);
  const { id: lost } = await a.book.create("session", session({ notes: "lost" }));
  await a.book.syncNow();
  restore();
  await a.book.remove(lost);
  await a.book.syncNow();
  assert.equal(entryOf(server, lost), undefined);
  assert.deepEqual([await a.outbox(), (await bodies(a.book)).length], [[], 1]);
});

test("nothing is pushed before the phone knows what the server has, however often it is cut off", async () => {
  const { server, a } = await two();
  server.page = 3;
  for (let i = 0; i < 8; i++) await a.book.create("session", session());
  await a.book.syncNow();
  const restore = server.backup(ALICE.id);
  const lost = [];
  for (let i = 0; i < 4; i++) lost.push(await a.book.create("session", session()));
  await a.book.syncNow();
  restore();
  await a.book.edit(lost[0].id, { set: { effort: 3 } });
  /** @type {string[]} */
  const asked = [];
  server.fault = (path, go, body) => {
    asked.push(isPush(path) ? `push ${body.epoch}` : "pull");
    if (asked.length % 3 === 0) throw new TypeError("cut off");
    return go();
  };
  for (let i = 0; i < 6; i++) await a.book.syncNow();
  const first = asked.indexOf("push e1'");
  assert.deepEqual(asked.slice(0, first), ["push e1", ...Array(7).fill("pull")]);
  server.fault = null;
  await a.book.syncNow();
  assert.deepEqual(await a.book.counts(), { waiting: 0, attention: 3 });
  assert.equal((await a.book.list()).entries.length, 13);
});

test("a phone that pushed and never pulled finds out as well", async () => {
  const server = new Server();
  const restore = server.backup(ALICE.id);
  server.fault = (path, go) => (path.includes("/pull") ? json({}, 503) : go());
  const a = await signedIn(server);
  const { id } = await a.book.create("session", session({ notes: "pushed" }));
  await a.book.syncNow();
  restore();
  server.fault = null;
  await a.book.syncNow();
  assert.equal((await a.book.get(id))?.reason?.code, "missing_on_server");
});

test("after two restores nothing is sure: what differs is kept, what is the same is fine", async () => {
  const { server, a, id } = await two();
  const restore = server.backup(ALICE.id);
  const { id: lost } = await a.book.create("session", session({ notes: "lost" }));
  await a.book.syncNow();
  restore();
  server.backup(ALICE.id)();
  await a.book.syncNow();
  assert.equal((await a.book.get(id))?.state, "synced");
  assert.equal((await a.book.get(lost))?.reason?.code, "missing_on_server");
});

test("a second restore while the first is looked into forgets nothing of it", async () => {
  const { server, a, b } = await two();
  const first = server.backup(ALICE.id);
  const { id: lost } = await a.book.create("session", session({ notes: "lost" }));
  await a.book.syncNow();
  first();
  for (let i = 0; i < 3; i++) await b.book.create("session", session());
  await b.book.syncNow();
  server.page = 1;
  let pulls = 0;
  server.fault = (path, go) => {
    if (path.includes("/pull") && ++pulls === 3) throw new TypeError("cut off");
    return go();
  };
  await a.book.syncNow();
  server.fault = null;
  server.backup(ALICE.id)();
  await a.book.syncNow();
  const held = await a.book.get(lost);
  assert.deepEqual([held?.body.notes, held?.reason?.code], ["lost", "missing_on_server"]);
});

test("a second restore, of an older backup, leaves what was kept after the first", async () => {
  const { server, a, id } = await two();
  const oldest = server.backup(ALICE.id);
  await a.book.edit(id, { set: { effort: 2 } });
  await a.book.syncNow();
  const older = server.backup(ALICE.id);
  await a.book.edit(id, { set: { effort: 9 } });
  await a.book.syncNow();
  older();
  await a.book.syncNow();
  oldest();
  await a.book.syncNow();
  const held = await a.book.get(id);
  assert.deepEqual([held?.body.effort, held?.reason?.code], [9, "older_on_server"]);
  await a.book.resend(id);
  await a.book.syncNow();
  assert.equal(entryOf(server, id).body.effort, 9);
});

test("what was kept after a first restore overwrites nothing unseen after a second", async () => {
  const { server, a, b, id } = await two();
  const first = server.backup(ALICE.id);
  await a.book.edit(id, { set: { notes: "from the phone" } });
  await a.book.syncNow();
  first();
  await b.book.syncNow();
  await b.book.edit(id, { set: { notes: "from the laptop" } });
  await b.book.syncNow();
  const second = server.backup(ALICE.id);
  await b.book.edit(id, { set: { effort: 2 } });
  await b.book.syncNow();
  await a.book.syncNow();
  second();
  await a.book.syncNow();
  await a.book.resend(id);
  await a.book.syncNow();
  const { body, lost } = entryOf(server, id);
  assert.deepEqual([body.notes, lost?.notes], ["from the phone", "from the laptop"]);
});

for (const why of ["another restore", "forgotten tombstones"])
  test(`a restore before the first page of a new start for ${why} is noticed`, async () => {
    const { server, a } = await two();
    const older = server.backup(ALICE.id);
    const { id } = await a.book.create("session", session({ notes: "only in the newer backup" }));
    await a.book.syncNow();
    if (why === "another restore") server.backup(ALICE.id)();
    const gc = { proto: 1, server_now: 0, reset: "gc", cursor: "", more: false, changes: [] };
    server.fault = (path, go) => {
      if (path.includes("cursor=&")) throw new TypeError("cut off");
      return why === "another restore" ? go() : json(gc);
    };
    await a.book.syncNow();
    server.fault = null;
    older();
    await a.book.syncNow();
    const held = await a.book.get(id);
    assert.deepEqual([held?.deleted, held?.reason?.code], [false, "missing_on_server"]);
  });

test("an answer of the log before the restore, heard before the first page, is not believed", async () => {
  const { server, a } = await two();
  const restore = server.backup(ALICE.id);
  const { id } = await a.book.create("session", session({ notes: "only in the log before" }));
  let thaw = () => {};
  /** @type {Promise<any>} */
  let frozen = Promise.resolve(); // a tab that freezes with its request under way
  await new Promise((arrived) => {
    server.fault = (path, go) => {
      if (!isPush(path)) return go();
      const answer = go();
      arrived(null);
      return new Promise((resolve) => (thaw = () => resolve(answer)));
    };
    frozen = a.book.syncNow();
  });
  restore();
  a.phone.time += 61_000;
  const other = await a.phone.open();
  server.fault = async (path, go) => {
    if (!path.includes("cursor=&")) return go();
    server.fault = null;
    thaw();
    await frozen;
    return go();
  };
  await other.syncNow();
  await other.syncNow();
  assert.ok(!entryOf(server, id), "it is not on the server");
  assert.equal((await other.get(id))?.reason?.code, "missing_on_server");
});

test("what another phone has sent up again meanwhile needs nobody's attention", async () => {
  const { server, a, b } = await two();
  const restore = server.backup(ALICE.id);
  const { id: lost } = await a.book.create("session", session({ notes: "lost" }));
  await a.book.syncNow();
  await b.book.syncNow();
  restore();
  await a.book.syncNow();
  await b.book.syncNow();
  await b.book.resend(lost);
  await b.book.syncNow();
  await a.book.syncNow();
  assert.deepEqual(await a.book.counts(), { waiting: 0, attention: 0 });
  assert.equal((await a.book.get(lost))?.state, "synced");
});

test("a change of what the server does not know goes up whole, restored or not", async () => {
  const { server, a, id } = await two();
  server.log(ALICE.id).entries.delete(id);
  await a.book.edit(id, { set: { effort: 6 } });
  await a.book.syncNow();
  assert.deepEqual(entryOf(server, id).body, session({ effort: 6 }));
  assert.deepEqual(await a.book.counts(), { waiting: 0, attention: 0 });
});

test("a server that begins anew for ever is not followed for ever", async () => {
  const { server, a } = await two();
  let asked = 0;
  server.fault = (path, go) => {
    asked += 1;
    const reset = { proto: 1, server_now: 0, reset: "epoch", since: 0, cursor: "", more: false };
    if (path.includes("cursor=&")) return go();
    return isPush(path) ? go() : json({ ...reset, changes: [] });
  };
  assert.equal((await a.book.syncNow()).state, "busy");
  assert.ok(asked < 20, `${asked} requests`);
});

test("a change behind one whose answer came late overwrites nothing that came between them", async () => {
  const { server, a, b, id } = await two({ notes: "first" });
  await a.book.edit(id, { set: { effort: 3 } });
  server.fault = (path, go) => {
    const answer = go();
    if (isPush(path)) throw new TypeError("answer lost");
    return answer;
  };
  await a.book.syncNow();
  server.fault = null;
  await a.book.edit(id, { set: { notes: "from the phone" } });
  server.backup(ALICE.id)();
  await b.book.syncNow();
  await b.book.edit(id, { set: { notes: "from the laptop" } });
  await b.book.syncNow();
  // The two go up one by one.
  server.fault = (path, go, body) =>
    isPush(path) && body.mutations.length > 1 ? json({ proto: 1, error: "too_large" }, 413) : go();
  await a.book.syncNow();
  const { body, lost } = entryOf(server, id);
  assert.deepEqual([body.notes, lost], ["from the phone", { notes: "from the laptop" }]);
});

test("what was sent again by two phones, and edited on one, is not overwritten unseen by the other", async () => {
  const server = new Server();
  const [a, b] = [await signedIn(server, 1), await signedIn(server, 2)];
  const restore = server.backup(ALICE.id);
  const { id } = await a.book.create("session", session({ notes: "first" }));
  await a.book.syncNow();
  await b.book.syncNow();
  restore();
  await a.book.syncNow();
  await b.book.syncNow();
  await b.book.resend(id);
  await b.book.syncNow();
  await b.book.edit(id, { set: { notes: "from the laptop" } });
  await b.book.syncNow();
  await a.book.resend(id);
  let pushes = 0;
  server.fault = async (path, go) => {
    const answer = go();
    if (isPush(path)) pushes += 1;
    if (isPush(path) && pushes === 1) await a.book.edit(id, { set: { notes: "from the phone" } });
    return answer;
  };
  await a.book.syncNow();
  const { body, lost } = entryOf(server, id);
  assert.deepEqual([body.notes, lost], ["from the phone", { notes: "from the laptop" }]);
});
