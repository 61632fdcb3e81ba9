/** The logbook of one rider on this phone: reading it, and changing it by whole transactions. */

import { suspect } from "./clock.js";
import { isGone, logbookDatabase } from "./db.js";
import { enqueue, mint, mutationsOf } from "./outbox.js";
import { create } from "./plan.js";
import { refresh } from "./views.js";

/**
 * @import { Run, Tx } from "./db.js"
 * @import { Wish } from "./plan.js"
 * @import { Body, Entry, Env, Mirrored, Mutation } from "./types.js"
 *
 * @typedef {object} Tap outlives a lost connection, so that one tap counts once
 * @property {string} [id]
 * @property {string} [mutation_id]
 * @property {Mirrored} [added]
 * @property {string[]} [dropped] mutation ids
 *
 * @typedef {string | null | undefined} Holder who took the draft up last: null is nobody, and
 *   undefined asks for no check
 */

export const SYNCED = ["entry", "outbox", "meta"];

/** Where it is noted that the rider signed out, and that the database is cleared. */
export const LEFT = "left";

/** The running routine is not where it was left: another tab has taken it up, saved or cleared it. */
export class DraftTaken extends Error {}

/** No such entry on this phone. */
export class NotFound extends Error {}

/** The rider has signed out, in another tab: what would be saved here now is cleared with the rest. */
export class SignedOut extends Error {}

export class Store {
  /**
   * Ids of mutations made here. What another page made may have been sent: a phone that comes back
   * from a backup or an empty battery may have forgotten it.
   *
   * @type {Set<string>}
   */
  #made = new Set();

  /** @param {Env} env @param {string} name of the database */
  constructor(env, name) {
    this.env = env;
    this.name = name;
    this.db = logbookDatabase(env.indexedDB, name);
    this.db.onOpen = (run) => this.#rescue(run);
  }

  /** @param {string} id @returns {Promise<Entry | undefined>} */
  get(id) {
    return this.db.read(["entry"], (tx) => tx.objectStore("entry").get(id));
  }

  /**
   * Newest local day first, then latest start; what is deleted has no key in the index.
   *
   * @param {string} kind
   * @param {number} limit
   * @param {any} after the key that the page before ended with, or null
   * @returns {Promise<{entries: Entry[], next: any}>}
   */
  async list(kind, limit, after) {
    // An array sorts after every number, so [kind, []] is the end of the kind.
    const range = IDBKeyRange.bound(after ?? [kind], [kind, []], after !== null);
    const found = await this.db.read(["entry"], (tx) =>
      tx
        .objectStore("entry")
        .index("order")
        .getAll(range, limit + 1),
    );
    const entries = found.slice(0, limit);
    return { entries, next: found.length > limit ? entries[limit - 1].order : null };
  }

  /** @returns {Promise<Entry[]>} the entries that say what gave way when two devices met */
  conflicts() {
    return this.db.read(["entry"], (tx) => tx.objectStore("entry").index("lost").getAll());
  }

  /** How many entries wait for the server, and how many it refused. */
  counts() {
    return this.db.read(["entry"], countsIn);
  }

  /** @param {string[]} keys of meta @returns {Promise<any[]>} the counts, and what is kept under `keys` */
  standing(keys) {
    return this.db.read(["entry", "meta"], (tx) =>
      Promise.all([countsIn(tx), ...keys.map((key) => tx.objectStore("meta").get(key))]),
    );
  }

  /**
   * Carry out `wish`: entry, outbox and counters in one strict transaction.
   *
   * @param {string} id
   * @param {Wish} wish
   * @returns {Promise<Entry>}
   */
  async change(id, wish) {
    /** @type {Tap} */
    const tap = {};
    const changed = await this.db.write(SYNCED, async (tx) => {
      const entry = await tx.objectStore("entry").get(id);
      if (!entry) throw new NotFound(`No entry ${id} on this phone.`);
      return this.#carryOut(tx, entry, wish, tap);
    });
    await this.#mirror(tap);
    return changed;
  }

  /**
   * Write a new entry, and clear the running draft with it where `ends` names its holder.
   *
   * @param {string} kind
   * @param {Body} body
   * @param {{holder?: Holder} | null} [ends]
   * @returns {Promise<Entry>} rejects with DraftTaken, and writes nothing, if it is another's now
   */
  async create(kind, body, ends = null) {
    /** @type {Tap} */
    const tap = {};
    const copy = JSON.parse(JSON.stringify(body));
    const created = await this.db.write([...SYNCED, "draft"], async (tx) => {
      tap.id ??= await mint(tx, this.env);
      const entry = await tx.objectStore("entry").get(tap.id);
      if (ends && !entry) await endDraft(tx, ends.holder);
      return this.#carryOut(tx, entry ?? newEntry(tap.id, kind), create(copy), tap);
    });
    await this.#mirror(tap);
    return created;
  }

