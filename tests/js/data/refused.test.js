/** What the server refuses stays, is said, and can be put right or let go. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { bodies, isPush, signedIn } from "./help/people.js";
import { session } from "./help/phone.js";
import { ALICE, Server } from "./help/server.js";

/** A server that refuses efforts above ten and notes that say "long". */
function strict() {
  const server = new Server();
  server.errorsOf = ({ set = {} }) => {
    /** @type {Record<string, string>} */
    const errors = {};
    if (set.effort > 10) errors.effort = "0 to 10";
    if (set.notes === "long") errors.notes = "too long";
    return Object.keys(errors).length ? errors : null;
  };
  return server;
}

test("a refused entry stays, with the reason, and the others pass", async () => {
  const server = new Server();
  const a = await signedIn(server);
  server.errorsOf = ({ set }) => (set?.effort === 11 ? { effort: "Effort is 0 to 10." } : null);
  const bad = await a.book.create("session", session({ effort: 11 }));
  const good = await a.book.create("session", session({ effort: 1 }));
  await a.book.syncNow();
  await a.book.syncNow();
  const kept = await a.book.get(bad.id);
  assert.deepEqual(
    [kept?.state, kept?.reason, kept?.body.effort],
    ["attention", { code: "invalid", errors: { effort: "Effort is 0 to 10." } }, 11],
  );
  assert.equal((await a.book.get(good.id))?.state, "synced");
  assert.deepEqual(await a.book.counts(), { waiting: 0, attention: 1 });
  assert.equal(server.pushes.length, 1);
});

test("a refused entry that the rider puts right goes out whole", async () => {
  const server = new Server();
  const a = await signedIn(server);
  server.errorsOf = ({ set }) => (set?.effort === 11 ? { effort: "0 to 10" } : null);
  const { id } = await a.book.create("session", session({ effort: 11, notes: "long ride" }));
  await a.book.edit(id, { set: { pain_peak: 1 } });
  await a.book.syncNow();
  assert.equal((await a.book.get(id))?.state, "attention");
  const fixed = await a.book.edit(id, { set: { effort: 10 } });
  assert.deepEqual([fixed.state, fixed.reason], ["phone", undefined]);
  await a.book.syncNow();
  const expected = session({ effort: 10, notes: "long ride", pain_peak: 1 });
  assert.deepEqual(await bodies(a.book), [[expected, "synced"]]);
  assert.deepEqual(server.log(ALICE.id).entries.get(id).body, expected);
});

test("a refused edit can be let go: the server's copy shows again", async () => {
  const server = new Server();
  const a = await signedIn(server);
  const { id } = await a.book.create("session", session({ effort: 5 }));
  await a.book.syncNow();
  server.errorsOf = () => ({ effort: "0 to 10" });
  await a.book.edit(id, { set: { effort: 11 } });
  await a.book.syncNow();
  const back = await a.book.discard(id);
  assert.deepEqual([back.state, back.body.effort], ["synced", 5]);
  assert.deepEqual(await a.outbox(), []);
});

test("an entry put right while a later edit is under way goes out whole, with nothing left over", async () => {
  const server = new Server();
  const a = await signedIn(server);
  server.errorsOf = ({ set }) => (set?.effort === 11 ? { effort: "0 to 10" } : null);
  const { id } = await a.book.create("session", session({ effort: 11 }));
  let pushes = 0;
  server.fault = async (path, go) => {
    if (isPush(path)) pushes += 1;
    if (isPush(path) && pushes === 2) await a.book.edit(id, { set: { effort: 10 } });
    const answer = go();
    if (isPush(path) && pushes === 1) await a.book.edit(id, { set: { notes: "wet" } });
    return answer;
  };
  await a.book.syncNow();
  assert.equal(pushes, 3);
  const expected = session({ effort: 10, notes: "wet" });
  assert.deepEqual(await bodies(a.book), [[expected, "synced"]]);
  assert.deepEqual(server.log(ALICE.id).entries.get(id).body, expected);
  assert.deepEqual(await a.outbox(), []);
});

test("what was refused, and let go, takes nothing along that the server has lost", async () => {
  const server = strict();
  const a = await signedIn(server);
  const restore = server.backup(ALICE.id);
  const { id } = await a.book.create("session", session({ effort: 5 }));
  await a.book.syncNow();
  await a.book.edit(id, { set: { effort: 11 } });
  await a.book.syncNow();
  restore();
  await a.book.syncNow();
  const back = await a.book.discard(id);
  assert.deepEqual([back.body.effort, back.reason?.code], [5, "missing_on_server"]);
  assert.equal((await a.book.discard(id)).deleted, true);
});

