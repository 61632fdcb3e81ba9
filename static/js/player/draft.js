// The routine that is going on, as it is kept on the phone. Pure.
import { wall } from "../lib/zone.js";
import { setRows } from "./session-log.js";
import { buildTimeline } from "./timeline.js";

/**
 * @typedef {import("./session-log.js").Plan} Plan
 * @typedef {import("./machine.js").Run} Run
 * @typedef {object} Draft plain JSON, complete in itself: an update of the plan does not reach it
 * @property {1} v
 * @property {string} routine slug, for whoever shows that something is going on
 * @property {string} name
 * @property {number} savedAt ms since the epoch
 * @property {Plan} plan
 * @property {Run} run
 * @property {Record<string, string>} answers what was typed into the form at the end
 * @property {string} [holder] id of the visit that took it up last; no other may write it
 */

/**
 * Take from the content what a run needs, so that it can be gone on with whatever comes.
 * @param {{version: string, exercises: Record<string, any>}} content
 * @param {import("./timeline.js").Routine} routine
 * @param {{now: number, tz: string, newId: () => string}} with the clock (ms), the zone and ids
 * @returns {Plan}
 */
export function planOf(content, routine, { now, tz, newId }) {
  const entries = routine.items.map(({ exercise: slug }) => {
    return [slug, played(content.exercises[slug])];
  });
  const exercises = Object.fromEntries(entries);
  const setIds = setRows(buildTimeline(routine, exercises)).map(newId);
  return { version: content.version, routine, exercises, date: wall(now, tz).date, tz, setIds };
}

/**
 * Take what is played of an exercise.
 * @param {import("./timeline.js").Exercise} exercise
 * @returns {import("./timeline.js").Exercise}
 */
export function played({ name, step, sides, setup, cues, equipment, say }) {
  return { name, step, sides, setup, cues, equipment, ...(say && { say }) };
}

/**
 * @param {Plan} plan
 * @param {Run} run
 * @param {Record<string, string>} answers
 * @param {number} now
 * @returns {Draft}
 */
export function draftOf(plan, run, answers, now) {
  const { slug, name } = plan.routine;
  return { v: 1, routine: slug, name, savedAt: now, plan, run, answers };
}

/**
 * Say whether `value` is a draft this version can go on with.
 * @param {any} value
 * @returns {value is Draft}
 */
export function isDraft(value) {
  return value?.v === 1 && Boolean(value.plan && value.run);
}
