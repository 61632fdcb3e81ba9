// Words in time: how long they take, and where there is room for them. Pure.
import VOICE from "../../voice/index.js";

/** @typedef {import("./cue-list.js").Cue} Cue */

/** Between two clips of one saying, between two sayings, and before a beep is due: seconds. */
const JOIN_S = 0.1;
const PAUSE_S = 0.4;
export const CLEAR_S = 0.05;

/** Seconds of each clip that is recorded. */
export const DURATIONS = Object.fromEntries(
  Object.entries(VOICE.clips).map(([key, [, seconds]]) => [key, seconds]),
);

/**
 * Say when each clip of a saying begins, in seconds after its cue.
 * @param {string[]} clips
 * @param {Record<string, number>} [durations] seconds of each clip
 * @returns {{key: string, delay: number}[]}
 */
export function spoken(clips, durations = DURATIONS) {
  let delay = 0;
  return clips.map((key) => {
    const one = { key, delay };
    delay += (durations[key] ?? 0) + JOIN_S;
    return one;
  });
}

/** Finds room for words between what is due. */
export class Speaker {
  /** @type {Cue[]} */
  said = [];
  /** The phase that is being told. */
  phase = 0;
  /** Nothing is said after this second of the routine: the countdown is for listening. */
  until = Infinity;
  #freeFrom = 0;

  /**
   * @param {Cue[]} due beeps, by time
   * @param {Record<string, string>} words
   * @param {Record<string, number>} durations
   */
  constructor(due, words, durations) {
    this.due = due.map(({ at }) => at);
    this.words = words;
    this.durations = durations;
  }

  /** @param {string[]} clips @returns {number} seconds */
  seconds(clips) {
    const length = (/** @type {string} */ key) => this.durations[key] ?? guess(this.words[key]);
    return clips.reduce((sum, key) => sum + length(key) + JOIN_S, -JOIN_S);
  }

  /**
   * Say `clips` at `at`, if all of them are known and nothing is due or said before they are over.
   * @param {number} at
   * @param {string[]} clips
   * @returns {boolean} whether they are said
   */
  say(at, clips) {
    if (!clips.every((key) => key in this.words)) return false;
    const over = at + this.seconds(clips);
    const end = Math.min(this.until, this.nextAfter(at) ?? Infinity);
    if (at < this.#freeFrom || over + CLEAR_S > end) return false;
    this.#freeFrom = over + CLEAR_S;
    const text = clips.map((key) => this.words[key]).join(" ");
    this.said.push({ at: round(at), kind: "say", phase: this.phase, clips, text });
    return true;
  }

  /** Say it as soon as what was said last has sunk in. @param {number} at @param {string[]} clips */
  sayNext(at, clips) {
    return this.say(Math.max(at, this.#freeFrom + PAUSE_S), clips);
  }

  /** Say it so that it is over just before `at`. @param {number} at @param {string[]} clips */
  sayBefore(at, clips) {
    return this.say(at - CLEAR_S - this.seconds(clips) - PAUSE_S, clips);
  }

  /** @param {number} at @returns {number | undefined} when the next beep is due */
  nextAfter(at) {
    // Two beeps lie a second apart or more, so that rounding cannot make one of another.
    return this.due.find((due) => due > at + CLEAR_S / 10);
  }
}

/** @param {string} text @returns {number} seconds that a phone's own voice may take for it */
function guess(text) {
  return 0.3 + 0.07 * text.length;
}

/** @param {number} seconds @returns {number} whole milliseconds, so that lists compare */
function round(seconds) {
  return Math.round(seconds * 1000) / 1000;
}
