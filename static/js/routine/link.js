// A link that carries a routine in itself, after the "#": no server ever sees it. Pure.
//
// `1.` and base64url of `["Name", ["AC-02", ["AC-04", 3, 12, 15]]]`: an exercise by its id, with
// sets, amount and rest where they are not the plan's. A link comes from anywhere, so all is checked,
// and what does not fit is refused whole.
import { amountOf, exerciseOf } from "./dose.js";
import { problemsIn } from "./problems.js";

/**
 * @typedef {import("./dose.js").Content} Content
 * @typedef {import("./dose.js").Own} Own
 * @typedef {{body: Own, problem?: undefined} | {body?: undefined, problem: string}} Opened
 */

const VERSION = "1";
/** The longest routine that fits all limits takes less than half of it. */
const LONGEST = 6_000;

/** Why a link cannot be opened, in words. */
export const PROBLEMS = {
  empty: "There is no routine in this link.",
  version: "This link was made by another version of the app. Update yours, and open it again.",
  foreign: "This is not a link that the app has made, or it was changed on its way.",
  cut: "This link was cut off on its way. Ask for it again, whole.",
  long: "This link holds far more than a routine can.",
  unknown: "names an exercise that this app does not know. Update yours, and open it again.",
};

/** What each number of a dose counts. @type {Record<string, string>} */
const COUNTS = { sets: "sets", reps: "repetitions", hold_s: "seconds", rest_s: "seconds of rest" };

/**
 * Write a routine as the part of a link after "#". What the plan does not know stays behind.
 * @param {Own} body
 * @param {Content} content
 */
export function write({ name, items = [] }, content) {
  const known = items.filter((item) => exerciseOf(content, item.exercise));
  const list = known.map(({ exercise, sets, reps, hold_s, rest_s }) => {
    const dose = [sets, reps ?? hold_s, rest_s].map((one) => one ?? null);
    while (dose.at(-1) === null) dose.pop();
    const { id } = content.exercises[exercise];
    return dose.length ? [id, ...dose] : id;
  });
  return `${VERSION}.${toBase64(JSON.stringify([name, list]))}`;
}

/**
 * Read the part of a link after "#".
 * @param {string} hash with or without "#"
 * @param {Content} content
 * @param {() => string} newId a UUID for each item
 * @returns {Opened}
 */
export function open(hash, content, newId) {
  const [, version, data] = /^#?(?:(\d+)\.)?(.*)$/s.exec(hash) ?? [];
  if (!data) return { problem: version ? PROBLEMS.cut : PROBLEMS.empty };
  if (!version) return { problem: PROBLEMS.foreign };
  if (version !== VERSION) return { problem: PROBLEMS.version };
  if (data.length > LONGEST) return { problem: PROBLEMS.long };
  if (!/^[\w-]+$/.test(data)) return { problem: PROBLEMS.foreign };
  const said = fromBase64(data);
  if (said === undefined) return { problem: PROBLEMS.cut };
  return checked(said, content, newId);
}

/**
 * @param {any} said
 * @param {Content} content
 * @param {() => string} newId
 * @returns {Opened}
 */
function checked(said, content, newId) {
  if (!Array.isArray(said) || said.length !== 2 || !Array.isArray(said[1]))
    return { problem: PROBLEMS.foreign };
  const [name, list] = said;
  const most = content.limits.routine.items.max_items;
  if (list.length > most)
    return { problem: `This link holds ${list.length} exercises; a routine has at most ${most}.` };
  const slugs = new Map(Object.entries(content.exercises).map(([slug, { id }]) => [id, slug]));
  /** @type {Own & {items: import("./dose.js").OwnItem[]}} */
  const body = { name, items: [] };
  for (const one of list) {
    const [id, ...dose] = Array.isArray(one) ? one : [one];
    const slug = slugs.get(id);
    if (!slug) return { problem: `This link ${PROBLEMS.unknown}` };
    if (dose.length > 3) return { problem: PROBLEMS.foreign };
    const fields = ["sets", amountOf(content.exercises[slug].dose), "rest_s"];
    const given = dose.map((value, index) => [fields[index], value]);
    const told = Object.fromEntries(given.filter(([, value]) => value !== null));
    body.items.push({ id: newId(), exercise: slug, ...told });
  }
  const [first] = problemsIn(body, content);
  return first ? { problem: sentenceOf(first, body.items, content) } : { body };
}

/**
 * @param {import("./problems.js").Problem} problem
 * @param {import("./dose.js").OwnItem[]} items
 * @param {Content} content
 */
function sentenceOf({ field, item, sentence }, items, content) {
  if (field === "name") return `The name of the routine in this link will not do. ${sentence}`;
  if (item === null) return `The routine in this link will not do. ${sentence}`;
  const { name } = content.exercises[items[item].exercise];
  const { min, max } = content.limits.routine.items.each.fields[field];
  return `This link does not ask for ${min} to ${max} ${COUNTS[field]} of ${name}, but for something else.`;
}

/** @param {string} text */
function toBase64(text) {
  const bytes = new TextEncoder().encode(text);
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/**
 * @param {string} data of base64url's own letters
 * @returns {any} undefined: there is an end missing
 */
function fromBase64(data) {
  try {
    const binary = atob(data.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
