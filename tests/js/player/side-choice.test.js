import assert from "node:assert/strict";
import { test } from "node:test";
import { choicesIn, Sides } from "../../../static/js/player/sides.js";
import { exercises, routine } from "./small.js";

/** A phone's storage. */
function storage(kept = /** @type {string | null} */ (null)) {
  return {
    getItem: () => kept,
    setItem: (/** @type {string} */ _key, /** @type {string} */ value) => {
      kept = value;
    },
  };
}

/** @param {any[]} bodies of the log, newest first */
const logOf = (bodies) => async () => ({
  list: async () => ({ entries: bodies.map((body) => ({ body })) }),
});

test("as long as nobody chose, left begins and the sides take turns", () => {
  const sides = new Sides(storage());
  assert.deepEqual([sides.fresh, sides.order], [true, { turns: "set", first: "L" }]);
});

test("it is asked once, and the answer is kept on the phone", () => {
  const phone = storage();
  const asked = new Sides(phone);
  asked.choose({ first: "R" });
  asked.choose({ turns: "side" });
  const later = new Sides(phone);
  assert.deepEqual([later.fresh, later.order], [false, { turns: "side", first: "R" }]);
});

test("the side that hurt last begins, unless the rider said otherwise", async () => {
  const log = logOf([{ pain_side: "both" }, {}, { pain_side: "R" }, { pain_side: "L" }]);
  const phone = storage();
  const sides = new Sides(phone);
  await sides.look(log);
  assert.deepEqual([sides.sore, sides.order.first], ["R", "R"]);
  sides.choose();
  assert.equal(new Sides(phone).order.first, "L");
  sides.choose({ first: "L" });
  assert.equal(sides.order.first, "L");
});

test("a log that cannot be read, and a phone that keeps nothing, are no reason to fail", async () => {
  const refusing = {
    getItem: () => assert.fail("refused"),
    setItem: () => assert.fail("full"),
  };
  for (const phone of [null, refusing]) {
    const sides = new Sides(phone);
    await sides.look(() => Promise.reject(new Error("no store")));
    sides.choose({ first: "R" });
    assert.deepEqual(sides.order, { turns: "set", first: "R" });
  }
});

test("what makes no sense in the store is not taken", () => {
  for (const kept of ["", "null", "[]", "{}", '{"turns":"set","first":"up"}', '{"first":"L"}']) {
    assert.equal(new Sides(storage(kept)).fresh, true, kept);
  }
});

test("it is asked where sides are worked apart, and for the order where they have several sets", () => {
  const with_ = (/** @type {number[]} */ ...indexes) => ({
    items: indexes.map((index) => routine.items[index]),
  });
  assert.deepEqual(choicesIn(routine, exercises), { first: true, turns: true });
  assert.deepEqual(choicesIn(with_(1), exercises), { first: true, turns: false });
  assert.deepEqual(choicesIn(with_(2), exercises), { first: false, turns: false });
});
