// What the player says, on the screen and to a screen reader. Pure.
import { placeOf } from "./place.js";

/**
 * @typedef {import("./timeline.js").Phase} Phase
 * @typedef {import("./timeline.js").Dose} Dose
 * @typedef {import("./timeline.js").Exercise} Exercise
 */

/** @type {Record<import("./timeline.js").Side, string>} */
export const SIDES = {
  L: "Left side",
  R: "Right side",
  both: "Both sides",
  alternate: "Swap sides every time",
};

const MOVES = ["Go", "Hold", "Return"];
const SQUEEZES = ["Go", "Squeeze", "Return"];

/**
 * Name what to do in a part of a repetition. In step three and four the hold is a squeeze.
 * @param {string} step
 * @param {0 | 1 | 2} part
 */
export function partWord(step, part) {
  return (step === "activate" || step === "strengthen" ? SQUEEZES : MOVES)[part];
}

/**
 * Write seconds so that they can be read from far away: "45", "1:30".
 * @param {number} seconds
 */
export function clock(seconds) {
  if (seconds < 100) return String(seconds);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/**
 * @param {number} count
 * @param {string} one
 * @param {string} [many]
 */
export function plural(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}

/**
 * Write what is left of the routine, never less than is true.
 * @param {number} ms
 */
export function timeLeft(ms) {
  return ms <= 60_000 ? "Last minute" : `${Math.ceil(ms / 60_000)} min left`;
}

/**
 * Name the side that works; where the sides swap within a set, the one that begins.
 * @param {Pick<Phase, "side" | "first">} phase
 */
export function sideWords({ side, first }) {
  if (side !== "alternate") return SIDES[side];
  return `${SIDES[side]}, ${first === "R" ? "right" : "left"} first`;
}

/**
 * Write a dose: "2 × 8 repetitions, each side".
 * @param {Dose} dose
 * @param {Exercise["sides"]} sides
 */
export function doseWords({ kind, sets, hold_s, reps, reps_max }, sides) {
  const amount =
    kind === "hold" ? `${hold_s} s` : `${reps_max ? `${reps}–${reps_max}` : reps} reps`;
  return `${sets} × ${amount}${sides === "both" ? "" : ", each side"}`;
}

/** @param {Phase} phase */
export function setWords({ set, sets }) {
  return sets === 1 ? "One set" : `Set ${set} of ${sets}`;
}

/**
 * Say what comes after this phase.
 * @param {Phase | undefined} next
 * @param {Record<string, Exercise>} exercises
 * @param {Phase} now
 */
export function nextWords(next, exercises, now) {
  if (!next) return "That was the last one";
  if (next.item !== now.item) return exercises[next.exercise].name;
  if (next.type === "work") return workWords(next);
  const word = next.side === now.side ? "Rest" : "Change sides";
  return `${word}, ${clock(next.seconds)} s`;
}

/**
 * Tell a screen reader what has just begun.
 * @param {Phase} phase
 * @param {Record<string, Exercise>} exercises
 */
export function announcement(phase, exercises) {
  if (phase.type === "rest") return `Rest, ${phase.seconds} seconds. Next: ${workWords(phase)}.`;
  const { name, setup } = exercises[phase.exercise];
  if (phase.type === "setup") return `${name}. Get ready, ${phase.seconds} seconds. ${setup}`;
  return `${workWords(phase)}. ${amountWords(phase)}. Go.`;
}

/**
 * Tell a screen reader how long a rest is now.
 * @param {{phases: Phase[], shown: import("./machine.js").Run}} playback
 */
export function restLeft({ phases, shown }) {
  return `${plural(placeOf(shown, phases).secondsLeft, "second")} of rest left`;
}

/** Said and shown in the first set by repetitions, and no more after that. */
export const TAP_WHEN_DONE = "Done before the count? Tap anywhere.";

/** Said after a tap, which may have been a slip. */
export const TAP_DONE = "Set done. Was it a slip? Undo, or Back, takes it back.";

/**
 * Say whether this is where a rider hears of the tap.
 * @param {Phase[]} phases
 * @param {number} index of the phase
 */
export function tellsOfTap(phases, index) {
  return index === phases.findIndex(({ type, kind }) => type === "work" && kind === "reps");
}

/** @param {Phase} phase */
function workWords(phase) {
  const set = setWords(phase);
  return phase.side === "both" ? set : `${sideWords(phase)}, ${set.toLowerCase()}`;
}

/** @param {Phase} phase */
function amountWords({ target, unit, side }) {
  const amount = plural(target, unit === "reps" ? "repetition" : "second");
  return side === "alternate" ? `${amount} on each side` : amount;
}
