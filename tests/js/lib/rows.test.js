import assert from "node:assert/strict";
import { test } from "node:test";
import { keepPlaces } from "../../../static/js/lib/rows.js";
import { rebased } from "../../../static/js/lib/session-values.js";
import { saveTrouble } from "../../../static/js/lib/save-trouble.js";

const item = (/** @type {string} */ id, word = "") => ({ id, word });

test("rows keep their places: what is settled stays where it was, what is new comes last", () => {
  const first = keepPlaces([], [item("b"), item("a")]);
  assert.deepEqual(
    first.map(({ gone }) => gone),
    [false, false],
  );
  const then = keepPlaces(first, [item("c"), item("a", "tried")]);
  assert.deepEqual(then, [
    { item: item("b"), gone: true },
    { item: item("a", "tried"), gone: false },
    { item: item("c"), gone: false },
  ]);
  assert.equal(keepPlaces(then, [item("b")])[0].gone, false);
});

test("an entry that changes under an open form: untouched fields follow, typed ones stay", () => {
  const start = { notes: "was", effort: "3", minutes: "12" };
  const typed = { notes: "mine", effort: "3", minutes: "13" };
  const fresh = { notes: "theirs", effort: "5", minutes: "12" };
  assert.deepEqual(rebased(start, typed, fresh), {
    untouched: { effort: "5" },
    clashes: ["notes"],
  });
});

test("a save that fails says that nothing typed is gone, and what to do", () => {
  /** @type {[string, RegExp][]} */
  const cases = [
    ["QuotaExceededError", /out of room/],
    ["InvalidStateError", /Save once more/],
    ["UnknownError", /Save once more/],
    ["SecurityError", /private windows/],
    ["SomethingElse", /Try once more.*\(SomethingElse\)/],
  ];
  for (const [name, words] of cases) {
    const said = saveTrouble(new DOMException("", name));
    assert.match(said, /^It could not be saved on this phone\. Nothing you typed is gone\./);
    assert.match(said, words);
  }
  assert.match(saveTrouble("odd"), /Try once more/);
});
