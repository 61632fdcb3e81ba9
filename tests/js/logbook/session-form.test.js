// The same cases as tests/unit/logs/test_forms.py: what the phone lets pass, the server takes.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { check, keeps } from "../../../static/js/lib/field-rules.js";
import { changes, newBody, toValues } from "../../../static/js/lib/session-values.js";

const contract = JSON.parse(
  await readFile(new URL("../../contract/session-form.json", import.meta.url), "utf8"),
);
const scale = { min: 0, max: 10, error: "Use a whole number from 0 to 10." };

/** As the template publishes them; test_forms.py checks that it does. @type {Record<string, any>} */
const RULES = {
  routine: { required: true, choices: ["roll-short", "strength-a", "something-else"], error: "r" },
  date: { required: true, from: "1970-01-01", until: "2026-11-23", error: "d" },
  minutes: { required: true, min: 1, max: 600, error: "m" },
  effort: scale,
  pain_before: scale,
  pain_peak: scale,
  felt_glutes: scale,
  pain_site: { maxLength: 120, error: "s" },
  pain_side: { choices: ["", "L", "R", "both"], error: "c" },
  notes: { maxLength: 4000, error: "Use at most 4,000 characters." },
};

/** "x*4001" is x 4,001 times. @param {string} value */
const spelt = (value) => {
  const [, text, times] = value.match(/^(.+)\*(\d+)$/u) ?? [];
  return text ? text.repeat(Number(times)) : value;
};

for (const [field, value, right] of contract.checks) {
  test(`it ${right ? "takes" : "refuses"} ${field} ${JSON.stringify(value)}`, () => {
    assert.equal(keeps(spelt(value), RULES[field]), right);
  });
}

test("tomorrow is the last day, the day after is refused", () => {
  assert.ok(keeps("2026-11-23", RULES.date));
  assert.ok(!keeps("2026-11-24", RULES.date));
});

test("what a number field cannot show as a value is refused, not taken for nothing", () => {
  assert.ok(!keeps("?", RULES.effort));
});

test("all wrong fields are told at once, in the order of the form", () => {
  const wrong = check({ routine: "", date: "2026-11-22", minutes: "-3", pain_peak: "11" }, RULES);
  assert.deepEqual(Object.keys(wrong), ["routine", "minutes", "pain_peak"]);
  assert.equal(wrong.pain_peak, "Use a whole number from 0 to 10.");
});

for (const { name, now, zone, values, body } of contract.new) {
  test(`a new session: ${name}`, () => {
    const context = { now: Date.parse(now), zone, names: contract.names, version: "v1" };
    assert.deepEqual(newBody(values, context), body);
  });
}

for (const { name, body, values, set, unset } of contract.changes) {
  test(`an edit: ${name}`, () => {
    const patch = changes(body, { ...toValues(body), ...values }, contract.names);
    assert.deepEqual(
      { set: patch.set, unset: patch.unset.toSorted() },
      { set, unset: unset.toSorted() },
    );
  });
}
