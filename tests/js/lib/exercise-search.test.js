import assert from "node:assert/strict";
import { test } from "node:test";
import {
  fits,
  NO_WISH,
  readWish,
  tapped,
  tokens,
  writeWish,
} from "../../../static/js/lib/exercise-search.js";

const clam = {
  step: "activate",
  muscle: "gluteus-medius gluteus-maximus",
  equipment: "mat pillow",
  hip: "mod",
  words: "side-lying clam clamshell ac-03 activate gluteus medius mat",
};

test("an exercise fits when nothing is asked for", () => {
  assert.ok(fits(clam, NO_WISH));
});

test("it is found by part of a word, a synonym, its id and its muscle", () => {
  for (const q of ["cla", "clamshell", "AC-03", "ac 03", "medius"]) {
    assert.ok(fits(clam, { ...NO_WISH, q }), q);
  }
});

test("every typed word must be found", () => {
  assert.ok(fits(clam, { ...NO_WISH, q: "clam side" }));
  assert.ok(!fits(clam, { ...NO_WISH, q: "clam bridge" }));
});

test("plurals, hyphens, accents and capitals do not matter", () => {
  assert.deepEqual(tokens("  Glutes Side-lying Été "), ["glute", "side", "lying", "ete"]);
  assert.ok(fits(clam, { ...NO_WISH, q: "Clams side–lying" }));
});

test("step, muscle and equipment must match whole keys", () => {
  assert.ok(fits(clam, { ...NO_WISH, step: "activate", muscle: "gluteus-maximus" }));
  assert.ok(!fits(clam, { ...NO_WISH, muscle: "gluteus" }));
  assert.ok(!fits(clam, { ...NO_WISH, equipment: "none" }));
  assert.ok(!fits(clam, { ...NO_WISH, step: "stretch" }));
});

test("a sore hip hides what is blocked and nothing else", () => {
  const sore = { ...NO_WISH, hip: "sore" };
  assert.ok(fits(clam, sore));
  assert.ok(!fits({ ...clam, hip: "block" }, sore));
  assert.ok(fits({ ...clam, hip: "only" }, sore));
});

test("a wish survives the address", () => {
  const wish = { ...NO_WISH, q: "hip & back", step: "stretch", hip: "sore" };
  assert.deepEqual(readWish(writeWish(wish)), wish);
  assert.equal(writeWish(NO_WISH), "");
  assert.deepEqual(readWish("?unknown=1"), NO_WISH);
});

test("a tap on a muscle asks for it, and a second tap lets it go", () => {
  assert.equal(tapped("", "tfl"), "tfl");
  assert.equal(tapped("iliopsoas", "tfl"), "tfl");
  assert.equal(tapped("tfl", "tfl"), "");
});
