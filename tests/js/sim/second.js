/** The second place of a device: it outlives the databases, and pages and may fail. */

import { MemoryMirror } from "../data/help/mirror.js";
import { met } from "./met.js";

/**
 * @import { Page } from "./page.js"
 * @import { Mirror } from "../../../static/js/data/types.js"
 *
 * @typedef {"put" | "drop" | "get"} Deed
 */

/** Where the shell keeps who is at the phone. */
const SHELL = "dbs-shell";

export class SecondPlace {
  /** Whether it ever failed to say who is at the phone, and who left something there. */
  blind = false;
  /** What fails, if anything. @type {Deed | "all" | ""} */
  fails = "";
  /** How often it fails. */
  times = 0;
  /** `DATABASE KEY` of what it failed to take, and of what it failed to let go. */
  #missed = new Set();
  #stuck = new Set();
  #held = new MemoryMirror();

  /** All that is known of it. */
  report() {
    const { blind } = this;
    const places = Object.fromEntries(
      [...this.#held.places].map(([db, rows]) => [
        db,
        Object.fromEntries([...rows].map(([key, text]) => [key, JSON.parse(text)])),
      ]),
    );
    return { places, blind, missed: [...this.#missed], stuck: [...this.#stuck] };
  }

  /** A copy, for a backup. */
  copy() {
    const copy = new SecondPlace();
    copy.blind = this.blind;
    copy.#missed = new Set(this.#missed);
    copy.#stuck = new Set(this.#stuck);
    copy.#held.places = structuredClone(this.#held.places);
    return copy;
  }

  /** As a page gets at it. @param {Page} page @returns {Mirror} */
  seenBy(page) {
    const held = this.#held;
    return {
      put: (db, key, value) =>
        this.#noting(this.#missed, db, [key], async () => {
          await this.#reach(page, "put", db);
          await held.put(db, key, value);
        }),
      drop: (db, keys) =>
        this.#noting(this.#stuck, db, keys, async () => {
          await this.#reach(page, "drop", db);
          await held.drop(db, keys);
        }),
      clear: (db) =>
        this.#noting(this.#stuck, db, [...(held.places.get(db)?.keys() ?? [])], async () => {
          await this.#reach(page, "drop", db);
          await held.clear(db);
        }),
      keys: async (db) => {
        await this.#reach(page, "get", db);
        return held.keys(db);
      },
      get: async (db, keys) => {
        await this.#reach(page, "get", db);
        return held.get(db, keys);
      },
    };
  }

  /**
   * Note `keys` unless `work` is done.
   *
   * @param {Set<string>} noted
   * @param {string} db
   * @param {string[]} keys
   * @param {() => Promise<void>} work
   */
  async #noting(noted, db, keys, work) {
    const names = keys.map((key) => `${db} ${key}`);
    for (const name of names) noted.add(name);
    await work();
    for (const name of names) noted.delete(name);
  }

  /**
   * Get there, which takes a moment, and at which the page may die.
   *
   * @param {Page} page
   * @param {Deed} deed
   * @param {string} db
   */
  async #reach(page, deed, db) {
    try {
      page.spend();
      await new Promise((resolve) => setImmediate(() => resolve(null)));
      page.mustLive();
      this.#mayFail(page, deed);
    } catch (error) {
      if (db === SHELL && deed !== "drop") this.blind = true;
      if (page.dead && deed === "put") met.push("page dies before the second place");
      throw error;
    }
  }

  /** @param {Page} page @param {Deed} deed */
  #mayFail({ device }, deed) {
    if (deed === "put" && device.full)
      throw new DOMException("There is no room", "QuotaExceededError");
    if (!this.times || (this.fails !== "all" && this.fails !== deed)) return;
    this.times -= 1;
    met.push("second place fails");
    throw new Error("The second place fails");
  }
}
