/** What a tap does to an entry and to the outbox. Pure: the store carries it out. */

import { applyPatch, diff, same } from "./merge.js";
import { isOpen } from "./outbox.js";
import { refusedOf, replay } from "./views.js";

/**
 * @import { Body, Entry, Mutation, Op } from "./types.js"
 *
 * @typedef {{op: Op, base_rev: number, base?: Body | null, set?: Body, unset?: string[],
 *   whole?: boolean}} NewMutation
 * @typedef {{drop: Mutation[], add: NewMutation | null, settles?: boolean, wakes?: Mutation[]}} Plan
 *   `settles`: what the server lost is dealt with, even where nothing is sent; `wakes`:
 *   not put off any longer
 * @typedef {(entry: Entry, mutations: Mutation[], isUnsent: (one: Mutation) => boolean) => Plan} Wish
 *   `isUnsent`: whether it is sure that a mutation was never on its way
 * @typedef {{rev: number, body: Body}} Seen an entry as it was read: on which revision, and how it looked
 */

/** @type {Plan} */
export const NOTHING = { drop: [], add: null };

/** @param {Body} body @returns {Wish} */
export const create = (body) => () => ({
  drop: [],
  add: { op: "create", base_rev: 0, set: body, whole: true },
});

/** @param {Body} set @param {string[]} unset @returns {Wish} */
export const edit = (set, unset) => (entry, mutations) =>
  become(applyPatch(entry.body ?? {}, set, unset), entry, mutations);

/**
 * The same, of a rider who had `seen` before them: what came in between is merged by the server, and told.
 *
 * @param {Seen} seen
 * @param {Wish} wish
 * @returns {Wish}
 */
export const madeOn =
  ({ rev, body }, wish) =>
  (...entry) => {
    const plan = wish(...entry);
    if (!plan.add || plan.add.base_rev <= rev) return plan;
    return { ...plan, add: { ...plan.add, base_rev: rev, base: structuredClone(body) } };
  };

/** Put what the phone shows on its way again: after a refusal, or when the server lost it. */
/** @type {Wish} */
export const resend = (entry, mutations) => ({
  ...become(entry.deleted ? null : (entry.body ?? {}), entry, mutations),
  wakes: mutations.filter((one) => one.state === "put-off"),
});

/**
 * Let go of what the server refused or, where it refused nothing, of what waits and of what it lost,
 * and show its copy.
 */
/** @type {Wish} */
export const discard = (_entry, mutations) => {
  const drop = refusedOf(mutations);
  if (drop.length) return { drop, add: null };
  return { drop: mutations.filter(isOpen), add: null, settles: true };
};

/** @type {Wish} */
export const remove = (entry, mutations) =>
  entry.deleted ? NOTHING : become(null, entry, mutations);

/** Undo a deletion: take it out of the outbox while it was never sent, else write the entry again. */
/** @type {Wish} */
export const restore = (entry, mutations, isUnsent) => {
  const last = mutations.at(-1);
  if (last?.op === "delete" && isUnsent(last)) {
    const back = replay(entry, mutations.slice(0, -1));
    // What the server had lost was dealt with by the deletion, and is here no more: it goes up.
    const settled = last.base === undefined && !same(back, entry.body);
    return { drop: [last], add: settled ? again(entry, entry.body, last.base_rev) : null };
  }
  return entry.deleted ? become(entry.body ?? {}, entry, mutations) : NOTHING;
};

/**
 * Plan the one mutation that makes the entry `body` (null: deleted). It stands in for whatever was
 * refused; mutations that wait or are under way stay as they are.
 *
 * @param {Body | null} body
 * @param {Entry} entry
 * @param {Mutation[]} mutations
 * @returns {Plan}
 */
function become(body, entry, mutations) {
  const drop = mutations.filter((one) => !isOpen(one));
  const stay = mutations.filter(isOpen);
  const base_rev = entry.server?.rev ?? 0;
  if (entry.orphan) return { drop, add: again(entry, body, entry.orphan.base), settles: true };
  if (!body) {
    // What was refused stays until the deletion is taken: should that be undone, it is there again.
    if (entry.server || stay.length) return { drop: [], add: { op: "delete", base_rev } };
    return { drop, add: null };
  }
  // To the server a second `create` with the same body is a repetition, and undoes nothing.
  const known = base_rev > 0 || stay.some((one) => one.op === "create");
  if (!known) return { drop, add: { op: "create", base_rev, set: body, whole: true } };
  const before = replay(entry, stay);
  if (drop.length) return { drop, add: insteadOf(drop, stay, entry, body) };
  if (!before) return { drop, add: { op: "patch", base_rev, set: body, whole: true } };
  const { set, unset } = diff(before, body);
  if (!Object.keys(set).length && !unset.length) return { drop, add: null };
  return { drop, add: { op: "patch", base_rev, set, unset } };
}

/**
 * The patch that makes `body` whichever of the mutations before it the server takes. Where what was
 * refused covers something that came to the server since, it builds on what the refused one was made
 * on: the rider saw no more than that.
 *
 * @param {Mutation[]} drop those that were refused; at least one
 * @param {Mutation[]} stay those that wait or are under way
 * @param {Entry} entry
 * @param {Body} body
 * @returns {NewMutation | null} null: the server has it so
 */
function insteadOf([{ base_rev, base }], stay, entry, body) {
  const { rev, body: theirs } = entry.server ?? { rev: 0, body: null };
  const before = base_rev < rev && covers(entry.body, base, theirs);
  const befores = [[], ...stay.map((_, i) => stay.slice(0, i + 1))].map((some) =>
    replay(entry, some),
  );
  // Over a deletion the server puts the patch into what it builds on.
  if (before && !theirs) befores.push(base ?? null);
  const diffs = befores.map((one) => diff(one ?? {}, body));
  const set = Object.assign({}, ...diffs.map((one) => one.set));
  const unset = [...new Set(diffs.flatMap((one) => one.unset))];
  if (!Object.keys(set).length && !unset.length) return null;
  const on = before ? { base_rev, ...(base !== undefined && { base }) } : { base_rev: rev };
  return { op: "patch", ...on, set, unset, whole: true };
}

/**
 * Whether `view` shows otherwise what the server changed since `base`.
 *
 * @param {Body | null} view
 * @param {Body | null | undefined} base
 * @param {Body | null} theirs
 */
function covers(view, base, theirs) {
  if (!view || !base || !theirs) return true;
  const { set, unset } = diff(base, theirs);
  return [...Object.keys(set), ...unset].some((field) => !same(view[field], theirs[field]));
}

/**
 * The one mutation that makes `body` of whatever the server has; null: it is there already.
 *
 * @param {Pick<Entry, "server">} entry
 * @param {Body | null} body null: deleted
 * @param {number} base the revision that `body` builds on; 0: none, so that the server merges, and
 *   keeps what gives way
 * @returns {NewMutation | null}
 */
export function again({ server }, body, base) {
  if (same(server?.body, body)) return null;
  if (!body) return { op: "delete", base_rev: base };
  if (!server) return { op: "create", base_rev: 0, set: body, whole: true };
  const patch = base && server.body ? diff(server.body, body) : { set: body, unset: [] };
  return { op: "patch", base_rev: base, ...patch, whole: true };
}