test("what was refused neither hides nor replaces what was saved after it", async () => {
  const server = strict();
  const a = await signedIn(server);
  const { id } = await a.book.create("session", session({ effort: 1 }));
  await a.book.syncNow();
  await a.book.edit(id, { set: { effort: 11, notes: "first" } });
  await a.book.edit(id, { set: { notes: "second" } });
  await a.book.syncNow();
  assert.deepEqual(await bodies(a.book), [[session({ effort: 11, notes: "second" }), "attention"]]);
  await a.book.edit(id, { set: { effort: 5 } });
  await a.book.syncNow();
  const expected = session({ effort: 5, notes: "second" });
  assert.deepEqual(server.log(ALICE.id).entries.get(id).body, expected);
  assert.equal(server.log(ALICE.id).entries.get(id).lost, undefined);
});

test("what was refused is done with once all that it said was said anew", async () => {
  const server = strict();
  const a = await signedIn(server);
  const { id } = await a.book.create("session", session({ effort: 1 }));
  await a.book.syncNow();
  await a.book.edit(id, { set: { effort: 11 } });
  await a.book.edit(id, { set: { effort: 5 } });
  await a.book.syncNow();
  assert.deepEqual(await bodies(a.book), [[session({ effort: 5 }), "synced"]]);
  assert.deepEqual(await a.outbox(), []);
});

test("what is left of a refused change builds on what was taken after it", async () => {
  const server = strict();
  const [a, b] = [await signedIn(server), await signedIn(server, 2)];
  const [one, two] = [
    { id: "one", reps: 1 },
    { id: "two", reps: 2 },
  ];
  const { id } = await a.book.create("session", session({ sets: [one, two] }));
  await a.book.syncNow();
  await a.book.edit(id, { set: { effort: 11, sets: [one] } });
  await a.book.edit(id, { set: { notes: "wet" } });
  await a.book.syncNow();
  await b.book.syncNow();
  await b.book.edit(id, { set: { pain_peak: 3 } });
  await b.book.syncNow();
  await a.book.syncNow();
  const expected = session({ effort: 11, notes: "wet", pain_peak: 3, sets: [one] });
  assert.deepEqual(await bodies(a.book), [[expected, "attention"]]);
});

test("what was deleted after a change that is refused then stays deleted", async () => {
  const server = strict();
  const a = await signedIn(server);
  const { id } = await a.book.create("session", session({ effort: 1 }));
  await a.book.syncNow();
  await a.book.edit(id, { set: { effort: 11 } });
  await a.book.remove(id);
  await a.book.syncNow();
  const kept = await a.book.get(id);
  assert.deepEqual([kept?.deleted, kept?.state], [true, "synced"]);
  assert.deepEqual(await a.outbox(), []);
  assert.equal(server.log(ALICE.id).entries.get(id).body, null);
});

for (const undo of /** @type {const} */ (["restore", "discard"])) {
  test(`a deletion that is taken back (${undo}) brings back what was refused as well`, async () => {
    const server = strict();
    const a = await signedIn(server);
    const { id } = await a.book.create("session", session({ effort: 1 }));
    await a.book.syncNow();
    await a.book.edit(id, { set: { effort: 11, notes: "a whole story" } });
    await a.book.syncNow();
    const gone = await a.book.remove(id);
    assert.deepEqual([gone.deleted, gone.state, gone.reason], [true, "phone", undefined]);
    const back = await a.book[undo](id);
    assert.deepEqual([back.body.notes, back.state], ["a whole story", "attention"]);
  });
}

test("what is put right stands for all: a second change that is refused does not vanish", async () => {
  const server = strict();
  const a = await signedIn(server);
  const { id } = await a.book.create("session", session({ effort: 1 }));
  await a.book.syncNow();
  await a.book.edit(id, { set: { effort: 11 } });
  const meanwhile = [{ notes: "long" }, { effort: 5 }]; // each while the one before is under way
  server.fault = async (path, go) => {
    const answer = go();
    const set = isPush(path) && meanwhile.shift();
    if (set) await a.book.edit(id, { set });
    return answer;
  };
  await a.book.syncNow();
  assert.equal(server.pushes.length, 4);
  assert.deepEqual(await bodies(a.book), [[session({ effort: 5, notes: "long" }), "attention"]]);
});
