// What to do when something hurts in a routine, by the rules of the plan. Pure.
import { played } from "./draft.js";
import { pause, skipExercise } from "./machine.js";
import { setRows } from "./session-log.js";
import { buildTimeline } from "./timeline.js";

/**
 * @typedef {import("./draft.js").Draft} Draft
 * @typedef {Pick<Draft, "plan" | "run">} Kept
 * @typedef {"end" | "stop" | "ease" | "go-on"} Verdict end the routine, stop the exercise, …
 * @typedef {{pain: number | null, place: string, side: "" | "L" | "R" | "both", signs: string[]}} Answer
 * @typedef {{pain_max: number, pain_max_lateral_hip: number}} StopRule pain above these is stop
 * @typedef {import("./timeline.js").Exercise & {easier?: string, duration_s: number,
 *   dose: import("./timeline.js").Dose, lateral_hip: {tag: "ok" | "mod" | "block",
 *   why?: string | null, change?: string | null, swap: string[]}}} Known as content.json has it
 */

export const OUTER_HIP = "outer-hip";

/** Few and large; what is none of them is named in the form at the end. */
export const PLACES = {
  [OUTER_HIP]: "Outside of the hip",
  "deep-buttock": "Deep in the buttock",
  "sit-bone": "Sit bone",
  groin: "Groin",
  "low-back": "Low back",
  "below-knee": "Below the knee",
  other: "Somewhere else",
};

const SIDES = { "": "", L: "left", R: "right", both: "both sides" };

/** Up to here pain is fine; between this and the limit it is to be watched (Thomeé 1997). */
const FINE = 2;

/**
 * The limit is lower at the outside of the hip, and in a routine for a sore one.
 * @param {Answer} answer
 * @param {StopRule} rule
 * @param {boolean} gentle
 */
export function limitOf({ place }, rule, gentle) {
  return gentle || place === OUTER_HIP ? rule.pain_max_lateral_hip : rule.pain_max;
}

/**
 * @param {Answer} answer
 * @param {Known | undefined} exercise
 * @param {number} limit
 * @returns {Verdict}
 */
export function verdictOf({ pain, place, signs }, exercise, limit) {
  if (signs.length > 0 || place === "below-knee") return "end";
  const presses = place === OUTER_HIP && exercise?.lateral_hip.tag === "block";
  if ((pain ?? 0) > limit || presses) return "stop";
  return (pain ?? 0) > FINE ? "ease" : "go-on";
}

/**
 * Say what may be done instead: the gentler way, and, for the outside of the hip, other exercises.
 * @param {string} place
 * @param {string} slug
 * @param {{items: {exercise: string, change?: string | null}[]}} routine
 * @param {Record<string, Known>} exercises
 */
export function insteadOf(place, slug, routine, exercises) {
  const known = exercises[slug];
  const outer = place === OUTER_HIP ? known?.lateral_hip : null;
  const told = routine.items.find((item) => item.exercise === slug)?.change ?? "";
  const ways = [outer?.change, known?.easier].filter((way) => way && !told.includes(way));
  const there = new Set(routine.items.map((item) => item.exercise));
  const swaps = (outer?.swap ?? []).filter((swap) => exercises[swap] && !there.has(swap));
  return { easier: ways[0] ?? null, swaps };
}

/**
 * Note for the log what was said; the form at the end shows it, to be mended there.
 * @param {Record<string, string>} answers so far
 * @param {Answer} answer
 * @param {string} name of the exercise
 * @param {boolean} ended whether the routine ends with it
 * @returns {Record<string, string>}
 */
export function noted(answers, { pain, place, side, signs }, name, ended) {
  const where = place === "other" ? "" : (PLACES[/** @type {keyof PLACES} */ (place)] ?? "");
  const pains = [answers.pain_peak, pain].filter((one) => one !== null && one !== undefined);
  const old = answers.pain_site ?? "";
  const sites = old.includes(where) ? old : [old, where].filter(Boolean).join(", ");
  const rating = pain === null ? "" : `${pain} of 10`;
  const said = [rating, where.toLowerCase(), SIDES[side]].filter(Boolean).join(", ");
  const line = [`${name} hurt${said ? `: ${said}` : ""}.`, ...signs].join(" ");
  return {
    ...answers,
    pain_peak: pains.length ? String(Math.max(...pains.map(Number))) : "",
    pain_site: sites,
    pain_side: sideOf(answers.pain_side ?? "", side),
    notes: [answers.notes, line].filter(Boolean).join("\n"),
    ...(ended ? { alarm: "yes" } : {}),
  };
}

/** @param {string} old @param {string} side */
function sideOf(old, side) {
  return old && side && old !== side ? "both" : side || old;
}

/**
 * Go on with the exercise in a gentler way, which the stage then shows.
 * @param {Kept} kept
 * @param {string} way
 * @param {number} now
 * @returns {Kept}
 */
export function ease({ plan, run }, way, now) {
  const phases = buildTimeline(plan.routine, plan.exercises);
  const paused = pause(run, phases, now);
  const here = phases[paused.phase]?.item;
  const items = plan.routine.items.map((item, index) =>
    index === here ? { ...item, change: [item.change, way].filter(Boolean).join(" ") } : item,
  );
  return { plan: { ...plan, routine: { ...plan.routine, items } }, run: paused };
}

/**
 * Leave the exercise, and do another one in its place: paused, before its set-up. The sets of the
 * one that is left stay in the log, as skipped where they were not done.
 * @param {Kept} kept
 * @param {string} slug
 * @param {Known} exercise
 * @param {{now: number, newId: () => string}} outside
 * @returns {Kept}
 */
export function swap({ plan, run }, slug, exercise, { now, newId }) {
  const old = buildTimeline(plan.routine, plan.exercises);
  const paused = pause(run, old, now);
  const here = old[paused.phase].item;
  const left = skipExercise(paused, old, now);
  const at = left.phase;
  const { dose, duration_s, lateral_hip } = exercise;
  const item = { exercise: slug, dose, duration_s, change: lateral_hip.change };
  const items = inserted(plan.routine.items, here + 1, [item]);
  const routine = { ...plan.routine, duration_s: plan.routine.duration_s + duration_s, items };
  const exercises = { ...plan.exercises, [slug]: played(exercise) };
  const phases = buildTimeline(routine, exercises);
  const added = phases.length - old.length;
  const ids = setRows(phases.slice(at, at + added)).map(newId);
  const setIds = inserted(plan.setIds, setRows(old.slice(0, at)).length, ids);
  const results = Object.fromEntries(
    Object.entries(left.results).map(([index, result]) => [
      Number(index) < at ? Number(index) : Number(index) + added,
      result,
    ]),
  );
  const there = { ...left, phase: at, elapsedMs: 0, anchor: null, endedAt: null, results };
  return { plan: { ...plan, routine, exercises, setIds }, run: there };
}

/**
 * @template T
 * @param {T[]} list
 * @param {number} at
 * @param {T[]} more
 */
function inserted(list, at, more) {
  return [...list.slice(0, at), ...more, ...list.slice(at)];
}
