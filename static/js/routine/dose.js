// What a rider's own routine asks of an exercise: the plan's dose, changed where they said so. Pure.
import { buildTimeline, totalSeconds } from "../player/timeline.js";

/**
 * @typedef {import("../player/timeline.js").Dose} Dose
 * @typedef {{id: string, exercise: string, sets?: number, reps?: number, hold_s?: number,
 *   rest_s?: number}} OwnItem one of a routine's items, as the logbook keeps it (logs/kinds.py)
 * @typedef {{name: string, items?: OwnItem[]}} Own a routine's body
 * @typedef {import("../player/timeline.js").Exercise & {id: string, slug: string, dose: Dose,
 *   lateral_hip_only: boolean, lateral_hip: {tag: "ok" | "mod" | "block", why: string | null,
 *   change: string | null, swap: string[]}}} PlanExercise
 * @typedef {{exercises: Record<string, PlanExercise>, limits: any,
 *   activation: Record<string, number>, activation_rules: Record<string, string>}} Content
 */

/**
 * Find an exercise of the plan. A name that came from elsewhere may be anything, "constructor" too.
 * @param {Pick<Content, "exercises">} content
 * @param {string} slug
 * @returns {PlanExercise | null}
 */
export function exerciseOf({ exercises }, slug) {
  return Object.hasOwn(exercises, slug) ? exercises[slug] : null;
}

/**
 * Name the field that says how much: repetitions or seconds.
 * @param {Dose} dose
 * @returns {"reps" | "hold_s"}
 */
export function amountOf({ kind }) {
  return kind === "hold" ? "hold_s" : "reps";
}

/**
 * Put what an item says over the plan's dose. Whoever names repetitions means them: no range.
 * @param {Partial<OwnItem>} item
 * @param {Dose} plan
 * @returns {Dose}
 */
export function doseOf({ sets, reps, hold_s, rest_s }, plan) {
  const own = plan.kind === "hold" ? { hold_s } : { reps, ...(reps && { reps_max: null }) };
  const given = Object.entries({ sets, rest_s, ...own }).filter(([, value]) => value !== undefined);
  return { ...plan, ...Object.fromEntries(given) };
}

/**
 * Say how long an exercise takes: what the player lays out in time, and so what duration.py says
 * (tests/contract/duration.json).
 * @param {import("../player/timeline.js").Exercise} exercise
 * @param {Dose} dose
 * @returns {number} seconds
 */
export function secondsOf(exercise, dose) {
  const item = { exercise: "it", dose, duration_s: 0 };
  const routine = /** @type {import("../player/timeline.js").Routine} */ ({ items: [item] });
  return totalSeconds(buildTimeline(routine, { it: exercise }));
}

/**
 * Whole minutes, half a minute rounded up, as the plan's own routines have them.
 * @param {number} seconds
 */
export function minutesOf(seconds) {
  return Math.floor((seconds + 30) / 60);
}
