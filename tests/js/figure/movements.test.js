import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { litOf } from "../../../static/js/figure/still.js";
import { paintRules, still } from "../../../tools/still.mjs";
import { exercises, posedVersions } from "./library.js";
import { problems } from "./problems.js";

const file = (/** @type {string} */ path) => new URL(`../../../static/${path}`, import.meta.url);

for (const [slug, one] of Object.entries({ ...exercises, ...posedVersions })) {
  test(`${slug}: sound bones, possible joints, feet that stay, in every frame`, () => {
    assert.deepEqual(problems(one.figure), []);
  });
}

test("where one foot alone is held, the muscles of one leg glow, and not of the one in the air", () => {
  for (const [slug, one] of Object.entries({ ...exercises, ...posedVersions })) {
    const feet = ["foot_l", "foot_r"].filter((foot) => foot in (one.figure.pins ?? {}));
    if (feet.length === 1) assert.notEqual(litOf(one).sides, "both", slug);
  }
});

test("the stills are those of the poses as they are now (make figures)", async () => {
  const css = paintRules(await readFile(file("css/components/figure-paint.css"), "utf8"));
  for (const [slug, one] of Object.entries(exercises))
    assert.equal(await readFile(file(`figures/${slug}.svg`), "utf8"), still(one, css), slug);
  const names = (await readdir(file("figures/"))).sort();
  assert.deepEqual(
    names,
    Object.keys(exercises)
      .map((slug) => `${slug}.svg`)
      .sort(),
  );
});

test("a pose set weighs at most 400 bytes on average", () => {
  const sizes = Object.values(exercises).map(
    (one) => gzipSync(JSON.stringify({ ...one.figure, start: "", end: "" })).length,
  );
  const mean = sizes.reduce((a, b) => a + b, 0) / sizes.length;
  assert.ok(mean <= 400, `${mean.toFixed(0)} bytes`);
});

test("a still weighs at most 2.6 KB compressed on average, and none over 3.7", async () => {
  const names = (await readdir(file("figures/"))).filter((name) => name.endsWith(".svg"));
  const sizes = await Promise.all(
    names.map(
      async (name) => gzipSync(await readFile(file(`figures/${name}`)), { level: 9 }).length,
    ),
  );
  const mean = sizes.reduce((a, b) => a + b, 0) / sizes.length;
  assert.ok(mean <= 2600, `${mean.toFixed(0)} bytes`);
  assert.ok(Math.max(...sizes) <= 3700, `${Math.max(...sizes)} bytes`);
});
