import assert from "node:assert/strict";
import { test } from "node:test";
import { isPush, signedIn } from "./help/people.js";
import { session, START } from "./help/phone.js";
import { Server } from "./help/server.js";

const dead = () => {
  throw new TypeError("Failed to fetch");
};

test("what waits is listed, oldest change first, with what is to be done about it", async () => {
  const server = new Server();
  const a = await signedIn(server);
  const old = await a.book.create("session", session({ notes: "old" }));
  const gone = await a.book.create("session", session({ notes: "gone" }));
  await a.book.syncNow();
  server.fault = dead;
  a.phone.time += 1000;
  await a.book.remove(gone.id);
  a.phone.time += 1000;
  const fresh = await a.book.create("session", session({ notes: "new" }));
  a.phone.time += 1000;
  await a.book.edit(old.id, { set: { effort: 4 } });
  await a.book.edit(fresh.id, { set: { effort: 5 } });
  await a.book.syncNow();
  assert.deepEqual(
    (await a.book.unsynced()).map((one) => [one.id, one.op, one.state, one.since - START]),
    [
      [gone.id, "delete", "waiting", 1000],
      [fresh.id, "create", "waiting", 2000],
      [old.id, "patch", "waiting", 3000],
    ],
  );
  const [deleted, created] = await a.book.unsynced();
  assert.deepEqual([deleted.deleted, deleted.tries], [true, 1]);
  assert.deepEqual([created.kind, created.body.effort], ["session", 5]);
});

test("what is on its way says so, and only until the answer", async () => {
  const server = new Server();
  const a = await signedIn(server);
  await a.book.create("session", session());
  /** @type {string[]} */
  let during = [];
  server.fault = async (path, go) => {
    if (isPush(path)) during = (await a.book.unsynced()).map((one) => one.state);
    return dead() ?? go();
  };
  await a.book.syncNow();
  assert.deepEqual(during, ["uploading"]);
  assert.deepEqual(
    (await a.book.unsynced()).map((one) => one.state),
    ["waiting"],
  );
});

test("what was refused is listed with the reason", async () => {
  const server = new Server();
  const a = await signedIn(server);
  server.errorsOf = () => ({ effort: "0 to 10" });
  await a.book.create("session", session({ effort: 11 }));
  await a.book.syncNow();
  const [one] = await a.book.unsynced();
  assert.deepEqual(
    [one.state, one.reason],
    ["attention", { code: "invalid", errors: { effort: "0 to 10" } }],
  );
});

test("the diagnosis counts and compares, and tells nothing of what was logged", async () => {
  const server = new Server();
  const a = await signedIn(server);
  await a.book.create("session", session({ notes: "a secret" }));
  await a.book.syncNow();
  await a.book.create("session", session({ notes: "another secret" }));
  const said = /** @type {any} */ (await a.book.diagnostics());
  assert.deepEqual(
    [said.entries.all, said.outbox.all, said.epoch, said.check.phone.count],
    [2, 1, "e1", 1],
  );
  assert.equal(said.device, server.pushes[0].device);
  assert.doesNotMatch(JSON.stringify(said), /secret|@|2026-03-01/);
});