  /**
   * @param {Tx} tx
   * @param {Entry} entry
   * @param {Wish} wish
   * @param {Tap} tap
   */
  async #carryOut(tx, entry, wish, tap) {
    const outbox = tx.objectStore("outbox");
    const [before, device] = await Promise.all([
      mutationsOf(tx, entry.id),
      tx.objectStore("meta").get("device"),
      refuseIfLeft(tx),
    ]);
    if (tap.mutation_id && before.some((one) => one.mutation_id === tap.mutation_id)) {
      return entry;
    }
    const isUnsent = (/** @type {Mutation} */ { mutation_id, mid, tries }) =>
      this.#made.has(mutation_id) && tries === 0 && mid > (device?.sent_mid ?? 0);
    const { drop, add, settles, wakes = [] } = wish(entry, before, isUnsent);
    await Promise.all(drop.map((one) => outbox.delete(one.mid)));
    tap.dropped = drop.map((one) => one.mutation_id);
    const after = before.filter((one) => !drop.includes(one)).map(wakened(wakes));
    await Promise.all(after.filter((one) => !before.includes(one)).map((one) => outbox.put(one)));
    if (!add && !drop.length && !settles) return putEntry(tx, entry, after);
    const { orphan: _orphan, ...settled } = entry;
    const known = add || settles ? settled : entry;
    if (!add) return putEntry(tx, known, after);
    tap.mutation_id ??= await mint(tx, this.env);
    this.#made.add(tap.mutation_id);
    const clock = await tx.objectStore("meta").get("clock");
    const made = {
      mutation_id: tap.mutation_id,
      ...(clock !== undefined && { clock_off: clock }),
    };
    const mutation = await enqueue(tx, this.env, entry, add, made);
    tap.added = { mutation, server: entry.server };
    after.push(mutation);
    const clock_off = suspect(entry.clock_off, clock);
    return putEntry(tx, { ...known, ...(clock_off && { clock_off }) }, after);
  }

  /**
   * Write what the outbox gained to the second place too, before anybody calls it saved, and what it
   * lost out of there. What fails there is no reason to call a save failed.
   *
   * @param {Tap} tap
   */
  async #mirror({ added, dropped }) {
    const { mirror } = this.env;
    const kept = added && mirror?.put(this.name, added.mutation.mutation_id, added);
    const gone = dropped?.length && mirror?.drop(this.name, dropped);
    await Promise.allSettled([kept, gone]);
  }

  /**
   * Bring back what the second place has, where the browser has made this database anew. Where that
   * fails, the next connection tries again.
   *
   * @param {Run} run
   */
  async #rescue(run) {
    const { mirror } = this.env;
    if (!mirror || (await run(["meta"], "readonly", isMirrored))) return;
    try {
      const keys = await mirror.keys(this.name);
      const kept = await mirror.get(this.name, keys);
      // Loaded only now, as it is hardly ever needed.
      const putBack = keys.length ? (await import("./rescue.js")).putBack : markMirrored;
      await run(SYNCED, "readwrite", (tx) => putBack(tx, this.env, kept));
    } catch (error) {
      if (isGone(error)) throw error;
    }
  }

  draft = {
    /** @returns {Promise<any>} */
    get: async () =>
      (await this.db.read(["draft"], (tx) => tx.objectStore("draft").get("current"))) ?? null,
    /**
     * Keep `draft` in the place of what `after` held; DraftTaken if it is another's by now.
     *
     * @param {any} draft
     * @param {Holder} [after]
     * @returns {Promise<void>}
     */
    put: (draft, after) =>
      this.db.write(["draft", "meta"], async (tx) => {
        await refuseIfLeft(tx);
        const holder = await holderOf(tx);
        if (holder !== draft.holder) check(holder, after);
        await tx.objectStore("draft").put(draft, "current");
      }),
    /** @param {Holder} [holder] @returns {Promise<void>} */
    clear: (holder) =>
      this.db.write(["draft"], async (tx) => {
        if (await tx.objectStore("draft").get("current")) await endDraft(tx, holder);
      }),
  };

  meta = {
    /** @param {string} key @returns {Promise<any>} */
    get: (key) => this.db.read(["meta"], (tx) => tx.objectStore("meta").get(key)),
    /** @param {string} key @param {any} value */
    put: (key, value) => this.db.write(["meta"], (tx) => tx.objectStore("meta").put(value, key)),
  };
}

/** @param {Tx} tx */
async function refuseIfLeft(tx) {
  if ((await tx.objectStore("meta").get(LEFT)) === true) throw new SignedOut();
}

/** @param {Tx} tx */
export async function countsIn(tx) {
  const state = tx.objectStore("entry").index("state");
  const [waiting, attention] = await Promise.all(
    ["phone", "attention"].map((is) => state.count(is)),
  );
  return { waiting, attention };
}

/** Whether the second place has nothing that is not here. @param {Tx} tx @returns {Promise<boolean>} */
export const isMirrored = async (tx) => (await tx.objectStore("meta").get("mirrored")) === true;

/** @param {Tx} tx */
export const markMirrored = (tx) => tx.objectStore("meta").put(true, "mirrored");

/**
 * @param {string} id
 * @param {string} kind
 * @returns {Entry}
 */
export const newEntry = (id, kind) => ({
  id,
  kind,
  server: null,
  body: null,
  deleted: false,
  state: "phone",
});

/** @param {Tx} tx @returns {Promise<string | null>} */
const holderOf = async (tx) => (await tx.objectStore("draft").get("current"))?.holder ?? null;

/** @param {string | null} is @param {Holder} expected */
function check(is, expected) {
  if (expected !== undefined && is !== expected) throw new DraftTaken();
}

/** @param {Tx} tx @param {Holder} holder */
async function endDraft(tx, holder) {
  check(await holderOf(tx), holder);
  await tx.objectStore("draft").delete("current");
}

/** @param {Mutation[]} wakes @returns {(one: Mutation) => Mutation} */
const wakened = (wakes) => (one) => {
  if (!wakes.includes(one)) return one;
  const { retries: _retries, retry_since: _since, put_off_at: _at, ...rest } = one;
  return { ...rest, state: "waiting" };
};

/**
 * Keep `entry` as it looks under `mutations`.
 *
 * @param {Tx} tx
 * @param {Entry} entry
 * @param {Mutation[]} mutations all of the entry
 */
export async function putEntry(tx, entry, mutations) {
  const fresh = refresh(entry, mutations);
  await tx.objectStore("entry").put(fresh);
  return fresh;
}
