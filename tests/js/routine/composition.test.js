// Putting a routine together: what is typed becomes what is saved, and nothing gets lost on the way.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  BLANK,
  fromBody,
  moved,
  toBody,
  typed,
  withExercise,
  without,
} from "../../../static/js/routine/composition.js";
import { nameProblem, problemsIn, tooMuch } from "../../../static/js/routine/problems.js";
import { content, newId } from "./content.js";

/** @param {string[]} slugs */
const made = (...slugs) =>
  slugs.reduce((all, slug) => withExercise(all, slug, newId(), content), {
    ...BLANK,
    name: "Mine",
  });
/** @param {import("../../../static/js/routine/composition.js").Composition} composition */
const slugs = ({ parts }) => parts.map(({ was }) => was.exercise);
/** @param {import("../../../static/js/routine/composition.js").Composition} composition */
const sentences = (composition) =>
  problemsIn(toBody(composition, content), content).map(({ field, item }) => [field, item]);

test("an exercise comes in with the plan's dose, and is saved without one", () => {
  const one = made("double-leg-bridge");
  assert.deepEqual([one.parts[0].sets, one.parts[0].amount, one.parts[0].rest], ["2", "8", "5"]);
  assert.deepEqual(toBody(one, content).items, [{ ...one.parts[0].was }]);
});

test("a dose that is typed is saved in its own field", () => {
  const both = made("double-leg-bridge", "front-plank");
  const set = typed(typed(both, 0, { sets: "3", amount: " 12" }), 1, { amount: "45", rest: "0" });
  const [bridge, plank] = toBody(set, content).items;
  assert.deepEqual([bridge.sets, bridge.reps, bridge.hold_s], [3, 12, undefined]);
  assert.deepEqual([plank.hold_s, plank.rest_s, plank.reps], [45, 0, undefined]);
  assert.deepEqual(fromBody(toBody(set, content), content).parts[1].amount, "45");
});

test("what is no number is refused beside its field, and stays typed", () => {
  const one = typed(made("double-leg-bridge"), 0, { sets: "many", amount: "", rest: "-1" });
  assert.deepEqual(sentences(one), [
    ["sets", 0],
    ["reps", 0],
    ["rest_s", 0],
  ]);
  assert.equal(one.parts[0].sets, "many");
});

test("a dose said on purpose stays, and fields of a newer app stay too", () => {
  const item = { id: newId(), exercise: "double-leg-bridge", sets: 2, tempo: [1, 1, 1] };
  const body = { name: "Mine", items: [item] };
  assert.deepEqual(toBody(fromBody(body, content), content), body);
});

test("an exercise that has left the plan stays until the rider takes it out", () => {
  const body = { name: "Mine", items: [{ id: newId(), exercise: "old-one", sets: 4 }] };
  const kept = fromBody(body, content);
  assert.deepEqual(toBody(kept, content), body);
  assert.deepEqual(sentences(kept), [["exercise", 0]]);
});

test("parts are moved, replaced and taken out, and the one before is left as it was", () => {
  const three = made("squat", "front-plank", "bird-dog");
  assert.deepEqual(slugs(moved(three, 0, 2)), ["front-plank", "bird-dog", "squat"]);
  assert.deepEqual(slugs(moved(three, 2, 0)), ["bird-dog", "squat", "front-plank"]);
  assert.deepEqual(slugs(moved(three, 0, -1)), slugs(three));
  assert.deepEqual(slugs(moved(three, 2, 9)), slugs(three));
  assert.deepEqual(slugs(without(three, 1)), ["squat", "bird-dog"]);
  const swapped = withExercise(three, "hip-hitch", newId(), content, 1);
  assert.deepEqual(slugs(swapped), ["squat", "hip-hitch", "bird-dog"]);
  assert.deepEqual(slugs(three), ["squat", "front-plank", "bird-dog"]);
});

test("a routine needs a name and something to do", () => {
  assert.deepEqual(sentences(BLANK), [
    ["name", null],
    ["items", null],
  ]);
  assert.equal(nameProblem("Tuesday", content), "");
  assert.equal(nameProblem("🚴".repeat(120), content), "");
  assert.match(nameProblem("x".repeat(121), content), /at most 120/);
});

test("a name can be seen, and does not turn the direction of writing", () => {
  for (const unseen of ["\u200b", "\u2060\ufeff", "\u3164", "\u2800 \u115f", "\ufe0f"]) {
    assert.equal(nameProblem(unseen, content), "Give it a name that can be seen.");
  }
  assert.match(nameProblem("Leg\u061c day", content), /plain words/);
  for (const seen of ["1", "!", "👩\u200d🚒", "다리", "É"])
    assert.equal(nameProblem(seen, content), "");
});

test("a routine of more sets than a log holds is too much, whatever else is wrong with it", () => {
  const squats = (/** @type {number} */ count) =>
    Array.from({ length: count }, () => ({ id: newId(), exercise: "squat", sets: 10 }));
  const most = content.limits.session.sets.max_items;
  const unknown = { id: newId(), exercise: "gone" };
  const sentence = (/** @type {any[]} */ items) => tooMuch({ name: "", items }, content);
  assert.match(
    sentence([...squats(most / 10 + 1), unknown]),
    new RegExp(`a session holds ${most}`),
  );
  assert.equal(sentence([...squats(2), unknown]), "");
  assert.equal(sentence([unknown]), "");
});
