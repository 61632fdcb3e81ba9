/** Taking along what was logged before the account; loaded when there is something. */

import { same } from "./merge.js";
import { append, mintAfter, mutationsOf } from "./outbox.js";
import { DraftTaken, newEntry, putEntry, SYNCED } from "./store.js";

/**
 * @import { Store } from "./store.js"
 * @import { Mutation } from "./types.js"
 */

/** The draft that is just being moved here. */
const MOVED = "moved_draft";

/**
 * Copy the entries of `local` to `own`, with the ids that they and their mutations have. What
 * was copied before is not copied again, so it may be cut short anywhere and repeated.
 *
 * @param {Store} local
 * @param {Store} own
 */
export async function copyEntries(local, own) {
  /** @type {Mutation[]} */
  const all = await local.db.read(["outbox"], (tx) => tx.objectStore("outbox").getAll());
  if (!all.length) return;
  await own.db.write(SYNCED, async (tx) => {
    const meta = tx.objectStore("meta");
    const adopted = new Set(await meta.get("adopted"));
    const fresh = all.filter((one) => !adopted.has(one.mutation_id));
    for (const one of fresh) {
      const { mid: _mid, ...mutation } = one;
      await append(tx, own.env, mutation);
      const entry = await tx.objectStore("entry").get(one.id);
      await putEntry(tx, entry ?? newEntry(one.id, one.kind), await mutationsOf(tx, one.id));
      adopted.add(one.mutation_id);
    }
    await meta.put([...adopted], "adopted");
    await mintAfter(
      tx,
      fresh.map((one) => one.mutation_id),
    );
  });
}

/**
 * Remove from `local` what `own` holds, and move the running draft. Comes after the screens have
 * turned to `own`, so that no entry is out of sight in between. The draft comes last: what goes
 * wrong with it must not leave entries here for the rider after this one.
 *
 * @param {Store} local
 * @param {Store} own
 */
export async function clearCopied(local, own) {
  const adopted = new Set(await own.meta.get("adopted"));
  await local.db.write(["entry", "outbox"], async (tx) => {
    /** @type {Mutation[]} */
    const all = await tx.objectStore("outbox").getAll();
    for (const one of all.filter(({ mutation_id }) => adopted.has(mutation_id))) {
      await tx.objectStore("outbox").delete(one.mid);
      const left = await mutationsOf(tx, one.id);
      if (!left.length) await tx.objectStore("entry").delete(one.id);
    }
  });
  await moveDraft(local, own);
}

/**
 * Move the running draft; where the rider has one of their own, it waits here until that has ended.
 *
 * @param {Store} local
 * @param {Store} own
 */
async function moveDraft(local, own) {
  const draft = await local.draft.get();
  if (!draft || !(await takeDraft(own, draft))) return;
  await local.draft.clear(draft.holder).catch((error) => {
    if (!(error instanceof DraftTaken)) throw error; // another tab goes on with it there
  });
  await own.meta.put(MOVED, null);
}

/**
 * @param {Store} own
 * @param {any} draft
 * @returns {Promise<boolean>} whether `own` has it now, or had it before: the page that moved it may
 *   have been closed before it was cleared where it came from, and by now it may have ended
 */
function takeDraft(own, draft) {
  return own.db.write(["draft", "meta"], async (tx) => {
    const [drafts, meta] = [tx.objectStore("draft"), tx.objectStore("meta")];
    if (same(await meta.get(MOVED), draft)) return true;
    if (await drafts.get("current")) return false;
    await drafts.put(draft, "current");
    await meta.put(draft, MOVED);
    return true;
  });
}
