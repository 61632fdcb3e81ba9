// What is due to be heard, and where in it a run is. Pure.
import { totalSeconds } from "./timeline.js";

/**
 * @typedef {import("./machine.js").Run} Run
 * @typedef {import("./timeline.js").Phase} Phase
 * @typedef {import("./timeline.js").Exercise} Exercise
 * @typedef {import("./cue-list.js").Cue} Cue
 * @typedef {(phases: Phase[], exercises: Record<string, Exercise>) => Cue[]} CuesOf
 */

/** Later than this a cue is not sounded any more, in seconds: it would name what is over. */
export const LATE_S = 0.3;

/** The cues of a routine as this rider plays it: a rest that was made longer stays so in it. */
export class Score {
  /** @type {Cue[]} */
  cues = [];
  /** Seconds that it takes. */
  length = 0;
  /** Another number each time the cues are others. */
  version = 0;
  /** @type {Phase[]} as they are planned */
  #planned = [];
  /** @type {Phase[]} as they are played */
  #played = [];
  /** Milliseconds that were added, by index of the phase. @type {Map<number, number>} */
  #longer = new Map();

  /** @param {CuesOf} cuesOf */
  constructor(cuesOf) {
    this.cuesOf = cuesOf;
  }

  /**
   * Take up what the rider has changed on the way.
   * @param {Run} run
   * @param {Phase[]} phases
   * @param {Record<string, Exercise>} exercises
   */
  follow(run, phases, exercises) {
    const other = phases !== this.#planned;
    const longer = other ? new Map() : keptOf(this.#longer, run.phase);
    if (run.extraMs) longer.set(run.phase, run.extraMs);
    if (!other && same(longer, this.#longer)) return;
    this.#planned = phases;
    this.#longer = longer;
    this.#played = phases.map((phase, index) => {
      return { ...phase, seconds: phase.seconds + (longer.get(index) ?? 0) / 1000 };
    });
    this.cues = this.cuesOf(this.#played, exercises);
    this.length = totalSeconds(this.#played);
    this.version += 1;
  }

  /**
   * Say where `run` is, in seconds from the routine's start.
   * @param {Run} run
   */
  secondOf(run) {
    return this.startOf(run.phase) + run.elapsedMs / 1000;
  }

  /**
   * Say when a phase begins, in seconds from the routine's start.
   * @param {number} phase index; before the first there is nothing
   */
  startOf(phase) {
    return totalSeconds(this.#played.slice(0, Math.max(0, phase)));
  }
}

/**
 * Return the cues that fall between two seconds, the first included.
 * @param {Cue[]} cues sorted
 * @param {number} from
 * @param {number} to
 */
export function due(cues, from, to) {
  return cues.filter(({ at }) => at >= from && at < to);
}

/**
 * What lies behind stays as it was played; what comes again, or ahead, is as planned.
 * @param {Map<number, number>} longer
 * @param {number} phase
 */
function keptOf(longer, phase) {
  return new Map([...longer].filter(([index]) => index < phase));
}

/** @param {Map<number, number>} one @param {Map<number, number>} other */
function same(one, other) {
  return one.size === other.size && [...one].every(([key, value]) => other.get(key) === value);
}
