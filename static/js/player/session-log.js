// From a run to the entry of the logbook. Pure.
import { results } from "./machine.js";
import { swappingSides } from "./timeline.js";

/**
 * @typedef {import("./timeline.js").Phase} Phase
 * @typedef {import("./timeline.js").Routine} Routine
 * @typedef {import("./timeline.js").Exercise} Exercise
 * @typedef {import("./machine.js").Run} Run
 */

/**
 * What a run follows, as it was when it was started: a later change of the plan never changes it.
 * @typedef {object} Plan
 * @property {string} version of the content
 * @property {Routine} routine
 * @property {Record<string, Exercise>} exercises those of the routine, by slug
 * @property {string} date the local day, YYYY-MM-DD
 * @property {string} tz IANA name of the zone
 * @property {string[]} setIds one for each row of `setRows`
 */

/** Limits of `duration_s`: a log counts minutes, from one to ten hours. */
const SHORTEST_S = 60;
const LONGEST_S = 36_000;

/**
 * List the sets of a routine, one row for each side: sets that swap sides give two, the side that
 * began first. `part` is the place of the side in a result.
 * @param {Phase[]} phases
 */
export function setRows(phases) {
  return phases.flatMap((phase, index) => {
    if (phase.type !== "work") return [];
    if (phase.side !== "alternate") return [{ index, part: 0, side: phase.side, phase }];
    return swappingSides(phase).map((side) => ({ index, part: side === "L" ? 0 : 1, side, phase }));
  });
}

/**
 * Write the log of `run`. Every set of the routine is in it, done or skipped; of a set that was
 * skipped half-way, `done` keeps the half.
 * @param {Run} run
 * @param {Plan} plan
 * @param {Phase[]} phases
 * @param {object} answers of the form at the end
 */
export function sessionBody(run, plan, phases, answers) {
  const done = results(run, phases);
  const seconds = Math.round(run.activeMs / 1000);
  return {
    ...answers,
    routine: plan.routine.slug,
    routine_name: plan.routine.name,
    content_version: plan.version,
    started_at: run.startedAt,
    date: plan.date,
    tz: plan.tz,
    duration_s: Math.min(LONGEST_S, Math.max(SHORTEST_S, seconds)),
    sets: setRows(phases).map((row, order) => setOf(row, order, plan, done[row.index])),
    source: "player",
  };
}

/**
 * @param {ReturnType<typeof setRows>[number]} row
 * @param {number} order
 * @param {Plan} plan
 * @param {import("./machine.js").Result | undefined} result
 */
function setOf({ part, side, phase }, order, plan, result) {
  const done = result?.done[part] ?? 0;
  const pain = result?.pain?.[part] ?? null;
  const { name, step } = plan.exercises[phase.exercise];
  return {
    id: plan.setIds[order],
    exercise: phase.exercise,
    name,
    step,
    side,
    order,
    unit: phase.unit,
    target: phase.target,
    done,
    skipped: done < phase.target && (done === 0 || Boolean(result?.skipped)),
    ...(pain !== null && { pain }),
  };
}

/**
 * Count what a log holds, for the words at the end.
 * @param {{done: number, skipped: boolean, exercise: string}[]} sets
 */
export function tally(sets) {
  const done = sets.filter((set) => set.done > 0);
  return { sets: done.length, exercises: new Set(done.map((set) => set.exercise)).size };
}
