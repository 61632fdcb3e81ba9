// The recording is one that was made earlier: it must say what the player says now.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { cuesOf } from "../../../static/js/player/cue-list.js";
import { buildTimeline } from "../../../static/js/player/timeline.js";
import { vocabulary } from "../../../static/js/player/vocabulary.js";
import VOICE from "../../../static/voice/index.js";
import { hashOf } from "../../../tools/voice/hash.mjs";
import { content } from "./content.js";

const folder = new URL("../../../static/voice/", import.meta.url);
const words = vocabulary(content.exercises);
const renew = "say it again: make voice";

/** Every exercise, as a rider may put all of them into one routine. */
const everything = {
  ...content.routines["roll-full"],
  items: Object.entries(content.exercises).map(([slug, { dose }]) => {
    return { exercise: slug, dose, duration_s: 0 };
  }),
};

test("it was recorded from the words of today", () => {
  assert.equal(VOICE.words, hashOf(words), renew);
});

test("another word, or one more, makes another hash; another order does not", () => {
  const { rest, ...others } = words;
  assert.notEqual(hashOf({ ...words, rest: "Breathe." }), VOICE.words);
  assert.notEqual(hashOf(others), VOICE.words);
  assert.equal(hashOf({ ...others, rest }), hashOf(words));
});

for (const routine of [...Object.values(content.routines), everything]) {
  test(`each word of ${routine === everything ? "all exercises" : routine.slug} has its clip`, () => {
    const cues = cuesOf(buildTimeline(routine, content.exercises), content.exercises);
    const said = cues.flatMap(({ clips = [] }) => clips);
    assert.ok(said.length > 0);
    assert.deepEqual(
      said.filter((key) => !(key in VOICE.clips)),
      [],
      renew,
    );
  });
}

test("every exercise has a name and a cue that fit into its set-up", () => {
  const cues = cuesOf(buildTimeline(everything, content.exercises), content.exercises);
  const said = new Set(cues.flatMap(({ clips = [] }) => clips));
  for (const slug of Object.keys(content.exercises)) {
    assert.ok(said.has(`name/${slug}`), slug);
    assert.ok(said.has(`say/${slug}`), slug);
  }
});

test("its clips lie one after the other, each of a length that a word has", () => {
  let end = VOICE.marker;
  for (const [key, [start, seconds]] of Object.entries(VOICE.clips).sort(
    ([, a], [, b]) => a[0] - b[0],
  )) {
    assert.ok(start > end, key);
    assert.ok(seconds > 0.2 && seconds < 4, `${key}: ${seconds} s`);
    end = start + seconds;
  }
});

test("it is one file, named by what is in it, of no more than 600 KB, with its licence beside it", () => {
  const file = readFileSync(new URL(VOICE.file, folder));
  const hash = createHash("sha256").update(file).digest("hex").slice(0, 16);
  assert.equal(VOICE.file, `${hash}.mp3`);
  assert.equal(file.length, VOICE.bytes);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.endsWith(".mp3")),
    [VOICE.file],
  );
  const sizes = readdirSync(folder).map((name) => readFileSync(new URL(name, folder)).length);
  assert.ok(sizes.reduce((sum, size) => sum + size, 0) <= 600_000);
  assert.ok(existsSync(new URL("LICENSE.txt", folder)));
});
