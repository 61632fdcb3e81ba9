/** Whose logbook is open on this phone. */

import { shellDatabase } from "./db.js";
import { LEFT } from "./store.js";
import { uuid4 } from "./uuid7.js";

/**
 * @import { Store } from "./store.js"
 * @import { Env, Rider } from "./types.js"
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
 * The rider is back: have the database take in what is saved.
 *
 * @param {Store} store
 * @param {boolean} [anew] whether they sign in just now: what was to be cleared by then is theirs again
 */
export async function welcomeBack({ meta, env }, anew = false) {
  if (anew || (await meta.get(LEFT)) === true) await meta.put(LEFT, uuid4(env.random));
}
