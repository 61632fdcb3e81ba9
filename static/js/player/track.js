// A whole routine as one file of sound, which a phone plays on when its screen is locked.
//
// Beeps and words are laid into samples as they are, so that each begins on its very sample; the
// file is put together from short pieces, so that an hour needs no more room than it has bytes.
import { spoken } from "./speaker.js";
import { EDGES, TONES, envelope } from "./tones.js";

/**
 * @typedef {import("./cue-list.js").Cue} Cue
 * @typedef {import("./clips.js").Clips} Clips
 * @typedef {{at: number, samples: Float32Array, gain: number}} Sound `at` is a sample of the track
 */

/** Enough for speech to be clear; twice as many would only make the file twice as big. */
export const SAMPLE_RATE = 16_000;
const PIECE_S = 10;
/** After this many pieces the page gets its turn. */
const BREATH = 6;
const HEADER_BYTES = 44;

/**
 * Make the track of `cues`: mono, 16 bits, exactly `seconds` long.
 * @param {Cue[]} cues
 * @param {Clips | null} clips without them, only beeps sound
 * @param {number} seconds of the track; add AFTERWORD_S (cue-list.js) to hear the end of a routine
 * @param {object} [options]
 * @param {{voice?: number, beeps?: number}} [options.volumes] 0-1 each; 0 leaves it out
 * @param {number} [options.sampleRate] hertz
 * @param {number} [options.from] second of the routine that the track begins with
 * @returns {Promise<Blob>} audio/wav
 */
export async function renderTrack(cues, clips, seconds, options = {}) {
  const { volumes = {}, sampleRate = SAMPLE_RATE, from = 0 } = options;
  const voice = await voiceAt(clips, sampleRate);
  const loudness = { voice: 1, beeps: 1, ...volumes };
  const sounds = soundsOf(cues, voice, clips?.durations ?? {}, loudness, sampleRate, from);
  const length = Math.round(seconds * sampleRate);
  const pieces = [new Blob([wavHeader(length, sampleRate)])];
  for (let start = 0; start < length; start += PIECE_S * sampleRate) {
    if (pieces.length % BREATH === 0) await breath();
    pieces.push(new Blob([mix(sounds, start, Math.min(length - start, PIECE_S * sampleRate))]));
  }
  return new Blob(pieces, { type: "audio/wav" });
}

/** Let the page answer a tap; a hidden one has nothing to answer, and timers are slow there. */
function breath() {
  return globalThis.document?.hidden ? null : new Promise((done) => setTimeout(done));
}

/**
 * Return a beep as samples.
 * @param {import("./tones.js").Beep} kind
 * @param {number} sampleRate
 */
export function beep(kind, sampleRate) {
  const tones = TONES[kind];
  const seconds = Math.max(...tones.map((one) => one.delay + one.seconds)) + EDGES.fall;
  return Float32Array.from({ length: Math.ceil(seconds * sampleRate) }, (_, n) => {
    const waves = tones.map((tone) => {
      const t = n / sampleRate - tone.delay;
      return envelope(tone, t) * Math.sin(2 * Math.PI * tone.hertz * t);
    });
    return waves.reduce((sum, wave) => sum + wave, 0);
  });
}

/**
 * @param {Clips | null} clips
 * @param {number} sampleRate
 * @returns {Promise<(key: string) => Float32Array | null>}
 */
async function voiceAt(clips, sampleRate) {
  if (!clips) return () => null;
  const { buffer, slices } = clips;
  const samples = await resampled(buffer, sampleRate);
  return (key) => {
    if (!(key in slices)) return null;
    const [start, length] = slices[key].map((time) => Math.round(time * sampleRate));
    return samples.subarray(start, start + length);
  };
}

/**
 * @param {AudioBuffer} buffer
 * @param {number} sampleRate
 */
async function resampled(buffer, sampleRate) {
  if (buffer.sampleRate === sampleRate) return buffer.getChannelData(0);
  const length = Math.ceil(buffer.duration * sampleRate);
  const audio = new OfflineAudioContext(1, length, sampleRate);
  const source = new AudioBufferSourceNode(audio, { buffer });
  source.connect(audio.destination);
  source.start();
  return (await audio.startRendering()).getChannelData(0);
}

/**
 * @param {Cue[]} cues
 * @param {(key: string) => Float32Array | null} voice
 * @param {Record<string, number>} durations
 * @param {{voice: number, beeps: number}} volumes
 * @param {number} sampleRate
 * @param {number} from
 * @returns {Sound[]}
 */
function soundsOf(cues, voice, durations, volumes, sampleRate, from) {
  const beeps = new Map(
    Object.keys(TONES).map((kind) => [kind, beep(/** @type {any} */ (kind), sampleRate)]),
  );
  return cues.flatMap(({ at, kind, clips = [] }) => {
    const place = (/** @type {number} */ delay) => Math.round((at - from + delay) * sampleRate);
    const tone = beeps.get(kind);
    if (tone) return [{ at: place(0), samples: tone, gain: volumes.beeps }];
    return spoken(clips, durations).flatMap(({ key, delay }) => {
      const samples = voice(key);
      return samples ? [{ at: place(delay), samples, gain: volumes.voice }] : [];
    });
  });
}

/**
 * @param {Sound[]} sounds
 * @param {number} start sample of the track
 * @param {number} length samples
 */
function mix(sounds, start, length) {
  const sum = new Float32Array(length);
  for (const { at, samples, gain } of sounds) {
    const first = Math.max(0, start - at);
    const end = Math.min(samples.length, start + length - at);
    for (let n = first; n < end; n += 1) sum[at + n - start] += gain * samples[n];
  }
  const ints = new Int16Array(length);
  // A plain loop is many times as fast as Int16Array.from, and the page stands still meanwhile.
  for (let n = 0; n < length; n += 1) ints[n] = Math.max(-1, Math.min(1, sum[n])) * 32767;
  return ints;
}

/** @param {number} length samples @param {number} sampleRate */
function wavHeader(length, sampleRate) {
  const header = new DataView(new ArrayBuffer(HEADER_BYTES));
  const text = (/** @type {number} */ at, /** @type {string} */ four) =>
    [...four].forEach((letter, n) => header.setUint8(at + n, letter.charCodeAt(0)));
  const bytes = length * 2;
  text(0, "RIFF");
  header.setUint32(4, HEADER_BYTES - 8 + bytes, true);
  text(8, "WAVE");
  text(12, "fmt ");
  header.setUint32(16, 16, true);
  header.setUint16(20, 1, true); // PCM
  header.setUint16(22, 1, true); // one channel
  header.setUint32(24, sampleRate, true);
  header.setUint32(28, sampleRate * 2, true);
  header.setUint16(32, 2, true);
  header.setUint16(34, 16, true);
  text(36, "data");
  header.setUint32(40, bytes, true);
  return header.buffer;
}
