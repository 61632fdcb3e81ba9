import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOf } from "../../../static/js/lib/drag-order.js";

test("a row dropped into the gap before or after itself stays where it is", () => {
  assert.equal(placeOf(2, 2), 2);
  assert.equal(placeOf(2, 3), 2);
});

test("a row dropped further down makes room above it, and further up does not", () => {
  assert.equal(placeOf(0, 3), 2);
  assert.equal(placeOf(3, 1), 1);
  assert.equal(placeOf(3, 0), 0);
});
