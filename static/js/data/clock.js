/** How far this phone's clock is from the server's. Said beside entries; it orders and refuses nothing. */

/**
 * @import { Env } from "./types.js"
 */

/** From here on an entry is flagged: its times are likely wrong (docs/sync.md, "Clocks"). */
const SUSPECT_MS = 5 * 60_000;

/**
 * @param {number} before the phone's time when it asked
 * @param {number} after its time when the answer was here
 * @param {unknown} server_now
 * @returns {number | undefined} ms that the phone is ahead, give or take half the way there and back
 */
export function offsetOf(before, after, server_now) {
  if (typeof server_now !== "number" || !(server_now > 0)) return undefined;
  return Math.round((before + after) / 2 - server_now);
}

/**
 * The offset to flag an entry with: the larger of what was known as it was saved and as it was sent,
 * since a clock may be found wrong only then. Undefined: nothing to flag.
 *
 * @param {(number | undefined)[]} offsets
 */
export function suspect(...offsets) {
  const known = offsets.map((one) => one ?? 0);
  const worst = known.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
  return Math.abs(worst) > SUSPECT_MS ? worst : undefined;
}

/**
 * The server's time, as far as this phone knows it.
 *
 * @param {Pick<Env, "now">} env
 * @param {number | null | undefined} offset
 */
export const serverTime = (env, offset) => env.now() - (offset ?? 0);
