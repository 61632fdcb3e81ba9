// What a routine of a rider's own may not be: too long, without a name, beyond a limit. Pure.
//
// The limits are those that the server checks (content.json: `limits`), and two that follow from
// playing it: its log has to hold all its sets, and to be no longer than a session may be.
import { characters } from "../lib/field-rules.js";
import { amountOf, doseOf, exerciseOf, secondsOf } from "./dose.js";

/**
 * @typedef {import("./dose.js").Content} Content
 * @typedef {import("./dose.js").Own} Own
 * @typedef {import("./dose.js").OwnItem} OwnItem
 * @typedef {"sets" | "reps" | "hold_s" | "rest_s"} DoseField
 * @typedef {{field: "name" | "items" | "exercise" | DoseField, item: number | null, sentence: string}} Problem
 *   `item`: its place among the items
 */

/** A tag as in HTML, what cannot be seen, and what turns the direction of writing. */
const NO_WORDS =
  // eslint-disable-next-line no-control-regex
  /<[a-z/!?]|[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/i;

/** What takes no ink: format characters, and the blanks that count as letters or symbols. */
const UNSEEN = /[\p{Cf}\u115f\u1160\u2800\u3164\uffa0]/gu;
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;

/**
 * Say what is wrong with a name, if anything.
 * @param {unknown} name
 * @param {Pick<Content, "limits">} content
 * @returns {string}
 */
export function nameProblem(name, { limits }) {
  const most = limits.routine.name.max_length;
  if (typeof name !== "string" || !name.trim()) return "Give it a name.";
  if (characters(name) > most) return `Use at most ${most} characters.`;
  if (NO_WORDS.test(name)) return "Use plain words: this looks like code.";
  return SEEN.test(name.replace(UNSEEN, "")) ? "" : "Give it a name that can be seen.";
}

/**
 * List all that is wrong with a routine, in the order of the page.
 * @param {Own} body
 * @param {Content} content
 * @returns {Problem[]}
 */
export function problemsIn(body, content) {
  const items = body.items ?? [];
  const name = nameProblem(body.name, content);
  const inside = items.flatMap((item, index) => itemProblems(item, index, content));
  const whole = inside.length ? "" : wholeProblem(items, content);
  return [
    ...(name ? [problem("name", null, name)] : []),
    ...(whole ? [problem("items", null, whole)] : []),
    ...inside,
  ];
}

/**
 * Say why what the plan knows of a routine is more than its log can hold, if it is.
 * @param {Own} body
 * @param {Content} content
 * @returns {string}
 */
export function tooMuch({ items = [] }, content) {
  const known = items.filter(({ exercise }) => exerciseOf(content, exercise));
  return known.length ? wholeProblem(known, content) : "";
}

/**
 * @param {OwnItem} item
 * @param {number} index
 * @param {Content} content
 * @returns {Problem[]}
 */
function itemProblems(item, index, content) {
  const exercise = exerciseOf(content, item.exercise);
  if (!exercise) {
    return [problem("exercise", index, "The plan does not have this exercise. Take it out.")];
  }
  const { fields } = content.limits.routine.items.each;
  /** @type {DoseField[]} */
  const names = ["sets", amountOf(exercise.dose), "rest_s"];
  return names
    .filter((field) => item[field] !== undefined && !isWithin(item[field], fields[field]))
    .map((field) => {
      const { min, max } = fields[field];
      return problem(field, index, `Use a whole number from ${min} to ${max}.`);
    });
}

/**
 * @param {OwnItem[]} items each right in itself
 * @param {Content} content
 */
function wholeProblem(items, content) {
  const { routine, session } = content.limits;
  const mostItems = routine.items.max_items;
  const mostSets = session.sets.max_items;
  const hours = session.duration_s.max / 3600;
  if (!items.length) return "Put at least one exercise in.";
  if (items.length > mostItems)
    return `A routine has at most ${mostItems} exercises; this one has ${items.length}.`;
  const all = items.map((item) => {
    const exercise = content.exercises[item.exercise];
    const dose = doseOf(item, exercise.dose);
    return {
      sets: dose.sets * (exercise.sides === "both" ? 1 : 2),
      seconds: secondsOf(exercise, dose),
    };
  });
  const sets = all.reduce((sum, one) => sum + one.sets, 0);
  const seconds = all.reduce((sum, one) => sum + one.seconds, 0);
  if (sets > mostSets)
    return `All sides counted, this comes to ${sets} sets; a session holds ${mostSets}.`;
  if (seconds > hours * 3600)
    return `This takes more than ${hours} hours, longer than a session may be.`;
  return "";
}

/**
 * @param {unknown} value
 * @param {{min: number, max: number}} limit
 */
function isWithin(value, { min, max }) {
  return Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
}

/**
 * @param {Problem["field"]} field
 * @param {number | null} item
 * @param {string} sentence
 * @returns {Problem}
 */
const problem = (field, item, sentence) => ({ field, item, sentence });
