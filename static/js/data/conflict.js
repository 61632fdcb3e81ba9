/** An entry that was edited on two devices: which of its versions is to be. Pure. */

import { CHILDREN } from "./merge.js";
import { edit, NOTHING, remove } from "./plan.js";

/**
 * @import { Wish } from "./plan.js"
 * @import { Body, Entry } from "./types.js"
 */

/** The version that shows stays. An empty change says so to the server, and it to the other devices. */
/** @type {Wish} */
export const keepThis = (entry) => {
  if (!entry.lost) return NOTHING;
  const base_rev = entry.server?.rev ?? 0;
  return { drop: [], add: { op: "patch", base_rev, set: {}, unset: [] } };
};

/** What gave way takes its place again. */
/** @type {Wish} */
export const takeOther = (entry, mutations, isUnsent) => {
  const { rev: _rev, ...lost } = entry.lost ?? {};
  if (!entry.lost) return NOTHING;
  if (!Object.keys(lost).length) return remove(entry, mutations, isUnsent);
  const plan = edit(otherOf(entry, lost), [])(entry, mutations, isUnsent);
  return plan.add ? plan : keepThis(entry, mutations, isUnsent);
};

/**
 * The fields of the version that gave way, each with its value; null: it had none.
 *
 * @param {Pick<Entry, "kind" | "body">} entry
 * @param {Body} lost without its `rev`
 * @returns {Body}
 */
export function otherOf({ kind, body }, lost) {
  const field = CHILDREN[kind];
  if (!field || !Array.isArray(lost[field])) return lost;
  return { ...lost, [field]: childrenOf(body?.[field] ?? [], lost[field]) };
}

/**
 * @param {Body[]} here
 * @param {Body[]} lost whole children, or only the id of one that had been removed
 */
function childrenOf(here, lost) {
  const byId = new Map(here.map((one) => [one.id, one]));
  for (const one of lost) {
    if (Object.keys(one).length === 1) byId.delete(one.id);
    else byId.set(one.id, one);
  }
  return [...byId.values()];
}
