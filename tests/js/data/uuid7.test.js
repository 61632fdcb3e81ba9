import assert from "node:assert/strict";
import { test } from "node:test";
import { nextUuid7, uuid4, uuid7Maker } from "../../../static/js/data/uuid7.js";

/** @param {number} value */
const all = (value) => (/** @type {Uint8Array} */ bytes) => bytes.fill(value);

/** @param {number[]} times @param {number} [byte] */
function ids(times, byte = 0xff) {
  /** @type {import("../../../static/js/data/uuid7.js").Tick | undefined} */
  let tick;
  return times.map((now) => {
    const next = nextUuid7(tick, now, all(byte));
    tick = next.tick;
    return next.id;
  });
}

test("an id carries its millisecond, version 7 and the variant", () => {
  assert.deepEqual(ids([0x0199abcdef01]), ["0199abcd-ef01-77ff-bfff-ffffffffffff"]);
});

test("ids rise while the clock stands still", () => {
  const made = ids(new Array(9000).fill(1_790_000_000_000));
  assert.deepEqual(made, [...made].sort());
  assert.equal(new Set(made).size, 9000);
});

test("ids rise while the clock steps back a day", () => {
  const made = ids([1_790_000_000_000, 1_789_913_600_000, 1_789_913_600_001, 1_790_000_000_001]);
  assert.deepEqual(made, [...made].sort());
});

test("uuid4 has its version and variant", () => {
  assert.equal(uuid4(all(0)), "00000000-0000-4000-8000-000000000000");
});

test("ids of one moment differ, follow each other, and share their first half", () => {
  const make = uuid7Maker(() => 1_790_000_000_000, all(0));
  const ids = Array.from({ length: 20 }, make);
  assert.equal(new Set(ids).size, 20);
  assert.deepEqual([...ids].sort(), ids);
  assert.equal(new Set(ids.map((id) => id.slice(0, 15))).size, 1);
});
