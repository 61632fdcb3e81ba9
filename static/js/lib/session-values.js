// Between what the form holds (strings, as typed) and the body of a session (numbers, nulls).

import { instant, wall } from "./days.js";
import { minutes } from "./words.js";

/** @typedef {Record<string, string>} Values */
/** @typedef {Record<string, any>} Body */

export const SOMETHING_ELSE = "something-else";
const NUMBERS = ["effort", "pain_before", "pain_peak", "felt_glutes"];
const TEXTS = ["pain_site", "pain_side", "notes"];

/**
 * The values of an entry as the form shows them.
 * @param {Body} body
 * @returns {Values}
 */
export function toValues(body) {
  const rest = [...NUMBERS, ...TEXTS].map((name) => [name, body[name]?.toString() ?? ""]);
  return {
    routine: body.routine ?? SOMETHING_ELSE,
    date: body.date,
    minutes: body.duration_s == null ? "" : String(minutes(body.duration_s)),
    ...Object.fromEntries(rest),
  };
}

/**
 * The body of a new session. It started at this time of day, on the day that was given.
 * @param {Values} values checked ones
 * @param {{now: number, zone: string, names: Record<string, string>, version: string}} context
 * @returns {Body}
 */
export function newBody(values, { now, zone, names, version }) {
  const optional = [...NUMBERS, ...TEXTS].filter((name) => fieldOf(name, values[name]) !== null);
  return {
    ...routineOf(values.routine, names),
    content_version: version,
    started_at: instant(values.date, wall(now, zone).time, zone),
    date: values.date,
    tz: zone,
    duration_s: Number(values.minutes) * 60,
    ...Object.fromEntries(optional.map((name) => [name, fieldOf(name, values[name])])),
    source: "manual",
  };
}

/**
 * Only what was changed, so that an edit never touches what it did not show (a duration of 447
 * seconds reads as 7 minutes) and two devices can edit two fields.
 * @param {Body} body the entry as it is
 * @param {Values} values checked ones
 * @param {Record<string, string>} names slug -> name
 * @returns {{set: Body, unset: string[]}}
 */
export function changes(body, values, names) {
  const before = toValues(body);
  const changed = Object.keys(values).filter((name) => values[name] !== before[name]);
  /** @type {Body} */
  const set = {};
  /** @type {string[]} */
  const unset = [];
  for (const name of changed) {
    if (name === "routine") Object.assign(set, routineOf(values.routine, names));
    else if (name === "date") Object.assign(set, movedTo(values.date, body));
    else if (name === "minutes") set.duration_s = Number(values.minutes) * 60;
    else if (fieldOf(name, values[name]) === null) unset.push(name);
    else set[name] = fieldOf(name, values[name]);
  }
  return { set, unset };
}

/**
 * What becomes of a form whose entry has changed meanwhile. What is typed stays; a field that
 * nobody touched here takes its new value.
 * @param {Values} start what the form held before anything was typed
 * @param {Values} typed what it holds now
 * @param {Values} fresh what it would hold, opened anew
 * @returns {{untouched: Values, clashes: string[]}} the new values of fields that nobody touched
 *   here, and the names of those that were changed on both sides
 */
export function rebased(start, typed, fresh) {
  const mine = Object.keys(typed).filter((name) => typed[name] !== start[name]);
  return {
    untouched: Object.fromEntries(Object.entries(fresh).filter(([name]) => !mine.includes(name))),
    clashes: mine.filter((name) => fresh[name] !== start[name] && fresh[name] !== typed[name]),
  };
}

/**
 * @param {string} slug
 * @param {Record<string, string>} names
 */
function routineOf(slug, names) {
  if (slug === SOMETHING_ELSE) return { routine: null, routine_name: "Something else" };
  return { routine: slug, routine_name: names[slug] };
}

/**
 * @param {string} date
 * @param {Body} body
 */
function movedTo(date, body) {
  return { date, started_at: instant(date, wall(body.started_at, body.tz).time, body.tz) };
}

/**
 * @param {string} name
 * @param {string} value
 * @returns {string | number | null}
 */
function fieldOf(name, value) {
  if (value.trim() === "") return null;
  return NUMBERS.includes(name) ? Number(value) : value;
}
