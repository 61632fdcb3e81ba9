// Where a routine of a rider's own goes against the plan: told, never forbidden. Pure.
//
// The words are those of the rules themselves: of step 3 (rules/activation.toml), and of each
// exercise's [lateral_hip].
import { doseOf, exerciseOf } from "./dose.js";

/**
 * @typedef {import("./dose.js").Content} Content
 * @typedef {import("./dose.js").OwnItem} OwnItem
 * @typedef {{text: string, swaps: string[]}} Warning `swaps`: exercises to take instead, by slug
 */

/**
 * Say what the plan has against each item.
 * @param {OwnItem[]} items
 * @param {Content} content
 * @param {boolean} sore whether the outside of the rider's hip is sore
 * @returns {Warning[][]} by the place of the item
 */
export function warningsIn(items, content, sore) {
  const slugs = items.map((item) => item.exercise);
  const steps = slugs.map((slug) => exerciseOf(content, slug)?.step);
  return items.map((item, index) => {
    const exercise = exerciseOf(content, item.exercise);
    if (!exercise) return [];
    const tired = steps.slice(0, index).includes("strengthen");
    return [
      ...stepThree(item, exercise, content, tired).map((text) => ({ text, swaps: [] })),
      ...lateralHip(exercise, slugs, sore),
    ];
  });
}

/**
 * @param {OwnItem} item
 * @param {import("./dose.js").PlanExercise} exercise
 * @param {Content} content
 * @param {boolean} tired whether strength comes before it
 * @returns {string[]}
 */
function stepThree(item, exercise, { activation: rule, activation_rules: texts }, tired) {
  if (exercise.step !== "activate" || exercise.lateral_hip_only) return [];
  const { sets, reps, reps_max, rest_s } = doseOf(item, exercise.dose);
  const low = reps ?? rule.reps_min;
  const kept = sets === rule.sets && low >= rule.reps_min && (reps_max ?? low) <= rule.reps_max;
  return [
    ...(kept ? [] : [texts.dose]),
    ...(rest_s > rule.rest_max_s ? [texts.rest] : []),
    ...(tired ? [texts.fresh] : []),
  ];
}

/**
 * @param {import("./dose.js").PlanExercise} exercise
 * @param {string[]} present
 * @param {boolean} sore
 * @returns {Warning[]}
 */
function lateralHip({ lateral_hip: hip, lateral_hip_only: only }, present, sore) {
  if (!sore) return only ? [{ text: "This one is only for a sore outer hip.", swaps: [] }] : [];
  if (hip.tag === "ok") return [];
  const word = hip.tag === "block" ? "Leave it out for now." : `Change it: ${hip.change}`;
  const swaps = hip.swap.filter((slug) => !present.includes(slug));
  return [{ text: [word, hip.why].filter(Boolean).join(" "), swaps }];
}
