// Composing: every stroke is kept, and saving loses nothing that another device has changed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyPatch } from "../../../static/js/data/merge.js";
import { Composing } from "../../../static/js/routine/composing.js";
import { signedIn } from "../data/help/people.js";
import { ALICE, Server } from "../data/help/server.js";
import { content, newId } from "./content.js";

const ID = "01900000-0000-7000-8000-0000000000aa";

/** A phone with one routine on it, or none, and what it keeps of what is typed. */
function phone(/** @type {any} */ body = null) {
  const at = {
    /** @type {any} */ entry: body && { id: ID, kind: "routine", body, deleted: false },
    /** @type {any[]} */ saved: [],
    /** @type {any} */ kept: null,
    /** @type {Error | null} */ refuses: null,
    /** @type {Error | null} */ shut: null,
    compose: () =>
      new Composing({
        content,
        id: body ? ID : "",
        newId,
        openLogbook: async () => (at.shut ? Promise.reject(at.shut) : /** @type {any} */ (book)),
        recall: () => at.kept,
        keep: (unsaved) => {
          at.kept = unsaved && JSON.parse(JSON.stringify(unsaved));
        },
      }),
  };
  const book = {
    get: async () => at.entry,
    create: async (/** @type {string} */ kind, /** @type {any} */ made) => {
      if (at.refuses) throw at.refuses;
      at.entry = { id: ID, kind, body: made, deleted: false };
      at.saved.push({ kind, body: made });
      return { id: ID };
    },
    edit: async (/** @type {string} */ _id, /** @type {any} */ { set, unset }) => {
      at.entry = { ...at.entry, body: applyPatch(at.entry.body, set, unset) };
      at.saved.push({ set, unset });
    },
  };
  return at;
}

const item = (/** @type {string} */ exercise, /** @type {object} */ more = {}) => ({
  id: newId(),
  exercise,
  ...more,
});
const slugs = (/** @type {any} */ { items }) => items.map((/** @type {any} */ one) => one.exercise);

test("a new routine is saved as it was put together, and then nothing is left to keep", async () => {
  const at = phone();
  const one = at.compose();
  assert.equal(await one.begin(), "new");
  one.rename("  Mine ");
  assert.equal(one.add("squat"), "Squat added as number 1.");
  one.add("front-plank");
  assert.equal(one.move(1, 0), "Front plank ladder is number 1 of 2 now.");
  one.type(0, { amount: "45" });
  assert.equal(await one.save(), ID);
  const [{ kind, body }] = at.saved;
  assert.equal(kind, "routine");
  assert.equal(body.name, "Mine");
  assert.deepEqual(slugs(body), ["front-plank", "squat"]);
  assert.equal(body.items[0].hold_s, 45);
  assert.equal(at.kept, null);
});

test("every stroke is there again after the page is gone, half a number too", async () => {
  const at = phone();
  const before = at.compose();
  await before.begin();
  before.rename("M");
  before.add("squat");
  before.type(0, { sets: "" });
  const after = at.compose();
  assert.equal(await after.begin(), "recalled");
  assert.deepEqual(after.composition, before.composition);
});

test("a phone that cannot save keeps what was typed", async () => {
  const at = phone();
  const one = at.compose();
  await one.begin();
  one.rename("Mine");
  one.add("squat");
  at.refuses = new Error("full");
  await assert.rejects(one.save());
  assert.equal(at.kept.composition.name, "Mine");
});

test("two taps on Save make one routine, and so does a tap after a refusal or a save", async () => {
  const at = phone();
  const one = at.compose();
  await one.begin();
  one.rename("Mine");
  one.add("squat");
  at.refuses = new Error("full");
  await assert.rejects(one.save());
  at.refuses = null;
  assert.deepEqual(await Promise.all([one.save(), one.save()]), [ID, ID]);
  assert.equal(await one.save(), ID);
  assert.equal(at.saved.length, 1);
});

test("a shut storage is told apart from a routine that is missing; a new one can be begun", async () => {
  const [at, blank] = [phone({ name: "Mine", items: [item("squat")] }), phone()];
  at.shut = blank.shut = new Error("shut");
  await assert.rejects(at.compose().begin(), at.shut);
  assert.equal(await blank.compose().begin(), "new");
});

