/** What the rider sees of an entry: the server's copy with the outbox on top. Pure. */

import { applyPatch, CHILDREN, mergePatch } from "./merge.js";

/** @import { Body, Entry, EntryView, Mutation } from "./types.js" */

/**
 * Return `entry` as it looks with its `mutations` (in order of mid) applied.
 *
 * @param {Entry} entry
 * @param {Mutation[]} mutations
 * @returns {Entry}
 */
export function refresh(entry, mutations) {
  const { order: _order, reason: _reason, lost, answered, ...kept } = entry;
  const gave = lost ?? answered;
  const { orphan } = entry;
  const body = replay(entry, mutations);
  const reason = refusedOf(mutations)[0]?.reason ?? (orphan && { code: orphan.code });
  return {
    ...kept,
    body: body ?? entry.body,
    deleted: body === null,
    state: reason ? "attention" : mutations.length ? "phone" : "synced",
    ...(reason && { reason }),
    ...(gave && { [isAnswered(gave, mutations) ? "answered" : "lost"]: gave }),
    ...(body && { order: orderOf(entry, body) }),
  };
}

/**
 * What was refused and is left to be dealt with. A deletion that was made after it deals with it once it
 * is taken.
 *
 * @param {Mutation[]} mutations
 */
export function refusedOf(mutations) {
  const deletion = mutations.map(({ op }) => op).lastIndexOf("delete");
  return mutations.filter((one, i) => i >= deletion && one.state === "attention");
}

/**
 * Whether a change that has yet to go up was made by somebody who had seen what gave way, by the
 * server's rule. Should it be taken back or discarded, there is still what to tell.
 *
 * @param {Body} lost
 * @param {Mutation[]} mutations
 */
const isAnswered = ({ rev }, mutations) => mutations.some(({ base_rev }) => base_rev >= rev);

/**
 * The body that the server's copy, or what this phone held when the server lost it, and then
 * `mutations` come to; null: deleted or never there. An edit outlives a deletion elsewhere, so it
 * falls back on the last body that was seen.
 *
 * @param {Entry} entry
 * @param {Mutation[]} mutations
 * @returns {Body | null}
 */
export function replay(entry, mutations) {
  let body = (entry.orphan ?? entry.server)?.body ?? null;
  for (const one of mutations) {
    if (one.op === "delete") body = null;
    else if (one.base !== undefined)
      body = mergePatch(one.base, body, one, CHILDREN[entry.kind]).doc;
    else {
      const under = body ?? (one.op === "patch" ? entry.body : null) ?? {};
      body = applyPatch(under, one.set, one.unset);
    }
  }
  return body;
}

/**
 * The key of the list: ascending is newest local day first, then latest start.
 *
 * @param {{kind: string, id: string}} entry
 * @param {Body} body
 * @returns {[string, number, number, string]}
 */
function orderOf({ kind, id }, { date, started_at }) {
  const day = /^\d{4}-\d\d-\d\d$/.test(date) ? Number(date.replaceAll("-", "")) : 0;
  const start = Number.isFinite(started_at) ? started_at : 0;
  return [kind, -day, -start, id];
}

/**
 * @param {Entry} entry
 * @returns {EntryView}
 */
export function viewOf({ id, kind, body, state, deleted, reason, lost, clock_off }) {
  return {
    id,
    kind,
    body: body ?? {},
    state,
    deleted,
    ...(reason && { reason }),
    ...(lost && { lost }),
    ...(clock_off && { clockSuspect: clock_off }),
  };
}
