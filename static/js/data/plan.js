/** What a tap does to an entry and to the outbox. Pure: the store carries it out. */

import { applyPatch, diff } from "./merge.js";
import { replay } from "./views.js";

/**
 * @import { Body, Entry, Mutation, Op } from "./types.js"
 *
 * @typedef {{op: Op, base_rev: number, set?: Body, unset?: string[], whole?: boolean}} NewMutation
 * @typedef {{drop: Mutation[], add: NewMutation | null, settles?: boolean}} Plan `settles`: what
 *   is said beside the entry is dealt with, even where nothing is sent
 * @typedef {(entry: Entry, mutations: Mutation[]) => Plan} Wish
 */

/** @type {Plan} */
const NOTHING = { drop: [], add: null };

/** @param {Body} body @returns {Wish} */
export const create = (body) => () => ({
  drop: [],
  add: { op: "create", base_rev: 0, set: body, whole: true },
});

/** @param {Body} set @param {string[]} unset @returns {Wish} */
export const edit = (set, unset) => (entry, mutations) =>
  become(applyPatch(entry.body ?? {}, set, unset), entry, mutations);

/** Put what the phone shows on its way again: after a refusal, or when the server lost it. */
/** @type {Wish} */
export const resend = (entry, mutations) => become(entry.body ?? {}, entry, mutations);

/** Let go of what the server refused, and show what the server has. */
/** @type {Wish} */
export const discard = (_entry, mutations) => ({ drop: mutations.filter(refused), add: null });

/** @type {Wish} */
export const remove = (entry, mutations) => {
  if (entry.deleted) return NOTHING;
  const drop = mutations.filter(refused);
  const known = entry.server || mutations.length > drop.length;
  return { drop, add: known ? { op: "delete", base_rev: revOf(entry) } : null };
};

/** Undo a deletion: take it out of the outbox while it was never sent, else write the entry again. */
/** @type {Wish} */
export const restore = (entry, mutations) => {
  const last = mutations.at(-1);
  if (last?.op === "delete" && last.tries === 0) return { drop: [last], add: null };
  return entry.deleted ? resend(entry, mutations) : NOTHING;
};

/**
 * Plan the one mutation that makes the entry `body`. It stands in for whatever was refused;
 * mutations that wait or are under way stay as they are.
 *
 * @param {Body} body
 * @param {Entry} entry
 * @param {Mutation[]} mutations
 * @returns {Plan}
 */
function become(body, entry, mutations) {
  const drop = mutations.filter(refused);
  const stay = mutations.filter((one) => !refused(one));
  const base_rev = revOf(entry);
  // To the server a second `create` with the same body is a repetition, and undoes nothing.
  const known = base_rev > 0 || stay.some((one) => one.op === "create");
  if (!known) return { drop, add: { op: "create", base_rev, set: body, whole: true } };
  const before = replay(entry, stay);
  if (!before) return { drop, add: { op: "patch", base_rev, set: body, whole: true } };
  const { set, unset } = diff(before, body);
  if (!Object.keys(set).length && !unset.length) return { drop, add: null };
  return { drop, add: { op: "patch", base_rev, set, unset, whole: drop.length > 0 } };
}

/** @param {Mutation} mutation */
const refused = (mutation) => mutation.state === "attention";

/** @param {Entry} entry */
const revOf = (entry) => entry.server?.rev ?? 0;
