import assert from "node:assert/strict";
import { test } from "node:test";
import { bodies, signedIn } from "./help/people.js";
import { session } from "./help/phone.js";
import { ALICE, Server } from "./help/server.js";

/** @param {any} mine @param {any} theirs what both phones make of one session at once */
async function edited(mine, theirs, start = session({ effort: 5, notes: "dry" })) {
  const server = new Server();
  const a = await signedIn(server, 1);
  const b = await signedIn(server, 2);
  const { id } = await a.book.create("session", start);
  await a.book.syncNow();
  await b.book.syncNow();
  await (mine ? a.book.edit(id, mine) : a.book.remove(id));
  await (theirs ? b.book.edit(id, theirs) : b.book.remove(id));
  await a.book.syncNow();
  await b.book.syncNow();
  await a.book.syncNow();
  const everywhere = async () => {
    for (const { book } of [a, b, a]) await book.syncNow();
    const here = (await a.book.list()).entries.map(({ body, lost }) => [body, lost]);
    assert.deepEqual(
      here,
      (await b.book.list()).entries.map(({ body, lost }) => [body, lost]),
    );
    assert.deepEqual(await b.book.conflicts(), []);
    return here;
  };
  return { server, a, b, id, everywhere };
}

test("what was edited on two devices is listed on both", async () => {
  const { a, b, id } = await edited({ set: { notes: "wet" } }, { set: { notes: "snow" } });
  for (const { book } of [a, b]) {
    const listed = await book.conflicts();
    assert.deepEqual(
      listed.map((one) => [one.id, one.body.notes, one.lost]),
      [[id, "snow", { rev: 3, notes: "wet" }]],
    );
  }
});

test("this one: it stays, and nobody is asked again", async () => {
  const { a, id, everywhere } = await edited({ set: { notes: "wet" } }, { set: { notes: "snow" } });
  await a.book.settleConflict(id, "this");
  assert.deepEqual(await everywhere(), [[session({ effort: 5, notes: "snow" }), undefined]]);
});

test("the other: its values come back, and nobody is asked again", async () => {
  const { b, id, everywhere } = await edited(
    { set: { notes: "wet" }, unset: ["effort"] },
    { set: { notes: "snow", effort: 9 } },
  );
  await b.book.settleConflict(id, "other");
  assert.deepEqual(await everywhere(), [[session({ notes: "wet" }), undefined]]);
});

test("the other of a deletion: it is deleted", async () => {
  const { a, id, everywhere } = await edited(null, { set: { notes: "snow" } });
  await a.book.settleConflict(id, "other");
  assert.deepEqual(await everywhere(), []);
});

test("the other of two sets: that set is as it was there, the rest stays", async () => {
  const [x, y] = [
    { id: "x", done: 8 },
    { id: "y", done: 8 },
  ];
  const { a, id, everywhere } = await edited(
    { set: { sets: [{ ...x, done: 10 }] } },
    { set: { sets: [{ ...x, done: 9 }, { ...y, done: 9 }], notes: "wet" } }, // prettier-ignore
    session({ sets: [x, y] }),
  );
  await a.book.settleConflict(id, "other");
  const [[body]] = await everywhere();
  assert.deepEqual(body, session({ sets: [{ ...x, done: 10 }], notes: "wet" }));
});

test("an edit made meanwhile settles it without another request", async () => {
  const { server, a, id, everywhere } = await edited(
    { set: { notes: "wet" } },
    { set: { notes: "snow" } },
  );
  await a.book.edit(id, { set: { effort: 1 } });
  await a.book.settleConflict(id, "this");
  assert.equal((await a.outbox()).length, 1);
  await everywhere();
  assert.equal(server.log(ALICE.id).entries.get(id).body.notes, "snow");
  assert.deepEqual((await bodies(a.book))[0][1], "synced");
});

test("a deletion that is undone before it was sent is no answer", async () => {
  const { a, b, id } = await edited({ set: { notes: "wet" } }, { set: { notes: "snow" } });
  await a.book.remove(id);
  assert.deepEqual(await a.book.conflicts(), []);
  await a.book.restore(id);
  assert.deepEqual(await a.book.conflicts(), await b.book.conflicts());
});

