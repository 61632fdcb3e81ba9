import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { BESIDE, rows } from "../../../tools/rows.mjs";
import { paintRules } from "../../../tools/still.mjs";
import { exercises, posedVersions } from "./library.js";

const read = (/** @type {string} */ path) =>
  readFile(new URL(`../../../static/${path}`, import.meta.url), "utf8");
const pictures = await read("small-figures.svg");
const beside = await read("version-figures.svg");

test("the small pictures are those of the poses as they are now (make figures)", async () => {
  const css = paintRules(await read("css/components/figure-paint.css"));
  assert.equal(pictures, rows(exercises, css));
  assert.equal(beside, rows(posedVersions, css, BESIDE));
});

test("each pose has a place of its own in its file, which a page can ask for", () => {
  for (const [file, poses] of /** @type {const} */ ([
    [pictures, exercises],
    [beside, posedVersions],
  ])) {
    const views = [...file.matchAll(/<view id="([^"]+)" viewBox="0 (\d+) 144 108"/g)];
    assert.deepEqual(
      views.map(([, slug, top]) => [slug, Number(top)]),
      Object.keys(poses).map((slug, i) => [slug, i * 108]),
    );
  }
});

test("all of them together weigh at most 24 KB, the versions, fetched only without script, 40", () => {
  assert.ok(brotliCompressSync(pictures).length <= 24_000);
  assert.ok(brotliCompressSync(beside).length <= 40_000);
});

test("one that is known by where it leads shows that, and another does not", () => {
  const ladder = exercises["bridge-ladder"];
  const pictured = (/** @type {typeof ladder} */ one) => rows({ one }, "");
  const leads = { ...ladder, figure: ladder.variants.harder };
  assert.equal(pictured(ladder), pictured(leads));
  const { also, ...plain } = ladder.figure;
  assert.equal(also, "harder");
  assert.notEqual(pictured({ ...ladder, figure: plain }), pictured(ladder));
});
