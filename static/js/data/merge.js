/**
 * Bodies of entries: what differs, what a patch makes of one, and how a patch made on an older
 * body goes into a newer one. Pure, and the same rules as the server's (tests/contract/merge.json).
 * A field that is null is the same as one that is absent.
 */

/** @import { Body, Patch } from "./types.js" */

/** The field of a kind whose items have ids of their own, and are merged one by one. */
export const CHILDREN = /** @type {Record<string, string | undefined>} */ ({
  session: "sets",
  routine: "items",
});

/**
 * Say whether two JSON values are equal; the order of keys does not matter.
 *
 * @param {any} a
 * @param {any} b
 * @returns {boolean}
 */
export function same(a, b) {
  if ((a ?? null) === (b ?? null)) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false;
  if (Array.isArray(a) !== Array.isArray(b) || a.length !== b.length) return false;
  return Object.keys({ ...a, ...b }).every((key) => same(a[key], b[key]));
}

/**
 * @param {Body} body
 * @param {Body} [set]
 * @param {string[]} [unset]
 * @returns {Body}
 */
export function applyPatch(body, set = {}, unset = []) {
  return filled({ ...body, ...set, ...nulls(unset) });
}

/**
 * The smallest patch that makes `after` of `before`.
 *
 * @param {Body} before
 * @param {Body} after
 * @returns {Patch}
 */
export function diff(before, after) {
  const keys = Object.keys({ ...before, ...after }).filter((key) => !same(before[key], after[key]));
  const kept = keys.filter((key) => (after[key] ?? null) !== null);
  return {
    set: Object.fromEntries(kept.map((key) => [key, after[key]])),
    unset: keys.filter((key) => !kept.includes(key)),
  };
}

/**
 * Put a patch that was made on `base` into `theirs`. What both changed is the patch's, whole
 * children aside, and the other value is returned as lost; an edit outlives a deletion.
 *
 * @param {Body | null} base null: not known
 * @param {Body | null} theirs null: deleted
 * @param {Partial<Patch>} patch
 * @param {string} [children] field whose items are merged by id
 * @returns {{doc: Body, lost: Body | null}}
 */
export function mergePatch(base, theirs, { set = {}, unset = [] }, children) {
  if (!theirs) return { doc: applyPatch(base ?? {}, set, unset), lost: base && {} };
  const { doc, lost } = mergeFields(base ?? {}, theirs, { ...set, ...nulls(unset) }, children);
  return { doc, lost: Object.keys(lost).length ? lost : null };
}

/** @param {string[]} fields */
const nulls = (fields) => Object.fromEntries(fields.map((field) => [field, null]));

/** Take from `body`, which is nobody else's, what is not filled in. @param {Body} body */
function filled(body) {
  for (const key of Object.keys(body)) if ((body[key] ?? null) === null) delete body[key];
  return body;
}

/**
 * @param {Body} base
 * @param {Body} theirs
 * @param {Body} patch null for a field that goes away
 * @param {string} [children]
 */
function mergeFields(base, theirs, patch, children) {
  const doc = { ...theirs };
  /** @type {Body} */
  const lost = {};
  for (const [key, ours] of Object.entries(patch)) {
    const [was, now] = [base[key], theirs[key]];
    if (same(ours, was) || same(ours, now)) continue;
    const moved = !same(now, was);
    // A list that only we touched is taken as it is, new places of its children too.
    if (key === children && moved && [was ?? [], now ?? [], ours].every(areChildren)) {
      const merged = mergeChildren(was ?? [], now ?? [], ours);
      doc[key] = merged.doc;
      if (merged.lost.length) lost[key] = merged.lost;
    } else {
      doc[key] = ours;
      if (moved) lost[key] = now ?? null;
    }
  }
  return { doc: filled(doc), lost };
}

/** Whether each can be told by its id; what was refused may hold anything. @param {any} list */
const areChildren = (list) =>
  Array.isArray(list) && list.every((one) => typeof one?.id === "string");

/**
 * Merge lists of children by id; a lost child is given whole, a lost removal as its id.
 *
 * @param {Body[]} base
 * @param {Body[]} theirs
 * @param {Body[]} ours
 */
function mergeChildren(base, theirs, ours) {
  const [olds, nows, news] = [base, theirs, ours].map(
    (side) => new Map(side.map((c) => [c.id, c])),
  );
  const doc = [];
  const lost = [];
  for (const id of orderOf(olds, nows, news)) {
    const [old, now, mine] = [olds.get(id), nows.get(id), news.get(id)];
    const one = now ?? mine;
    if (now && mine) {
      const { set, unset } = diff(old ?? {}, mine);
      const merged = mergeFields(old ?? {}, now, { ...set, ...nulls(unset) });
      doc.push(merged.doc);
      if (Object.keys(merged.lost).length) lost.push(now);
    } else if (one && !(old && same(old, one))) {
      doc.push(one);
      if (old) lost.push({ id });
    }
  }
  return { doc, lost };
}

/**
 * All ids in the order of `nows`, or in that of `news` if it moved any about.
 *
 * @param {Map<string, Body>} olds
 * @param {Map<string, Body>} nows
 * @param {Map<string, Body>} news
 */
function orderOf(olds, nows, news) {
  const shared = [...olds.keys()].filter((id) => news.has(id));
  const moved = !same(
    shared,
    [...news.keys()].filter((id) => olds.has(id)),
  );
  return new Set(moved ? [...news.keys(), ...nows.keys()] : [...nows.keys(), ...news.keys()]);
}