test("an edit that is refused and discarded is no answer", async () => {
  const { server, a, b, id } = await edited({ set: { notes: "wet" } }, { set: { notes: "snow" } });
  server.errorsOf = () => ({ effort: "0 to 10" });
  await a.book.edit(id, { set: { effort: 99 } });
  assert.deepEqual(await a.book.conflicts(), []);
  await a.book.syncNow();
  assert.equal((await a.book.get(id))?.state, "attention");
  await a.book.discard(id);
  assert.deepEqual(await a.book.conflicts(), await b.book.conflicts());
});

test("an edit made before the other one was seen answers nothing", async () => {
  const { a, b, id } = await edited({ set: { notes: "wet" } }, { set: { notes: "snow" } });
  await b.book.edit(id, { set: { effort: 1 } });
  await a.book.edit(id, { set: { effort: 9 } });
  await a.book.syncNow();
  await b.book.syncNow();
  const [told] = await b.book.conflicts();
  assert.deepEqual([told.body.effort, told.lost], [1, { rev: 5, effort: 9 }]);
});

/** A change of the phone is refused; the laptop has edited the notes since, and the phone heard of it. */
async function refusedAndEdited(/** @type {any} */ set) {
  const server = new Server();
  server.errorsOf = ({ set = {} }) => (set.effort > 10 ? { effort: "0 to 10" } : null);
  const [a, b] = [await signedIn(server, 1), await signedIn(server, 2)];
  const { id } = await a.book.create("session", session({ effort: 1, notes: "first" }));
  await a.book.syncNow();
  await b.book.syncNow();
  await a.book.edit(id, { set: { effort: 11, ...set } });
  await a.book.syncNow();
  await b.book.edit(id, { set: { notes: "from the laptop" } });
  await b.book.syncNow();
  await a.book.syncNow();
  return { server, a, b, id, held: () => server.log(ALICE.id).entries.get(id) };
}

test("a refused change that is put right overwrites nothing that it hid", async () => {
  const { a, b, id, held } = await refusedAndEdited({ notes: "from the phone" });
  assert.equal((await a.book.get(id))?.body.notes, "from the phone");
  await a.book.edit(id, { set: { effort: 5 } });
  await a.book.syncNow();
  await b.book.syncNow();
  assert.deepEqual(held().body, session({ effort: 5, notes: "from the phone" }));
  for (const { book } of [a, b]) assert.equal((await book.get(id))?.lost?.notes, "from the laptop");
});

test("a refused change that is sent again as it is overwrites nothing that it hid", async () => {
  const { server, a, id, held } = await refusedAndEdited({ notes: "from the phone" });
  server.errorsOf = () => null;
  await a.book.resend(id);
  await a.book.syncNow();
  assert.deepEqual(held().body, session({ effort: 11, notes: "from the phone" }));
  assert.equal((await a.book.get(id))?.lost?.notes, "from the laptop");
});

test("a refused change that hid nothing is put right on top of what came since", async () => {
  const { a, id, held } = await refusedAndEdited({});
  assert.equal((await a.book.get(id))?.body.notes, "from the laptop");
  await a.book.edit(id, { set: { effort: 5, notes: "first" } });
  await a.book.syncNow();
  assert.deepEqual(held().body, session({ effort: 5, notes: "first" }));
  assert.equal(held().lost, undefined);
});

test("a refused change that is put right over a deletion comes back as it shows", async () => {
  const { a, b, id, held } = await refusedAndEdited({ notes: null });
  await b.book.remove(id);
  await b.book.syncNow();
  await a.book.syncNow();
  await a.book.edit(id, { set: { effort: 5 } });
  await a.book.syncNow();
  assert.deepEqual(held().body, session({ effort: 5 }));
  assert.deepEqual((await a.book.get(id))?.body, session({ effort: 5 }));
  assert.deepEqual(held().lost, {});
});
