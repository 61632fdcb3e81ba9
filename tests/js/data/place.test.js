import assert from "node:assert/strict";
import { test } from "node:test";
import { placeAfter } from "../../../static/js/data/place.js";

/** @import { Reset } from "../../../static/js/data/place.js" */
/** @import { Result } from "../../../static/js/data/settle.js" */

/** @param {string} cursor @param {Reset | null} [reset] */
const at = (cursor, reset = null) => ({ cursor, generation: 0, reset });

/** @param {[Result["status"], number][]} results @param {number} seq @param {string} [epoch] */
const push = (results, seq, epoch = "e1") => ({
  ...{ epoch, seq, proto: 1 },
  results: results.map(([status, own], i) => ({ mid: i + 1, status, rev: 1, seq: own })),
});

/** @type {[string, ReturnType<typeof at>, ReturnType<typeof push>, string][]} */
const CASES = [
  [
    "all was taken, and nobody else wrote",
    at("e1:4"),
    push(
      [
        ["ok", 5],
        ["ok", 6],
      ],
      6,
    ),
    "e1:6",
  ],
  ["nothing was pulled yet", at(""), push([["ok", 5]], 5), "e1:0"],
  ["somebody else wrote before", at("e1:4"), push([["ok", 6]], 6), "e1:4"],
  ["one was sent a second time", at("e1:4"), push([["ok", 3]], 5), "e1:4"],
  [
    "one was merged",
    at("e1:4"),
    push(
      [
        ["ok", 5],
        ["merged", 6],
      ],
      6,
    ),
    "e1:4",
  ],
  ["one was refused", at("e1:4"), push([["rejected", 5]], 5), "e1:4"],
  ["it is another log", at("e1:4"), push([["ok", 5]], 5, "e2"), "e1:4"],
  ["tombstones are still to come", at("e1:4:9"), push([["ok", 5]], 5), "e1:4:9"],
  ["it begins anew", at("e1:4", "gc"), push([["ok", 5]], 5), "e1:4"],
];

for (const [what, before, answered, after] of CASES) {
  test(`the cursor after a push: ${what}`, () => {
    assert.deepEqual(placeAfter(before, answered), { ...before, cursor: after });
  });
}

test("the cursor stays where the server keeps something else than was sent", () => {
  const answered = { ...push([["ok", 5]], 5), altered: true };
  assert.deepEqual(placeAfter(at("e1:4"), answered), at("e1:4"));
});
