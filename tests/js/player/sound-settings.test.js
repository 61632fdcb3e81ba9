import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFAULTS, keepSound, readSound } from "../../../static/js/player/sound-settings.js";
import { fakeStorage } from "./fake-phone.js";

const kept = (/** @type {string} */ text) => readSound(fakeStorage({ "dbs-sound": text }));

test("at first everything sounds, and pocket mode is off", () => {
  const { voice, beeps, vibration, muted, pocket } = readSound(fakeStorage());
  assert.deepEqual([voice, beeps, vibration, muted, pocket], [true, true, true, false, false]);
});

test("what is kept is read again", () => {
  const storage = fakeStorage();
  const settings = { ...DEFAULTS, voice: false, voiceVolume: 0.3, pocket: true };
  keepSound(storage, settings);
  assert.deepEqual(readSound(storage), settings);
});

test("whoever had turned the sound off in an older app has it off still", () => {
  assert.equal(kept("off").muted, true);
  assert.equal(kept("on").muted, false);
});

test("what makes no sense is as at first", () => {
  const odd = { voice: "yes", beepVolume: 7, voiceVolume: -1, pocket: true, more: 1 };
  assert.deepEqual(kept(JSON.stringify(odd)), { ...DEFAULTS, pocket: true });
  for (const text of ["{", "null", "7", "[]"]) assert.deepEqual(kept(text), DEFAULTS);
});

test("a browser that keeps nothing does no harm", () => {
  assert.deepEqual(readSound(null), DEFAULTS);
  keepSound(null, DEFAULTS);
  keepSound(
    {
      setItem: () => {
        throw new Error("full");
      },
    },
    DEFAULTS,
  );
});
