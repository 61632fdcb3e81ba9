// What an entry says, in the words and units of the log: to copy it, and to compare two versions. Pure.
import { dayHeading, dayOf, wall } from "./days.js";
import { fieldName } from "./reasons.js";
import { minutes, painWord, sessionName } from "./words.js";

/**
 * @typedef {Record<string, any>} Body
 * @typedef {{kind: string, body: Body}} Told
 */

/** @type {Record<string, string>} */
const SIDES = { L: "left", R: "right", both: "both" };
/** @type {Record<string, string>} */
const UNITS = { seconds: "s", metres: "m", reps: "×" };

/** What the rider neither chose nor typed. */
const UNTOLD = new Set(["content_version", "source", "tz", "routine", "routine_name"]);

/** @type {Record<string, (body: Body) => string>} */
const NAMES = {
  session: sessionName,
  ride: ({ title }) => title || "Ride",
  routine: ({ name }) => name || "Your own routine",
  morning: () => "Next-morning answer",
  check: ({ check }) => (check ? `Self-check, ${spaced(check)}` : "Self-check"),
  preference: () => "Your preferences",
};

/**
 * What to call an entry, of a kind that only a newer app knows too.
 * @param {Told} entry
 */
export function entryName({ kind, body }) {
  return NAMES[kind]?.(body) ?? `An entry (${spaced(kind)})`;
}

/** @type {Record<string, (value: any, body: Body) => string>} */
const WRITERS = {
  duration_s: lengthOf,
  date: (date) => dayHeading(date, "1970-01-01"),
  started_at: (at, { tz }) => wall(Number(at) || 0, tz || "UTC").time.slice(0, 5),
  effort: (value) => `${value} of 10`,
  felt_glutes: (value) => `${value} of 10`,
  pain: painOf,
  pain_before: painOf,
  pain_peak: painOf,
  pain_side: (side) => SIDES[side] ?? side,
  side: (side) => SIDES[side] ?? side,
  routine: spaced,
  minutes: (value) => `${value} min`,
  standing_minutes: (value) => `${value} min`,
  numbness_minutes: (value) => `${value} min`,
};

/**
 * The value of a field as the log writes it, with its unit.
 * @param {string} field
 * @param {any} value
 * @param {Body} body the entry that it is a part of
 * @returns {string}
 */
export function valueWords(field, value, body) {
  if (value == null || value === "") return "nothing";
  const write = WRITERS[field];
  if (write) return write(value, body);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.map((one) => valueWords("", one, body)).join(", ");
  if (typeof value !== "object") return String(value);
  const parts = Object.entries(value).filter(([name]) => name !== "id");
  return parts
    .map(([name, part]) => `${fieldName(name)}: ${valueWords(name, part, body)}`)
    .join(", ");
}

/** @param {Body} set */
export function setName({ name, exercise, side }) {
  const word = side === "both" ? "" : SIDES[side];
  return `${name ?? spaced(exercise ?? "a set")}${word ? `, ${word}` : ""}`;
}

/** @param {Body} set */
export function setAmount({ done, target, unit, skipped, load_kg: load, pain }) {
  const count = done == null ? "–" : `${done} ${UNITS[unit] ?? ""}`.trim();
  const aim = target == null || target === done ? "" : ` of ${target}`;
  const rest = [load ? `${load} kg` : "", pain == null ? "" : `pain ${pain}`];
  return [skipped && !done ? "skipped" : count + aim, ...rest].filter(Boolean).join(", ");
}

/**
 * The whole entry as lines of text, for a message or a note.
 * @param {Told} entry
 */
export function entryText({ kind, body }) {
  const { sets = [], ...rest } = body;
  const told = Object.entries(rest).filter(
    ([field, value]) => value != null && value !== "" && field !== "date" && !UNTOLD.has(field),
  );
  return [
    entryName({ kind, body }),
    ...(body.date || body.started_at ? [valueWords("date", dayOf(body), body)] : []),
    ...told.map(([field, value]) => `${fieldName(field)}: ${valueWords(field, value, body)}`),
    ...sets.map((/** @type {Body} */ set) => `${setName(set)}: ${setAmount(set)}`),
  ].join("\n");
}

/** @param {number} seconds */
function lengthOf(seconds) {
  const rest = seconds % 60;
  return rest ? `${Math.floor(seconds / 60)} min ${rest} s` : `${minutes(seconds)} min`;
}

/** @param {number} pain */
function painOf(pain) {
  return `${pain}, ${painWord(pain).word}`;
}

/** @param {string} slug */
function spaced(slug) {
  return slug.replaceAll(/[-_]/g, " ");
}
