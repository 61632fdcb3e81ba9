/** One page of a device with the app's own data layer in it, and everything around it played. */

import { gzipSync } from "node:zlib";
import { Logbook } from "../../../static/js/data/book.js";
import { world } from "./device.js";
import { starve } from "./full.js";
import { met } from "./met.js";

/**
 * @import { Device } from "./device.js"
 * @import { Env, Message } from "../../../static/js/data/types.js"
 *
 * @typedef {{n: number, page: string, path: string, init: RequestInit,
 *   resolve: (answer: any) => void, reject: (error: Error) => void}} Ask
 */

/** What code of a dead page meets, so that it does nothing more. */
export class Dead extends Error {}

/** @type {Map<number, Ask>} requests on their way */
export const asks = new Map();
/** Devices that lost their databases, with all that was there. @type {object[]} */
export const losses = [];
let asked = 0;

export class Page {
  dead = false;
  /** @type {Logbook | null} */
  book = null;
  /** @type {{task: () => void, due: number}[]} */
  timers = [];
  /** How often it may still begin a transaction or reach for the second place; then it dies. */
  fuse = Number.POSITIVE_INFINITY;
  /** Transactions that it may still begin; then its connections are closed, once. */
  hiccup = Number.POSITIVE_INFINITY;
  /** Whether the databases are gone then, too. */
  loses = false;
  /** @type {Set<IDBDatabase>} */
  #connections = new Set();
  /** @type {Set<IDBTransaction>} */
  #running = new Set();
  /** @type {((message: Message) => void) | null} */
  #ear = null;

  /** @param {Device} device @param {number} tab */
  constructor(device, tab) {
    this.device = device;
    this.name = tab ? `${device.name}/${tab}` : device.name;
  }

  async open() {
    this.book = await Logbook.open(this.env());
  }

  /** Everything in memory is gone, and what was not yet on the disk, too. */
  die() {
    if (this.dead) return;
    this.dead = true;
    this.timers = [];
    for (const tx of this.#running) abort(tx);
    for (const db of this.#connections) db.close();
    for (const [lock, page] of this.device.held) if (page === this) this.device.held.delete(lock);
    for (const [n, ask] of asks) {
      if (ask.page !== this.name) continue;
      asks.delete(n);
      ask.reject(new Dead());
    }
  }

  /** @param {Message} message */
  hear(message) {
    if (!this.dead) this.#ear?.(message);
  }

  /** @returns {Env} */
  env() {
    const { device } = this;
    return {
      indexedDB: this.#storage(),
      mirror: device.second.seenBy(this),
      fetch: (path, init) => this.#fetch(path, init),
      now: () => world.now + device.skew,
      random: (bytes) => bytes.map(() => device.chance()),
      chance: () => device.chance() / 255,
      later: (task, ms) => {
        const timer = { task, due: world.now + ms };
        if (!this.dead) this.timers.push(timer);
        return timer;
      },
      cancel: (timer) => {
        this.timers = this.timers.filter((one) => one !== timer);
      },
      tz: () => "Europe/Berlin",
      locks: device.hasLocks ? /** @type {any} */ ({ request: this.#lock }) : null,
      tell: (message) => {
        if (!this.dead) device.broadcast(this, message);
      },
      listen: (hear) => {
        this.#ear = hear;
      },
      persist: async () => true,
      // A browser without the one has not got the other.
      gzip: device.hasLocks ? async (text) => gzipSync(text) : null,
    };
  }

  /** @param {string} path @param {RequestInit} init @returns {Promise<Response>} */
  #fetch(path, init) {
    if (this.dead) return Promise.reject(new Dead());
    const n = ++asked;
    return new Promise((resolve, reject) => {
      asks.set(n, { n, page: this.name, path, init, resolve, reject });
    });
  }

  /** @param {string} name @param {any} _options always `ifAvailable` @param {(lock: any) => any} work */
  #lock = async (name, _options, work) => {
    const { held } = this.device;
    if (held.has(name)) return work(null);
    held.set(name, this);
    try {
      return await work({ name });
    } finally {
      if (held.get(name) === this) held.delete(name);
    }
  };

  #storage() {
    const { device } = this;
    const open = (/** @type {string} */ name, /** @type {number} */ version) => {
      if (this.dead) throw new Dead();
      const request = device.disk.open(name, version);
      request.addEventListener("success", () => this.#guard(request.result));
      return request;
    };
    const deleteDatabase = (/** @type {string} */ name) => {
      this.spend();
      return device.disk.deleteDatabase(name);
    };
    return /** @type {IDBFactory} */ (/** @type {unknown} */ ({ open, deleteDatabase }));
  }

  /** @param {IDBDatabase} db */
  #guard(db) {
    if (this.dead) return db.close();
    this.#connections.add(db);
    const begin = db.transaction.bind(db);
    db.transaction = (...args) => {
      this.spend();
      this.hiccup -= 1;
      if (this.hiccup === -1) this.#lose();
      const tx = begin(...args);
      this.#running.add(tx);
      if (this.device.full && tx.mode === "readwrite") starve(tx, this.device.full);
      for (const end of ["complete", "abort"])
        tx.addEventListener(end, () => this.#running.delete(tx));
      if (tx.mode === "readwrite")
        tx.addEventListener("complete", () => this.device.tail?.note(tx));
      return tx;
    };
  }

  /** The system closes the connections, and may tell nobody. @param {boolean} told */
  disconnect(told) {
    for (const tx of this.#running) abort(tx);
    for (const db of this.#connections) {
      db.close();
      if (told) db.onclose?.(new Event("close"));
    }
    this.#connections.clear();
  }

  /** Count a step, which may be the last. */
  spend() {
    this.fuse -= 1;
    if (this.fuse === -1 && !this.dead) met.push("page killed by a fuse");
    if (this.fuse < 0) this.die();
    this.mustLive();
  }

  mustLive() {
    if (this.dead) throw new Dead();
  }

  #lose() {
    met.push("database closed");
    if (this.loses) losses.push(this.device.loseDatabases());
    else this.disconnect(false);
    throw new DOMException("The connection is closing", "InvalidStateError");
  }
}

/** @param {IDBTransaction} tx */
function abort(tx) {
  try {
    tx.abort();
  } catch {
    // It has ended, and only its last event is still to come.
  }
}
