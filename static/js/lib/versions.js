// How two versions of one entry differ: what is in the log, and what gave way to it. Pure.
import { CHILDREN, same } from "../data/merge.js";
import { setAmount, setName, valueWords } from "./entry-words.js";
import { fieldName } from "./reasons.js";

/**
 * @typedef {Pick<import("../data/types.js").EntryView, "kind" | "body" | "lost">} Entry
 * @typedef {Record<string, any>} Body
 * @typedef {{name: string, here: string, other: string}} Difference
 */

/** What follows from another field, or is nothing that a rider could choose by. */
const SILENT = new Set(["rev", "content_version", "source"]);

/**
 * List only what differs: what it is, how the log has it now, and how the other version had it.
 * None: it was a deletion that gave way.
 * @param {Entry} entry
 * @returns {Difference[]}
 */
export function differences({ kind, body, lost = {} }) {
  const fields = Object.entries(lost).filter(
    ([field, value]) =>
      !SILENT.has(field) &&
      !(field === "routine" && "routine_name" in lost) &&
      !same(value, body[field]),
  );
  return fields.flatMap(([field, value]) =>
    field === CHILDREN[kind] && Array.isArray(value)
      ? value.map((child) => childDifference(body[field] ?? [], child))
      : [fieldDifference(field, body, value)],
  );
}

/** Whether what gave way was a deletion. @param {Entry} entry */
export function wasDeletion({ lost }) {
  return lost !== undefined && Object.keys(lost).every((field) => field === "rev");
}

/**
 * @param {string} field
 * @param {Body} body
 * @param {any} value
 */
function fieldDifference(field, body, value) {
  return {
    name: fieldName(field),
    here: valueWords(field, body[field], body),
    other: valueWords(field, value, { ...body, [field]: value }),
  };
}

/**
 * One set. An id alone stands for a set that the other version had removed.
 * @param {Body[]} children
 * @param {Body} other
 */
function childDifference(children, other) {
  const here = children.find(({ id }) => id === other.id);
  const known = here ?? other;
  const alike = children.filter((one) => setName(one) === setName(known));
  const number = alike.length > 1 ? alike.findIndex(({ id }) => id === other.id) + 1 : 0;
  return {
    name: number ? `${setName(known)}, set ${number}` : setName(known),
    here: here ? childWords(here) : "not there",
    other: Object.keys(other).length > 1 ? childWords(other) : "not there",
  };
}

/** A set that was done, or an exercise of a routine that is to be. @param {Body} child */
function childWords(child) {
  const { id: _id, exercise: _exercise, ...doses } = child;
  return "unit" in child || "done" in child
    ? setAmount(child)
    : valueWords("", doses, child) || "as planned";
}
