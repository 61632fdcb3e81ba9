/** Bodies of entries: what differs, and what a patch makes of one. Pure. */

/** @import { Body, Patch } from "./types.js" */

/**
 * Say whether two JSON values are equal; the order of keys does not matter.
 *
 * @param {any} a
 * @param {any} b
 * @returns {boolean}
 */
export function same(a, b) {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((k) => k in b && same(a[k], b[k]));
}

/**
 * @param {Body} body
 * @param {Body} [set]
 * @param {string[]} [unset]
 * @returns {Body}
 */
export function applyPatch(body, set = {}, unset = []) {
  const next = { ...body, ...set };
  for (const field of unset) delete next[field];
  return next;
}

/**
 * The smallest patch that makes `after` of `before`.
 *
 * @param {Body} before
 * @param {Body} after
 * @returns {Patch}
 */
export function diff(before, after) {
  const changed = Object.entries(after).filter(([key, value]) => !same(before[key], value));
  return {
    set: Object.fromEntries(changed),
    unset: Object.keys(before).filter((key) => !(key in after)),
  };
}
