// What the plan has against a routine: said in the words of its rules, and never in the way.
import assert from "node:assert/strict";
import { test } from "node:test";
import { warningsIn } from "../../../static/js/routine/warnings.js";
import { content, newId } from "./content.js";

const { activation_rules: rules, exercises } = content;

/**
 * @param {(string | object)[]} items
 * @param {boolean} [sore]
 */
const told = (items, sore = false) => {
  const own = items.map((item) => ({
    id: newId(),
    ...(typeof item === "string" ? { exercise: item } : /** @type {any} */ (item)),
  }));
  return warningsIn(own, content, sore);
};
/** @param {ReturnType<typeof told>} found */
const texts = (found) => found.map((of) => of.map(({ text }) => text));

test("no routine of the plan is warned about, hip sore or not", () => {
  for (const { items, lateral_hip: gentle } of Object.values(content.routines)) {
    const slugs = items.map((/** @type {any} */ item) => item.exercise);
    const found = told(slugs, gentle).flat();
    assert.deepEqual(
      found.filter(({ text }) => !text.startsWith("Change it")),
      [],
    );
  }
});

test("more or less than step 3 asks for is answered in the words of its rule", () => {
  const bridge = { exercise: "double-leg-bridge" };
  for (const dose of [{ sets: 3 }, { sets: 1 }, { reps: 7 }, { reps: 11 }]) {
    assert.deepEqual(texts(told([{ ...bridge, ...dose }])), [[rules.dose]], JSON.stringify(dose));
  }
  assert.deepEqual(texts(told([{ ...bridge, rest_s: 16 }])), [[rules.rest]]);
  assert.deepEqual(texts(told([{ ...bridge, reps: 10, rest_s: 15 }])), [[]]);
});

test("strength before activation tires the muscle that is to be woken", () => {
  assert.deepEqual(texts(told(["squat", "double-leg-bridge"])), [[], [rules.fresh]]);
  assert.deepEqual(texts(told(["double-leg-bridge", "squat"])), [[], []]);
});

test("the other steps have no such rules", () => {
  assert.deepEqual(texts(told([{ exercise: "squat", sets: 6, reps: 30, rest_s: 240 }])), [[]]);
});

test("with a sore outer hip what presses on it is warned about, with what to take instead", () => {
  const [[warning]] = told(["outer-thigh-roll"], true);
  const { why, swap } = exercises["outer-thigh-roll"].lateral_hip;
  assert.equal(warning.text, `Leave it out for now. ${why}`);
  assert.deepEqual(warning.swaps, swap);
  assert.deepEqual(texts(told(["outer-thigh-roll"])), [[]]);
});

test("no swap is offered that is in the routine already", () => {
  const [first, ...others] = exercises["outer-thigh-roll"].lateral_hip.swap;
  const [[warning]] = told(["outer-thigh-roll", first], true);
  assert.deepEqual(warning.swaps, others);
});

test("what may stay with a change says how, and what may stay says nothing", () => {
  const [[clam]] = told(["side-lying-clam"], true);
  const { change, why } = exercises["side-lying-clam"].lateral_hip;
  assert.equal(clam.text, `Change it: ${change} ${why}`);
  assert.deepEqual(texts(told(["double-leg-bridge"], true)), [[]]);
});

test("what is only for a sore hip says so, and an unknown exercise has no rules", () => {
  assert.match(texts(told(["lying-static-abduction"]))[0][0], /only for a sore outer hip/);
  assert.deepEqual(texts(told(["lying-static-abduction"], true)), [[]]);
  assert.deepEqual(texts(told(["constructor"], true)), [[]]);
});
