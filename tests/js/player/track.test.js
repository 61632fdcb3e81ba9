import assert from "node:assert/strict";
import { test } from "node:test";
import { TONES } from "../../../static/js/player/tones.js";
import { beep, renderTrack } from "../../../static/js/player/track.js";

const RATE = 8000;
/** @type {import("../../../static/js/player/cue-list.js").Cue[]} */
const CUES = [
  { at: 1, kind: "change", phase: 0 },
  { at: 2, kind: "say", phase: 0, clips: ["one", "two", "unknown"] },
  { at: 19.9, kind: "change", phase: 0 },
];
/** A voice that says "one" as 0.5 and "two" as -0.25, half a second each. */
const clips = {
  durations: { one: 0.5, two: 0.5 },
  slices: {
    one: /** @type {[number, number]} */ ([0, 0.5]),
    two: /** @type {[number, number]} */ ([0.5, 0.5]),
  },
  buffer: /** @type {any} */ ({
    sampleRate: RATE,
    getChannelData: () =>
      Float32Array.from({ length: RATE }, (_, n) => (n < RATE / 2 ? 0.5 : -0.25)),
  }),
};

/** @param {Blob} blob @returns {Promise<{rate: number, samples: Float32Array}>} */
async function read(blob) {
  const bytes = await blob.arrayBuffer();
  const view = new DataView(bytes);
  const word = (/** @type {number} */ at) => String.fromCharCode(...new Uint8Array(bytes, at, 4));
  assert.deepEqual([word(0), word(8), word(36)], ["RIFF", "WAVE", "data"]);
  assert.equal(view.getUint32(4, true), bytes.byteLength - 8);
  assert.equal(view.getUint32(40, true), bytes.byteLength - 44);
  const samples = Float32Array.from(new Int16Array(bytes.slice(44)), (value) => value / 32767);
  return { rate: view.getUint32(24, true), samples };
}

const close = (/** @type {number} */ a, /** @type {number} */ b) => Math.abs(a - b) < 0.001;

test("it lasts exactly as long as it is asked to", async () => {
  for (const seconds of [0, 1, 25.5, 60]) {
    const { rate, samples } = await read(
      await renderTrack(CUES, null, seconds, { sampleRate: RATE }),
    );
    assert.equal(samples.length / rate, seconds);
  }
});

test("it lays a beep on its very sample, across the pieces it is made of, and nothing else", async () => {
  const { samples } = await read(await renderTrack(CUES, null, 25, { sampleRate: RATE }));
  const tone = beep("change", RATE);
  for (const [n, sample] of samples.entries()) {
    const [first, second] = [n - RATE, n - 19.9 * RATE];
    const due = (tone[first] ?? 0) + (tone[second] ?? 0);
    if (!close(sample, due)) assert.fail(`sample ${n} is ${sample}, not ${due}`);
  }
});

test("it lays the clips of a saying one after the other, and leaves out what is unknown", async () => {
  const { samples } = await read(await renderTrack(CUES, clips, 25, { sampleRate: RATE }));
  const levels = new Set(samples.slice(2 * RATE, 4 * RATE).map((value) => Math.round(value * 100)));
  assert.deepEqual([...levels], [50, 0, -25]);
  assert.ok(close(samples[2 * RATE], 0.5));
  assert.ok(close(samples[2 * RATE - 1], 0));
});

test("it has each loudness apart", async () => {
  const level = async (/** @type {{voice?: number, beeps?: number}} */ volumes) => {
    const { samples } = await read(
      await renderTrack(CUES, clips, 5, { sampleRate: RATE, volumes }),
    );
    const peak = (/** @type {number} */ from) =>
      Math.max(...samples.slice(from * RATE, (from + 0.9) * RATE));
    return [peak(1), peak(2)];
  };
  const [beeps, voice] = await level({});
  assert.ok(close((await level({ voice: 0 }))[0], beeps));
  assert.ok(close((await level({ voice: 0 }))[1], 0));
  assert.ok(close((await level({ beeps: 0.5 }))[0], beeps / 2));
  assert.ok(close((await level({ beeps: 0.5 }))[1], voice));
});

test("it can begin later in the routine", async () => {
  const options = { sampleRate: RATE };
  const whole = await read(await renderTrack(CUES, clips, 25, options));
  const later = await read(await renderTrack(CUES, clips, 5, { ...options, from: 20 }));
  assert.deepEqual(later.samples, whole.samples.slice(20 * RATE));
});

test("a beep begins and ends softly, at its own height", () => {
  for (const kind of /** @type {const} */ (["change", "countdown", "pace", "end"])) {
    const samples = beep(kind, 48_000);
    const [{ hertz, seconds }] = TONES[kind];
    assert.ok(Math.max(...samples.slice(0, 24), ...samples.slice(-24)) < 0.02, kind);
    const span = samples.slice(0, seconds * 0.8 * 48_000);
    const crossings = span.filter((value, n) => value > 0 && span[n - 1] <= 0).length;
    assert.ok(Math.abs(crossings - hertz * seconds * 0.8) <= 1, kind);
  }
});
