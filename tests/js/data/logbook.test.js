import assert from "node:assert/strict";
import { test } from "node:test";
import { DraftTaken, Store } from "../../../static/js/data/store.js";
import { Phone, START, session } from "./help/phone.js";

/** @param {Phone} phone */
const outbox = (phone) => phone.rows("dbs-local", "outbox");

test("a saved entry is on this phone, with its mutation in the outbox", async () => {
  const phone = new Phone();
  const book = await phone.open();
  const entry = await book.create("session", session({ effort: 6 }));
  assert.equal(entry.state, "phone");
  assert.deepEqual((await (await phone.open()).get(entry.id))?.body, session({ effort: 6 }));
  const [mutation] = await outbox(phone);
  assert.deepEqual(
    { mid: mutation.mid, op: mutation.op, id: mutation.id, base_rev: mutation.base_rev },
    { mid: 1, op: "create", id: entry.id, base_rev: 0 },
  );
  assert.deepEqual(await book.counts(), { waiting: 1, attention: 0 });
});

test("every write asks for strict durability", async () => {
  const { transaction } = IDBDatabase.prototype;
  /** @type {any[]} */
  const asked = [];
  IDBDatabase.prototype.transaction = function (
    /** @type {Parameters<IDBDatabase["transaction"]>} */ ...args
  ) {
    if (args[1] === "readwrite") asked.push(args[2]?.durability);
    return transaction.apply(this, args);
  };
  const book = await new Phone().open();
  await book.create("session", session());
  await book.draft.put({ set: 3 });
  IDBDatabase.prototype.transaction = transaction;
  assert.ok(asked.length >= 2);
  assert.ok(asked.every((one) => one === "strict"));
});

test("a save that fails half-way leaves nothing behind, and its draft alone", async () => {
  const phone = new Phone();
  const env = phone.env();
  const store = new Store(env, "dbs-local");
  await store.draft.put({ set: 3 });
  env.tz = () => {
    throw new Error("killed");
  };
  await assert.rejects(store.create("session", session(), {}), /killed/);
  assert.deepEqual(await phone.rows("dbs-local", "entry"), []);
  assert.deepEqual(await outbox(phone), []);
  assert.deepEqual(await phone.rows("dbs-local", "meta"), []);
  assert.deepEqual(await store.draft.get(), { set: 3 });
});

test("finishing the draft writes the entry and clears the draft", async () => {
  const book = await new Phone().open();
  await book.draft.put({ set: 3 });
  const entry = await book.finishDraft("session", session());
  assert.equal(await book.draft.get(), null);
  assert.ok(await book.get(entry.id));
});

test("a draft that another tab has taken up is neither kept over, nor saved, nor cleared", async () => {
  const phone = new Phone();
  const [here, there] = [await phone.open(), await phone.open()];
  await here.draft.put({ holder: "here", set: 1 }, null);
  await here.draft.put({ holder: "here", set: 2 }, "here");
  await assert.rejects(there.draft.put({ holder: "there" }, null), DraftTaken);
  await there.draft.put({ holder: "there", set: 2 }, "here");
  await assert.rejects(here.draft.put({ holder: "here", set: 3 }, "here"), DraftTaken);
  await assert.rejects(here.draft.clear("here"), DraftTaken);
  await assert.rejects(here.finishDraft("session", session(), "here"), DraftTaken);
  assert.deepEqual((await here.list()).entries, []);
  await there.finishDraft("session", session(), "there");
  await assert.rejects(here.draft.put({ holder: "here", set: 4 }, "here"), DraftTaken);
  await assert.rejects(here.finishDraft("session", session(), "here"), DraftTaken);
  assert.equal((await here.list()).entries.length, 1);
  assert.equal(await here.draft.get(), null);
});

test("a body that is no JSON is refused at once, not when it is sent", async () => {
  const phone = new Phone();
  const book = await phone.open();
  await assert.rejects(book.create("session", { effort: 1n }), TypeError);
  assert.deepEqual(await book.counts(), { waiting: 0, attention: 0 });
});

test("a save that runs twice, as its first commit went unheard, counts once", async () => {
  const phone = new Phone();
  const store = new Store(phone.env(), "dbs-local");
  const write = store.db.write.bind(store.db);
  store.db.write = async (stores, work) => {
    await write(stores, work);
    return write(stores, work);
  };
  const entry = await store.create("session", session());
  await store.change(entry.id, () => ({
    drop: [],
    add: { op: "patch", base_rev: 0, set: { effort: 7 }, unset: [] },
  }));
  assert.equal((await phone.rows("dbs-local", "entry")).length, 1);
  assert.deepEqual(
    (await outbox(phone)).map((one) => one.mid),
    [1, 2],
  );
});

test("a newer tab may upgrade the database: ours lets go of it", async () => {
  const phone = new Phone();
  const book = await phone.open();
  await book.create("session", session());
  await new Promise((resolve, reject) => {
    const request = phone.indexedDB.open("dbs-local", 2);
    request.onsuccess = () => resolve(request.result.close());
    request.onblocked = reject;
  });
});

