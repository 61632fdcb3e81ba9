// What the beeps are made of, for whoever sounds them at once or lays them into a track. Pure.

/**
 * @typedef {"change" | "countdown" | "pace" | "end"} Beep
 * @typedef {object} Tone
 * @property {number} hertz
 * @property {number} seconds at full loudness
 * @property {number} loudness 0-1
 * @property {number} delay seconds after the time of the beep
 */

/** A soft edge at both ends, in seconds: a bare on and off clicks. */
export const EDGES = { rise: 0.01, fall: 0.04 };

const LONG = { hertz: 1175, seconds: 0.5, loudness: 0.3, delay: 0 };

/** @type {Record<Beep, Tone[]>} */
export const TONES = {
  /** Something else begins. */
  change: [LONG],
  /** It ends in three, two, one. */
  countdown: [{ hertz: 880, seconds: 0.09, loudness: 0.25, delay: 0 }],
  /** The next repetition. */
  pace: [{ hertz: 330, seconds: 0.05, loudness: 0.12, delay: 0 }],
  /** All done. */
  end: [LONG, { ...LONG, hertz: 1568, delay: 0.45 }],
};

/**
 * Return the loudness of a tone `t` seconds after it began, 0 before and after it.
 * @param {Tone} tone
 * @param {number} t
 */
export function envelope({ seconds, loudness }, t) {
  if (t < 0) return 0;
  if (t < EDGES.rise) return (loudness * t) / EDGES.rise;
  if (t <= seconds) return loudness;
  return loudness * Math.max(0, 1 - (t - seconds) / EDGES.fall);
}
