// The recorded voice: an optional download, kept on the phone in a cache of its own.
//
// The worker clears only caches that bear its own prefix, so the voice outlives releases; the name
// of the file says what is in it, and a new recording is a new name.
import VOICE from "../../voice/index.js";
import { beep } from "./track.js";

/**
 * @typedef {object} Clips
 * @property {Record<string, number>} durations seconds of each clip, by key of the vocabulary
 * @property {AudioBuffer} buffer all of them, one after the other
 * @property {Record<string, [number, number]>} slices start and length in the buffer, in seconds
 */

const CACHE = "voice";
const DECODE_RATE = 24_000;

/** Bytes to download; 0 where this release has no recording. */
export const BYTES = VOICE.bytes;

const address = VOICE.file && new URL(`../../voice/${VOICE.file}`, import.meta.url).href;

/** Say whether the voice of this release is on the phone. @returns {Promise<boolean>} */
export async function clipsHere() {
  return Boolean(await held());
}

/**
 * Bring the voice to the phone, in place of an older one.
 * @param {(share: number) => void} [onProgress] 0-1
 * @throws {Error} if it does not come whole, or cannot be kept; then nothing has changed
 */
export async function downloadClips(onProgress = () => {}) {
  const answer = await fetch(address, { cache: "no-cache" });
  if (!answer.ok || !answer.body) throw new Error(`the voice answers ${answer.status}`);
  const body = await read(answer.body, onProgress);
  if (body.size !== BYTES) throw new Error(`${body.size} bytes of ${BYTES} came`);
  const cache = await caches.open(CACHE);
  await cache.put(address, new Response(body, { headers: { "Content-Type": "audio/mpeg" } }));
  const old = (await cache.keys()).filter(({ url }) => url !== address);
  await Promise.all(old.map((request) => cache.delete(request)));
}

/** Take the voice off the phone. */
export async function removeClips() {
  await caches.delete(CACHE);
}

/**
 * Get the voice ready to sound.
 * @returns {Promise<Clips | null>} null where it is not on the phone, or cannot be decoded
 */
export async function loadClips() {
  const answer = await held();
  if (!answer) return null;
  try {
    const audio = new OfflineAudioContext(1, 1, DECODE_RATE);
    return clipsIn(await audio.decodeAudioData(await answer.arrayBuffer()));
  } catch {
    return null;
  }
}

async function held() {
  if (!address || !globalThis.caches) return undefined;
  // Asking a cache of no such name must not make one.
  return caches.match(address, { cacheName: CACHE }).catch(() => undefined);
}

/**
 * @param {ReadableStream<Uint8Array<ArrayBuffer>>} stream
 * @param {(share: number) => void} onProgress
 */
async function read(stream, onProgress) {
  const parts = [];
  let bytes = 0;
  const reader = stream.getReader();
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    if (!value) continue;
    parts.push(value);
    bytes += value.length;
    onProgress(Math.min(1, bytes / BYTES));
  }
  return new Blob(parts);
}

/** @param {AudioBuffer} buffer @returns {Clips} */
function clipsIn(buffer) {
  const late = delayOf(buffer);
  const entries = Object.entries(VOICE.clips);
  return {
    buffer,
    durations: Object.fromEntries(entries.map(([key, [, seconds]]) => [key, seconds])),
    slices: Object.fromEntries(
      entries.map(([key, [start, seconds]]) => [key, [start + late, seconds]]),
    ),
  };
}

/**
 * Some decoders leave the silence in that an MP3 begins with, some take it out: up to a tenth of a
 * second. A beep at a known time in the recording tells.
 * @param {AudioBuffer} buffer
 * @returns {number} seconds that everything in the buffer is late
 */
function delayOf(buffer) {
  const rate = buffer.sampleRate;
  const mark = beep("countdown", rate);
  const samples = buffer.getChannelData(0).subarray(0, Math.ceil((VOICE.marker + 0.5) * rate));
  let best = { at: 0, match: -Infinity };
  // Every second place and every fourth sample tell it to a tenth of a millisecond.
  for (let at = 0; at + mark.length <= samples.length; at += 2) {
    let match = 0;
    for (let n = 0; n < mark.length; n += 4) match += samples[at + n] * mark[n];
    if (match > best.match) best = { at, match };
  }
  return best.at / rate - VOICE.marker;
}
