// A routine while it is put together: what is typed, as it is typed. Pure: each change is a new one.
import { amountOf, exerciseOf } from "./dose.js";

/**
 * @typedef {import("./dose.js").Content} Content
 * @typedef {import("./dose.js").Own} Own
 * @typedef {import("./dose.js").OwnItem} OwnItem
 * @typedef {{sets: string, amount: string, rest: string}} Typed
 * @typedef {Typed & {was: OwnItem}} Part an item of the routine; `was`: as it was saved, or added
 * @typedef {{name: string, parts: Part[]}} Composition plain JSON
 */

/** @type {Composition} */
export const BLANK = { name: "", parts: [] };

/**
 * Show a saved routine, with the plan's doses where it names none.
 * @param {Own} body
 * @param {Content} content
 * @returns {Composition}
 */
export function fromBody({ name, items = [] }, content) {
  return { name, parts: items.map((item) => partOf(item, content)) };
}

/**
 * Write what is typed as a routine: numbers, and no dose that the plan has anyway. What is no number
 * becomes NaN, which no limit lets through. Fields that this version does not know stay.
 * @param {Composition} composition
 * @param {Content} content
 * @returns {Own & {items: OwnItem[]}}
 */
export function toBody({ name, parts }, content) {
  return { name: name.trim(), items: parts.map((part) => toItem(part, content)) };
}

/**
 * @param {Composition} composition
 * @param {string} slug
 * @param {string} id UUID
 * @param {Content} content
 * @param {number} [at] in the place of this one; left out: at the end
 * @returns {Composition}
 */
export function withExercise({ name, parts }, slug, id, content, at) {
  const part = partOf({ id, exercise: slug }, content);
  return { name, parts: replaced(parts, at ?? parts.length, part) };
}

/**
 * @param {Composition} composition
 * @param {number} at
 * @returns {Composition}
 */
export function without({ name, parts }, at) {
  return { name, parts: replaced(parts, at) };
}

/**
 * @param {Composition} composition
 * @param {number} from
 * @param {number} to beyond either end means there
 * @returns {Composition}
 */
export function moved({ name, parts }, from, to) {
  const rest = replaced(parts, from);
  const at = Math.max(0, to);
  return { name, parts: [...rest.slice(0, at), parts[from], ...rest.slice(at)] };
}

/**
 * @param {Composition} composition
 * @param {number} at
 * @param {Partial<Typed>} typed
 * @returns {Composition}
 */
export function typed({ name, parts }, at, typed) {
  return { name, parts: replaced(parts, at, { ...parts[at], ...typed }) };
}

/**
 * @param {Part[]} parts
 * @param {number} at
 * @param {Part[]} by what comes in the place of that one
 */
function replaced(parts, at, ...by) {
  return [...parts.slice(0, at), ...by, ...parts.slice(at + 1)];
}

/**
 * @param {OwnItem} item
 * @param {Content} content
 * @returns {Part}
 */
function partOf(item, content) {
  const dose = exerciseOf(content, item.exercise)?.dose;
  if (!dose) return { was: item, sets: "", amount: "", rest: "" };
  const amount = amountOf(dose);
  return {
    was: item,
    sets: String(item.sets ?? dose.sets),
    amount: String(item[amount] ?? dose[amount]),
    rest: String(item.rest_s ?? dose.rest_s),
  };
}

/**
 * @param {Part} part
 * @param {Content} content
 * @returns {OwnItem}
 */
function toItem({ was, sets, amount, rest }, content) {
  const dose = exerciseOf(content, was.exercise)?.dose;
  if (!dose) return was;
  const field = amountOf(dose);
  const asked = { sets: count(sets), [field]: count(amount), rest_s: count(rest) };
  const plan = /** @type {Record<string, unknown>} */ ({ ...dose });
  const own = Object.entries(asked).filter(
    // What was said on purpose stays said, even if it is the plan's number by now.
    ([name, value]) => value !== plan[name] || Object.hasOwn(was, name),
  );
  const { sets: _sets, reps: _reps, hold_s: _hold, rest_s: _rest, ...kept } = was;
  return { ...kept, ...Object.fromEntries(own) };
}

/** @param {string} text as typed */
function count(text) {
  return /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN;
}
