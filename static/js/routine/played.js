// A rider's own routine as the player plays it. Pure.
import { doseOf, exerciseOf, minutesOf, secondsOf } from "./dose.js";

/**
 * @typedef {import("./dose.js").Content} Content
 * @typedef {import("./dose.js").Own} Own
 * @typedef {import("../player/timeline.js").Item} Item
 * @typedef {import("../player/timeline.js").Routine & {own: true}} Played
 */

/**
 * Lay `body` out as a routine of the plan is. An exercise that the plan does not know (any more, or
 * yet) is left out; with nothing left there is nothing to play.
 * @param {Own} body
 * @param {Content} content
 * @param {{slug: string, sore?: boolean}} as its address in the player, and whether the outside of
 *   the rider's hip is sore
 * @returns {Played | null}
 */
export function playedOf(body, content, { slug, sore = false }) {
  const known = (body.items ?? []).filter((item) => exerciseOf(content, item.exercise));
  const last = known.at(-1);
  if (!last) return null;
  const gentle = sore || known.some((item) => content.exercises[item.exercise].lateral_hip_only);
  const items = known.map((item) => itemOf(item, content, gentle));
  const duration_s = items.reduce((sum, item) => sum + item.duration_s, 0);
  const { step } = content.exercises[last.exercise]; // what comes after hangs on how it ends
  return {
    slug,
    name: body.name,
    step,
    lateral_hip: gentle,
    rules: step === "activate" ? Object.values(content.activation_rules) : [],
    duration_s,
    minutes: minutesOf(duration_s),
    items,
    own: true,
  };
}

/**
 * @param {import("./dose.js").OwnItem} item
 * @param {Content} content
 * @param {boolean} gentle
 * @returns {Item}
 */
function itemOf(item, content, gentle) {
  const exercise = content.exercises[item.exercise];
  const dose = doseOf(item, exercise.dose);
  return {
    exercise: item.exercise,
    dose,
    duration_s: secondsOf(exercise, dose),
    change: gentle ? exercise.lateral_hip.change : null,
    group: null,
  };
}
