import assert from "node:assert/strict";
import { test } from "node:test";
import { checkOf, entryHash } from "../../../static/js/data/check.js";

const ID = "01900000-0000-7000-8000-00000000000a";
const EXPECTED = ["98ae7f60", "65f02f9e", "8ba348cc"];

// The values are those of `entry_hash` in dbsapp/sync/protocol.py.
test("the hash is the server's", () => {
  assert.deepEqual(
    [1, 2, 1000].map((rev) => (entryHash(ID, rev) >>> 0).toString(16)),
    EXPECTED,
  );
});

test("tombstones, and what the server never had, do not count", () => {
  const alive = { id: ID, server: { rev: 1, seq: 1, body: {} } };
  const dead = { id: "b", server: { rev: 2, seq: 2, body: null } };
  assert.deepEqual(checkOf([alive, dead, { id: "c", server: null }]), {
    count: 1,
    hash: EXPECTED[0],
  });
});