test("moving past an end changes nothing and says so", async () => {
  const at = phone();
  const one = at.compose();
  await one.begin();
  one.add("squat");
  assert.equal(one.move(0, -1), "Squat is the first already.");
  assert.equal(one.move(0, 1), "Squat is the last already.");
});

test("what another device changed meanwhile is kept beside what was changed here", async () => {
  const items = [item("squat"), item("front-plank")];
  const at = phone({ name: "Mine", items });
  const one = at.compose();
  await one.begin();
  one.type(0, { sets: "4" });
  at.entry.body = {
    name: "Mine, from the laptop",
    items: [...items.map((of, n) => (n ? { ...of, hold_s: 60 } : of)), item("bird-dog")],
  };
  await one.save();
  const { body } = at.entry;
  assert.equal(body.name, "Mine, from the laptop");
  assert.deepEqual(slugs(body), ["squat", "front-plank", "bird-dog"]);
  assert.equal(body.items[0].sets, 4);
  assert.equal(body.items[1].hold_s, 60);
});

for (const reloaded of [false, true]) {
  test(`a name that another device changed too gives way, and is told${reloaded ? ", after a reload as well" : ""}`, async () => {
    const server = new Server();
    const [phone, laptop] = [await signedIn(server, 1), await signedIn(server, 2)];
    const items = [item("squat"), item("front-plank")];
    const { id } = await phone.book.create("routine", { name: "Mine", items });
    await phone.book.syncNow();
    await laptop.book.syncNow();
    /** @type {any} */
    let kept = null;
    const compose = () =>
      new Composing({
        ...{ content, id, newId, openLogbook: async () => phone.book, recall: () => kept },
        keep: (unsaved) => (kept = unsaved && JSON.parse(JSON.stringify(unsaved))),
      });
    let composing = compose();
    await composing.begin();
    composing.rename("From the phone");
    composing.remove(0);
    await laptop.book.edit(id, { set: { name: "From the laptop" } });
    await laptop.book.syncNow();
    await phone.book.syncNow(); // it comes while the routine is put together
    if (reloaded) await (composing = compose()).begin();
    await composing.save();
    assert.equal((await phone.book.get(id))?.body.name, "From the phone");
    await phone.book.syncNow();
    const { body, lost } = /** @type {any} */ (server.log(ALICE.id).entries.get(id));
    assert.deepEqual([body.name, slugs(body)], ["From the phone", ["front-plank"]]);
    assert.deepEqual(lost, { name: "From the laptop" });
  });
}

test("a change elsewhere shows at once where nothing was typed, and waits where something was", async () => {
  const at = phone({ name: "Mine", items: [item("squat")] });
  const one = at.compose();
  await one.begin();
  at.entry.body = { ...at.entry.body, name: "Laptop" };
  await one.renew();
  assert.equal(one.composition.name, "Laptop");
  one.rename("Phone");
  at.entry.body = { ...at.entry.body, name: "Laptop again" };
  await one.renew();
  assert.equal(one.composition.name, "Phone");
});

test("only what was changed is saved; nothing changed saves nothing", async () => {
  const at = phone({ name: "Mine", items: [item("squat")] });
  const one = at.compose();
  await one.begin();
  await one.save();
  assert.deepEqual(at.saved, []);
  one.rename("Yours");
  await one.save();
  assert.deepEqual(at.saved, [{ set: { name: "Yours" }, unset: [] }]);
});

test("changes can be dropped, and a routine that is not here is missing", async () => {
  const at = phone({ name: "Mine", items: [item("squat")] });
  const one = at.compose();
  await one.begin();
  one.remove(0);
  assert.ok(one.dirty);
  one.drop();
  assert.ok(!one.dirty);
  assert.equal(at.kept, null);
  at.entry.deleted = true;
  assert.equal(await at.compose().begin(), "missing");
  at.entry = { id: ID, kind: "session", body: {}, deleted: false };
  assert.equal(await at.compose().begin(), "missing");
});

test("a swap stands in the place of what it replaces", async () => {
  const at = phone();
  const one = at.compose();
  await one.begin();
  one.add("outer-thigh-roll");
  one.add("squat");
  assert.equal(one.swap(0, "quadriceps-roll"), "Quadriceps roll is in its place.");
  assert.deepEqual(slugs(one.body), ["quadriceps-roll", "squat"]);
});