test("an edit sends the changed fields only; no change sends nothing", async () => {
  const phone = new Phone();
  const book = await phone.open();
  const { id } = await book.create("session", session({ effort: 6, notes: "wet" }));
  await book.edit(id, { set: { effort: 6 } });
  const after = await book.edit(id, { set: { effort: 7, duration_s: 420 }, unset: ["notes"] });
  assert.deepEqual(after.body, session({ effort: 7 }));
  const [, patch, ...more] = await outbox(phone);
  assert.deepEqual([patch.op, patch.set, patch.unset], ["patch", { effort: 7 }, ["notes"]]);
  assert.deepEqual(more, []);
});

test("an entry that is not here cannot be edited", async () => {
  const book = await new Phone().open();
  await assert.rejects(book.edit("0199", { set: { effort: 1 } }), /No entry/);
});

test("a deleted entry leaves the list, and comes back by taking the deletion back", async () => {
  const phone = new Phone();
  const book = await phone.open();
  const { id } = await book.create("session", session());
  await book.remove(id);
  assert.deepEqual((await book.list()).entries, []);
  assert.equal((await book.get(id))?.deleted, true);
  await book.restore(id);
  assert.deepEqual(
    (await book.list()).entries.map((one) => one.id),
    [id],
  );
  assert.deepEqual(
    (await outbox(phone)).map((one) => one.op),
    ["create"],
  );
});

test("the newest local day is first, then the latest start; other kinds are not listed", async () => {
  const book = await new Phone().open();
  const make = (/** @type {string} */ date, /** @type {number} */ started_at) =>
    book.create("session", session({ date, started_at, notes: `${date} ${started_at}` }));
  await make("2026-03-01", START);
  await make("2026-03-02", START - 5);
  await make("2026-03-02", START + 5);
  await make("1999-12-31", START + 9);
  await book.create("morning", { date: "2026-03-05", pain: 1 });
  await book.create("future-kind", { date: "2026-03-09" });
  const { entries } = await book.list();
  assert.deepEqual(
    entries.map((one) => one.body.notes),
    [
      `2026-03-02 ${START + 5}`,
      `2026-03-02 ${START - 5}`,
      `2026-03-01 ${START}`,
      `1999-12-31 ${START + 9}`,
    ],
  );
});

test("pages of a list of 5,000 join without a gap or a repetition", async () => {
  const phone = new Phone();
  const store = new Store(phone.env(), "dbs-local");
  await store.counts();
  await store.db.write(["entry"], async (tx) => {
    for (let i = 0; i < 5000; i++) {
      const id = String(i).padStart(5, "0");
      const order = ["session", -20260101 - (i % 365), -(i % 7), id];
      await tx.objectStore("entry").put({ id, kind: "session", body: {}, state: "synced", order });
    }
  });
  const book = await phone.open();
  const seen = [];
  let page = await book.list({ limit: 300 });
  assert.equal(page.entries.length, 300);
  for (;;) {
    seen.push(...page.entries.map((one) => one.id));
    if (!page.next) break;
    page = await book.list({ limit: 300, after: page.next });
  }
  assert.equal(new Set(seen).size, 5000);
  assert.equal(seen.length, 5000);
});

test("ids and mids keep rising over a restart and a clock set back", async () => {
  const phone = new Phone();
  const first = await (await phone.open()).create("session", session());
  phone.kill();
  phone.time -= 86_400_000;
  const second = await (await phone.open()).create("session", session());
  assert.ok(second.id > first.id);
  assert.deepEqual(
    (await outbox(phone)).map((one) => one.mid),
    [1, 2],
  );
});

test("the browser is asked once to keep our storage, at the first entry", async () => {
  const phone = new Phone();
  const book = await phone.open();
  assert.equal(await book.persisted(), undefined);
  await book.create("session", session());
  await book.create("session", session());
  await (await phone.open()).create("session", session());
  assert.equal(phone.persistAsked, 1);
});

test("another tab hears of a save, and counts it", async () => {
  const phone = new Phone();
  const [here, there] = [await phone.open(), await phone.open()];
  const heard = new Promise((resolve) => {
    there.subscribe((message) => message.type === "sync" && resolve(there.syncState.waiting));
  });
  await here.create("session", session());
  assert.equal(await heard, 1);
});

test("who stopped listening hears nothing", async () => {
  const book = await new Phone().open();
  let heard = 0;
  book.subscribe(() => heard++)();
  await book.create("session", session());
  assert.equal(heard, 0);
});

test("without a rider nothing leaves the phone", async () => {
  let asked = 0;
  const phone = new Phone(async () => {
    asked += 1;
    throw new TypeError();
  });
  const book = await phone.open();
  await book.create("session", session());
  phone.pass(3_600_000);
  assert.deepEqual(await book.syncNow(), { state: "local", pushed: 0, pulled: 0 });
  assert.equal(asked, 0);
});
