/** Faults of other projects in reading answers (docs/faults.md), played against the real server. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { session } from "../data/help/phone.js";
import { json } from "../data/help/server.js";
import { answerLost, isPush, LEASE_MS, Riders, sentBy } from "./help/riders.js";

/** @type {Riders} */
let riders;
before(async () => {
  riders = await Riders.start();
});
after(() => riders.stop());

/** @param {any[]} list @param {string} field */
const each = (list, field) => list.map((one) => one[field]);

/** What `fetch` and what is around it may throw, and what no log can print. */
const cycle = {};
Object.assign(cycle, { cycle });
const ODD = [
  ...[undefined, null, 0, "", "a string", Symbol("odd"), cycle, new Map(), () => {}],
  new DOMException("The user aborted a request.", "AbortError"),
  Object.create(null),
  Object.defineProperty(new Error(), "message", {
    get() {
      throw new Error("not even a message");
    },
  }),
  new Proxy(
    {},
    {
      get() {
        throw new Error("look, but do not touch");
      },
    },
  ),
];

test("powersync.dart#452: whatever fetch throws, the queue goes on", async () => {
  const a = await riders.phone();
  await a.book.create("session", session({ notes: "kept" }));
  for (const odd of ODD) {
    a.fault = async () => {
      throw odd;
    };
    assert.equal((await a.book.syncNow()).state, "offline");
    assert.equal((await a.outbox()).length, 1);
  }
  a.fault = null;
  await a.book.syncNow();
  assert.deepEqual(await a.log(), ["kept synced"]);
});

test("mono#4608, mono#4677: the answer lost after the commit, the result is the stored one", async () => {
  const a = await riders.phone();
  const b = await riders.another(a);
  const { id } = await a.book.create("session", session({ effort: 5, notes: "dry" }));
  await a.book.syncNow();
  await b.book.syncNow();
  await b.book.edit(id, { set: { effort: 6 } });
  await b.book.syncNow();
  await a.book.edit(id, { set: { effort: 7 } });
  /** @type {any[]} */
  const results = [];
  /** @type {import("./help/riders.js").Fault} */
  const listening = async (path, go) => {
    const answer = await go();
    if (isPush(path)) results.push((await answer.clone().json()).results);
    return answer;
  };
  a.fault = (path, go, init) => answerLost(path, () => listening(path, go, init), init);
  assert.equal((await a.book.syncNow()).state, "offline");
  a.fault = async (path, go, init) => {
    await listening(path, go, init);
    return isPush(path) ? json({ error: "internal_server_error" }, 500) : go();
  };
  assert.equal((await a.book.syncNow()).state, "busy");
  a.fault = listening;
  await a.book.wake();
  assert.equal(results[0][0].status, "merged");
  assert.deepEqual(results, [results[0], results[0], results[0]]);
  assert.deepEqual(each(await a.onServer(), "rev"), [3]);
  assert.deepEqual((await a.book.get(id))?.lost, { rev: 3, effort: 6 });
});

test("Eventra#17854: each mutation carries its key on the wire, the same at every try", async () => {
  const a = await riders.phone();
  await a.book.create("session", session());
  await a.book.create("session", session());
  const keys = each(await a.outbox(), "mutation_id");
  /** @type {string[][]} */
  const sent = [];
  a.fault = async (path, go, init) => {
    if (isPush(path)) sent.push(each((await sentBy(init)).mutations, "mutation_id"));
    return answerLost(path, go, init);
  };
  await a.book.syncNow();
  await a.restart();
  a.phone.pass(LEASE_MS);
  await a.book.syncNow();
  assert.equal(new Set(keys).size, 2);
  assert.deepEqual(sent, [keys, keys]);
  assert.deepEqual(each(await a.onServer(), "rev"), [1, 1]);
});

const SET = {
  ...{ id: "01900000-0000-7000-8000-000000000001", exercise: "glute-squeeze" },
  ...{ name: "Glute squeeze", step: "activate", side: "both", order: 0, skipped: false },
  ...{ unit: "reps", target: 8, done: 8 },
};

/** @type {[string, object, string][]} what was refused, its entry, and the field to put right */
const REFUSED = [
  ["a blank unit", { sets: [{ ...SET, unit: "" }] }, "sets[0].unit"],
  ["a number beyond its limit", { sets: [{ ...SET, load_kg: 5001 }] }, "sets[0].load_kg"],
  ["an effort of eleven", { effort: 11 }, "effort"],
];

test("wger-flutter#1259: what the server refuses stays in sight, and names what to put right", async () => {
  const a = await riders.phone();
  for (const [notes, fields] of REFUSED)
    await a.book.create("session", session({ notes, ...fields }));
  await a.book.create("session", session({ notes: "fine" }));
  for (let i = 0; i < 3; i += 1) await a.book.wake();
  assert.equal((await a.onServer()).length, 1);
  const unsynced = await a.book.unsynced();
  assert.deepEqual(
    unsynced.map(({ body, state, reason }) => [
      body.notes,
      state,
      Object.keys(reason?.errors ?? {}),
    ]),
    REFUSED.map(([notes, , field]) => [notes, "attention", [field]]),
  );
  for (const { id } of unsynced) await a.book.edit(id, { set: { sets: [SET], effort: 10 } });
  await a.book.wake();
  assert.deepEqual(await a.book.unsynced(), []);
  assert.equal((await a.onServer()).length, 4);
});
