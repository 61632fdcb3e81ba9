import assert from "node:assert/strict";
import { test } from "node:test";
import { notesOf } from "../../../static/js/player/notes.js";

const WELL = { unkept: false, pocket: false, refused: false, lit: true };

test("a phone that can do everything has nothing to say", () => {
  assert.deepEqual(notesOf("ready", WELL), []);
  assert.deepEqual(notesOf("play", WELL), []);
});

test("a screen that goes dark is told of before the start, unless the pocket is wanted", () => {
  assert.match(notesOf("ready", { ...WELL, lit: false })[0], /cannot keep the screen on/);
  assert.deepEqual(notesOf("play", { ...WELL, lit: false }), []);
  const [note, ...more] = notesOf("ready", { ...WELL, lit: false, pocket: true });
  assert.match(note, /Pocket mode is on/);
  assert.deepEqual(more, []);
});

test("a refused track is told of while the routine runs, and only where it was wanted", () => {
  assert.match(notesOf("play", { ...WELL, pocket: true, refused: true })[0], /No pocket mode/);
  assert.deepEqual(notesOf("play", { ...WELL, refused: true }), []);
});

test("a place that is not kept comes first, on every screen", () => {
  const poor = { unkept: true, pocket: true, refused: true, lit: false };
  for (const screen of /** @type {const} */ (["ready", "play", "end"]))
    assert.match(notesOf(screen, poor)[0], /keep your place/);
});
