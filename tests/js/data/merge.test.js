import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { applyPatch, diff, mergePatch, same } from "../../../static/js/data/merge.js";

const file = new URL("../../contract/merge.json", import.meta.url);
const cases = JSON.parse(readFileSync(file, "utf8"));

for (const { name, input, expected } of cases) {
  if (input.op !== "patch") continue; // What a deletion comes to, the server alone decides.
  test(`contract: ${name}`, () => {
    const merged = mergePatch(input.base, input.theirs, input, input.children ?? undefined);
    assert.ok(same(merged, expected), JSON.stringify(merged));
  });
}

test("a diff, applied, makes the one body of the other", () => {
  const before = { effort: 5, notes: "dry", sets: [{ id: "a", done: 8 }], pain_peak: null };
  const after = { effort: 6, sets: [{ done: 8, id: "a" }], felt_glutes: 7 };
  const patch = diff(before, after);
  assert.deepEqual(patch, { set: { effort: 6, felt_glutes: 7 }, unset: ["notes"] });
  assert.ok(same(applyPatch(before, patch.set, patch.unset), after));
});

test("null and absent are the same, zero and absent are not", () => {
  assert.deepEqual(diff({}, { pain_peak: null }), { set: {}, unset: [] });
  assert.deepEqual(diff({}, { pain_peak: 0 }), { set: { pain_peak: 0 }, unset: [] });
});
