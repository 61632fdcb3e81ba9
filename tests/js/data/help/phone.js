/** A phone for tests: a database, a clock, timers and chance of its own; nothing happens by itself. */

import "fake-indexeddb/auto";
import { Logbook } from "../../../../static/js/data/book.js";

/**
 * @import { Env, Message } from "../../../../static/js/data/types.js"
 *
 * @typedef {(path: string, init: RequestInit) => Promise<Response>} Fetch
 */

export const START = Date.UTC(2026, 2, 1, 18);

/** @type {Fetch} */
export const nowhere = async () => {
  throw new TypeError("Failed to fetch");
};

export class Phone {
  indexedDB = new IDBFactory();
  time = START;
  /** @type {Fetch} */
  fetch;
  /** @type {{task: () => void, due: number}[]} */
  timers = [];
  /** @type {((message: Message) => void)[]} */
  tabs = [];
  /** @type {Env["locks"]} */
  locks = null;
  persistAsked = 0;
  /** How chance falls, from 0 to 1. */
  chance = 1;
  /** @type {Env["mirror"]} */
  mirror;
  /** @type {NonNullable<Env["gzip"]> | null} whether its browser can pack */
  gzip = null;
  #seed;

  /** @param {Fetch} [fetch] @param {number} [seed] */
  constructor(fetch = nowhere, seed = 1) {
    this.fetch = fetch;
    this.#seed = seed * 7919;
  }

  /** A new tab, or the same after a restart: only what is in the databases is still there. */
  async open() {
    const book = await Logbook.open(this.env());
    return book;
  }

  /** @returns {Env} */
  env() {
    /** @type {((message: Message) => void) | null} */
    let own = null;
    return {
      indexedDB: this.indexedDB,
      mirror: this.mirror,
      fetch: (path, init) => this.fetch(path, init),
      now: () => this.time,
      random: (bytes) => bytes.map(() => this.#next() % 256),
      chance: () => this.chance,
      later: (task, ms) => {
        const timer = { task, due: this.time + ms };
        this.timers.push(timer);
        return timer;
      },
      cancel: (timer) => {
        this.timers = this.timers.filter((one) => one !== timer);
      },
      tz: () => "Europe/Berlin",
      gzip: this.gzip,
      locks: this.locks,
      tell: (message) => {
        for (const hear of this.tabs) if (hear !== own) hear(message);
      },
      listen: (hear) => {
        own = hear;
        this.tabs.push(hear);
      },
      persist: async () => {
        this.persistAsked += 1;
        return true;
      },
    };
  }

  /** Close every tab: their timers and their ears are gone. */
  kill() {
    this.timers = [];
    this.tabs = [];
  }

  /** What Chromium does with a store that it finds broken: begin an empty one, and say nothing. */
  loseDatabases() {
    this.kill();
    this.indexedDB = new IDBFactory();
  }

  /** Let time pass; run what falls due, in order. @param {number} ms */
  pass(ms) {
    const end = this.time + ms;
    for (;;) {
      const [first] = this.timers.filter(({ due }) => due <= end).sort((a, b) => a.due - b.due);
      if (!first) break;
      this.timers = this.timers.filter((one) => one !== first);
      this.time = Math.max(this.time, first.due);
      first.task();
    }
    this.time = end;
  }

  /** @param {string} name @param {string} store @returns {Promise<any[]>} all rows */
  async rows(name, store) {
    const db = await asPromise(this.indexedDB.open(name));
    const rows = await asPromise(db.transaction(store).objectStore(store).getAll());
    db.close();
    return rows;
  }

  #next() {
    this.#seed = (Math.imul(this.#seed, 1103515245) + 12345) >>> 0;
    return this.#seed >>> 16;
  }
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
export function asPromise(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {Partial<Record<string, unknown>>} [more] */
export const session = (more = {}) => ({
  routine: "activate-express",
  routine_name: "Activate express",
  content_version: "0123456789ab",
  started_at: START,
  date: "2026-03-01",
  tz: "Europe/Berlin",
  duration_s: 420,
  source: "manual",
  ...more,
});

const { put } = IDBObjectStore.prototype;

/**
 * Run `work` while there is no room for any row of `store`.
 *
 * @param {string} store
 * @param {() => Promise<any>} work
 */
export async function withoutRoom(store, work) {
  IDBObjectStore.prototype.put = function (/** @type {[any, any?]} */ ...args) {
    if (this.name === store) throw new DOMException("Full.", "QuotaExceededError");
    return put.apply(this, args);
  };
  try {
    return await work();
  } finally {
    IDBObjectStore.prototype.put = put;
  }
}
