// The scripts are served without their comments (dbsapp/pwa/publish.py): the code must be the same.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const SERVED = `
import json, pathlib, sys
from dbsapp.pwa.publish import without_comments
print(json.dumps([without_comments(pathlib.Path(f).read_bytes()).decode() for f in sys.argv[1:]]))
`;

/**
 * The code that the source stands for, printed afresh without its comments.
 * @param {string} source
 */
function printed(source) {
  const file = ts.createSourceFile(
    "it.js",
    source,
    ts.ScriptTarget.Latest,
    false,
    ts.ScriptKind.JS,
  );
  return ts.createPrinter({ removeComments: true }).printFile(file);
}

test("every script is the same code with and without its comments", () => {
  const names = readdirSync(`${root}static`, { encoding: "utf8", recursive: true });
  const files = names.filter((name) => name.endsWith(".js")).map((name) => `static/${name}`);
  const served = execFileSync(`${root}.venv/bin/python`, ["-c", SERVED, ...files], {
    cwd: root,
    maxBuffer: 1e8,
  });
  /** @type {string[]} */
  const texts = JSON.parse(served.toString());
  let saved = 0;
  for (const [index, file] of files.entries()) {
    const source = readFileSync(root + file, "utf8");
    assert.equal(printed(texts[index]), printed(source), file);
    saved += source.length - texts[index].length;
  }
  assert.ok(saved > 10_000, `only ${saved} characters of comments went`);
});
