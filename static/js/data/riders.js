/** Whose logbook is open on this phone, and taking along what was logged before the account. */

import { shellDatabase } from "./db.js";
import { same } from "./merge.js";
import { append, mintAfter, mutationsOf } from "./outbox.js";
import { DraftTaken, LEFT, newEntry, putEntry, SYNCED } from "./store.js";

/**
 * @import { Store } from "./store.js"
 * @import { Env, Mutation, Rider } from "./types.js"
 *
 * @typedef {object} Standing what the shell database remembers
 * @property {Rider | null} rider whose database is the current one; null: `dbs-local`
 * @property {{rider: Rider, wipe: boolean} | null} leaving a sign-out that is not finished; `wipe`: the
 *   log is to be cleared, if the server has it
 * @property {Rider[]} kept riders who are gone from here and left something unsynced
 * @property {Rider[]} [clearing] whose log is to be cleared from here, whatever is in it
 * @property {number} [departures] how often somebody signed out here
 *
 * @typedef {"keep" | "clear" | "check"} Fate of the log of who signs out; `check`: clear it, if the
 *   server has it
 */

/** @type {Standing} */
const NOBODY = { rider: null, leaving: null, kept: [] };

const STANDING = "standing";
/** The draft that is just being moved here. */
const MOVED = "moved_draft";

/** @param {Rider | null} rider */
export const databaseName = (rider) => `dbs-${rider?.id ?? "local"}`;

export class Riders {
  /** @param {Env} env */
  constructor(env) {
    this.mirror = env.mirror;
    this.db = shellDatabase(env.indexedDB);
  }

  /** @returns {Promise<Standing>} */
  async standing() {
    const held = await this.db.read(["shell"], (tx) => tx.objectStore("shell").get(STANDING));
    if (held || !this.mirror) return held ?? NOBODY;
    const [mirrored] = await this.mirror.get(this.db.name, [STANDING]).catch(() => []);
    return mirrored ?? NOBODY;
  }

  /** @param {(old: Standing) => Partial<Standing>} change @returns {Promise<Standing>} */
  async update(change) {
    const before = await this.standing();
    const standing = await this.db.write(["shell"], async (tx) => {
      const shell = tx.objectStore("shell");
      const old = (await shell.get(STANDING)) ?? before;
      const next = { ...old, ...change(old) };
      await shell.put(next, STANDING);
      return next;
    });
    await this.mirror?.put(this.db.name, STANDING, standing).catch(() => {});
    return standing;
  }

  /** @param {Rider} rider @param {Rider | null} before who left something unsynced here */
  signedIn(rider, before) {
    return this.update(({ kept, clearing }) => {
      const listed = before ? withOne(kept, before) : kept;
      return { rider, kept: without(listed, rider), clearing: without(clearing, rider) };
    });
  }

  /** @param {Rider} rider @param {Fate} fate */
  signedOut(rider, fate) {
    return this.update(({ kept, clearing, departures = 0 }) => ({
      rider: null,
      departures: departures + 1,
      leaving: { rider, wipe: fate === "check" },
      kept: fate === "keep" ? withOne(kept, rider) : kept,
      clearing: fate === "clear" ? withOne(clearing, rider) : clearing,
    }));
  }

  /** Keep the log of `rider`, who signed out, after all. @param {Rider} rider */
  keeps(rider) {
    return this.update(({ kept, leaving }) => ({
      kept: withOne(kept, rider),
      leaving: leaving && { ...leaving, wipe: false },
    }));
  }

  /** The log of `rider` is nobody's any more: clear it away. @param {Rider} rider */
  cleared(rider) {
    return this.update(({ kept, clearing, leaving }) => ({
      kept: without(kept, rider),
      clearing: withOne(clearing, rider),
      leaving: leaving && { ...leaving, wipe: leaving.wipe && leaving.rider.id !== rider.id },
    }));
  }
}

/** @param {Rider[] | undefined} riders @param {Rider} rider */
export const without = (riders = [], rider) => riders.filter((one) => one.id !== rider.id);

/** @param {Rider[] | undefined} riders @param {Rider} rider */
const withOne = (riders, rider) => [...without(riders, rider), rider];

/**
 * Whether anything was logged here before there was a rider.
 *
 * @param {Store} local
 */
export const isUsed = (local) =>
  local.db.read(["outbox", "draft"], async (tx) => {
    const stores = ["outbox", "draft"].map((name) => tx.objectStore(name).count());
    return (await Promise.all(stores)).some((count) => count > 0);
  });

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

/** The rider is back: have the database take in what is saved, and no slow tab clear it. */
/** @param {Store} store */
export const welcomeBack = ({ meta }) => meta.put(LEFT, false);
