// What there is to see at a place in the routine: numbers only. Pure.
import { repSeconds, swappingSides, totalSeconds } from "./timeline.js";

/**
 * @typedef {import("./timeline.js").Phase} Phase
 * @typedef {import("./machine.js").Run} Run
 * @typedef {object} Rep
 * @property {number} number from 1, on the side that is working
 * @property {number} of
 * @property {"L" | "R" | null} side where the sides swap at every repetition
 * @property {0 | 1 | 2} part lifting, holding or lowering
 * @property {number} seconds into the repetition
 */

/** A cue stays this long: time enough to read it from the floor. */
const CUE_S = 8;

/**
 * Describe the place of `run`, as of its last tick.
 * @param {Run} run
 * @param {Phase[]} phases
 */
export function placeOf(run, phases) {
  const phase = phases[run.phase];
  const extraMs = run.extraMs ?? 0;
  const lengthMs = phase.seconds * 1000 + extraMs;
  const elapsedMs = Math.min(run.elapsedMs, lengthMs);
  const played = totalSeconds(phases.slice(0, run.phase));
  return {
    phase,
    elapsedMs,
    secondsLeft: Math.ceil((lengthMs - elapsedMs) / 1000),
    share: elapsedMs / lengthMs,
    rep: phase.type === "work" && phase.kind === "reps" ? repAt(phase, elapsedMs) : null,
    holdSide: phase.side === "alternate" ? halfOf(phase, elapsedMs) : null,
    // A longer rest puts the end off: what is left of the routine grows by as much.
    routineMs: played * 1000 + elapsedMs - extraMs,
    paused: run.anchor === null,
    before: phases[run.phase - 1],
    next: phases[run.phase + 1],
  };
}

/**
 * Pick the cue to show: one after the other, each set starting with another one.
 * @template T
 * @param {T[]} cues
 * @param {Phase} phase
 * @param {number} elapsedMs
 */
export function cueAt(cues, phase, elapsedMs) {
  const turn = (phase.set - 1) * 2 + (phase.side === "R" ? 1 : 0);
  return cues[(turn + Math.floor(elapsedMs / 1000 / CUE_S)) % cues.length];
}

/**
 * @param {Phase} phase
 * @param {number} elapsedMs
 * @returns {Rep}
 */
function repAt(phase, elapsedMs) {
  const swaps = phase.side === "alternate";
  const length = repSeconds(phase) * 1000;
  const last = phase.target * (swaps ? 2 : 1) - 1;
  const index = Math.min(last, Math.floor(elapsedMs / length));
  const into = (elapsedMs - index * length) / 1000;
  const [lift, hold] = phase.tempo;
  const part = into < lift ? 0 : into < lift + hold ? 1 : 2;
  const side = swaps ? swappingSides(phase)[index % 2] : null;
  return {
    number: Math.floor(swaps ? index / 2 : index) + 1,
    of: phase.target,
    side,
    part,
    seconds: into,
  };
}

/**
 * @param {Phase} phase
 * @param {number} elapsedMs
 * @returns {"L" | "R" | null}
 */
function halfOf(phase, elapsedMs) {
  if (phase.kind === "reps" || phase.type !== "work") return null;
  return swappingSides(phase)[elapsedMs < phase.target * 1000 ? 0 : 1];
}
