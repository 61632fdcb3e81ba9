/** A second place in memory, that outlives a database and can be made to fail. */

/** @import { Mirror } from "../../../../static/js/data/types.js" */

/** @implements {Mirror} */
export class MemoryMirror {
  /** @type {Map<string, Map<string, string>>} */
  places = new Map();
  broken = false;

  /** @type {Mirror["put"]} */
  put = async (db, key, value) => void this.#place(db).set(key, JSON.stringify(value));

  /** @type {Mirror["drop"]} */
  drop = async (db, keys) => keys.forEach((key) => this.#place(db).delete(key));

  /** @type {Mirror["keys"]} */
  keys = async (db) => [...this.#place(db).keys()];

  /** @type {Mirror["get"]} */
  get = async (db, keys) => {
    const held = keys.map((key) => this.#place(db).get(key));
    return held.filter((text) => text !== undefined).map((text) => JSON.parse(text));
  };

  /** @type {Mirror["clear"]} */
  clear = async (db) => void this.places.delete(db);

  /** All that is there. @param {string} db @returns {Promise<any[]>} */
  all = async (db) => this.get(db, await this.keys(db));

  /** @param {string} db */
  #place(db) {
    if (this.broken) throw new Error("no room");
    const place = this.places.get(db) ?? new Map();
    this.places.set(db, place);
    return place;
  }
}
