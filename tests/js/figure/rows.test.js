import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { rows } from "../../../tools/rows.mjs";
import { paintRules } from "../../../tools/still.mjs";
import { exercises } from "./library.js";

const read = (/** @type {string} */ path) =>
  readFile(new URL(`../../../static/${path}`, import.meta.url), "utf8");
const pictures = await read("small-figures.svg");

test("the small pictures are those of the poses as they are now (make figures)", async () => {
  const css = paintRules(await read("css/components/figure-paint.css"));
  assert.equal(pictures, rows(exercises, css));
});

test("each exercise has a place of its own in the file, which a row can ask for", () => {
  const views = [...pictures.matchAll(/<view id="([^"]+)" viewBox="0 (\d+) 144 108"/g)];
  assert.deepEqual(
    views.map(([, slug, top]) => [slug, Number(top)]),
    Object.keys(exercises).map((slug, i) => [slug, i * 108]),
  );
});

test("all of them together weigh at most 24 KB", () => {
  assert.ok(brotliCompressSync(pictures).length <= 24_000);
});
