/** The server's answers of the contract, as the phone reads them; pytest checks the same file. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { checkOf } from "../../../static/js/data/check.js";
import { serverCopy } from "../../../static/js/data/outbox.js";

const file = new URL("../../contract/wire.json", import.meta.url);
const cases = JSON.parse(await readFile(file, "utf8"));

for (const { name, input, expected } of cases) {
  test(`contract: after its pulls the phone agrees with the server: ${name}`, () => {
    const held = new Map();
    for (const [i, { status, body }] of expected.entries()) {
      if (status !== 200 || !input[i].pull || (i && !held.size && input[i].pull.cursor)) continue;
      for (const change of body.changes) held.set(change.id, serverCopy(change));
      const entries = [...held].map(([id, server]) => ({ id, server }));
      if (body.check) assert.deepEqual(checkOf(entries), body.check);
    }
  });

  test(`contract: every result is one that the phone knows: ${name}`, () => {
    for (const { body } of expected) {
      for (const result of body.results ?? []) {
        assert.ok(["ok", "merged", "duplicate", "rejected", "retry"].includes(result.status));
        assert.equal(result.status === "merged", result.entry !== undefined);
        assert.equal(result.status === "rejected", result.errors !== undefined);
        assert.equal(result.lost_rev !== undefined, result.lost !== undefined);
      }
    }
  });
}
