/**
 * As much of IndexedDB as the client core uses, in memory and quick, so that what is measured is
 * the core and not a simulator of the whole standard. Nothing is rolled back: an abort throws.
 */

import { setImmediate } from "node:timers";

class Emitter {
  #listeners = {};

  addEventListener(type, listener) {
    (this.#listeners[type] ??= []).push(listener);
  }

  removeEventListener() {
    // Each event of ours comes once.
  }

  emit(type) {
    for (const listener of this.#listeners[type] ?? []) listener({ type, target: this });
    this[`on${type}`]?.({ type, target: this, oldVersion: 0 });
  }
}

class Request extends Emitter {}

class KeyRange {
  static bound(lower, upper, lowerOpen = false) {
    return Object.assign(new KeyRange(), { lower, upper, lowerOpen });
  }

  holds(key) {
    const above = compare(key, this.lower);
    return (above > 0 || (above === 0 && !this.lowerOpen)) && compare(key, this.upper) <= 0;
  }
}

/** The order of keys: numbers, text, arrays. */
function compare(a, b) {
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
      const order = compare(a[i], b[i]);
      if (order) return order;
    }
    return a.length - b.length;
  }
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) ? 1 : -1;
  if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The rows of a store by key, and for each index the rows by the value of its field. */
class Rows {
  all = new Map();
  indexes = new Map();

  constructor(keyPath) {
    this.keyPath = keyPath;
  }

  put(value, key = value[this.keyPath]) {
    this.delete(key);
    const copy = structuredClone(value);
    this.all.set(key, copy);
    for (const [field, index] of this.indexes) {
      if (copy[field] === undefined) continue;
      const name = String(copy[field]);
      if (!index.has(name)) index.set(name, new Map());
      index.get(name).set(key, copy);
    }
    return key;
  }

  delete(key) {
    const old = this.all.get(key);
    if (!old) return;
    this.all.delete(key);
    for (const [field, index] of this.indexes) {
      const name = String(old[field]);
      index.get(name)?.delete(key);
      if (!index.get(name)?.size) index.delete(name);
    }
  }

  clear() {
    for (const key of [...this.all.keys()]) this.delete(key);
  }

  /** Rows in order of `field`, then of key; all of them, those of a key, or those in a range. */
  find(field, query, most = Infinity) {
    if (field === null) return sorted([...this.all], 0).slice(0, most);
    const index = this.indexes.get(field);
    if (query instanceof KeyRange) {
      const rows = [...this.all.values()].filter((row) => row[field] && query.holds(row[field]));
      return rows.sort((a, b) => compare(a[field], b[field])).slice(0, most);
    }
    if (query === undefined) return [...index.values()].flatMap((rows) => [...rows.values()]);
    return sorted([...(index.get(String(query)) ?? [])], 0).slice(0, most);
  }
}

/** Values in the order of their keys; they mostly are in it already. */
function sorted(pairs) {
  if (pairs.some(([key], i) => i && compare(pairs[i - 1][0], key) > 0)) {
    pairs.sort(([a], [b]) => compare(a, b));
  }
  return pairs.map(([, value]) => value);
}

class ObjectStore {
  constructor(tx, rows) {
    this.tx = tx;
    this.rows = rows;
  }

  index = (field) => new Index(this.tx, this.rows, field);
  createIndex = (name) => void this.rows.indexes.set(name, new Map());
  get = (key) => this.tx.ask(() => this.rows.all.get(key));
  getAll = (query, most) => this.tx.ask(() => this.rows.find(null, query, most));
  getAllKeys = (range) =>
    this.tx.ask(() => [...this.rows.all.keys()].filter((key) => range.holds(key)));
  count = () => this.tx.ask(() => this.rows.all.size);
  put = (value, key) => this.tx.ask(() => this.rows.put(value, key));
  delete = (key) => this.tx.ask(() => this.rows.delete(key));
  clear = () => this.tx.ask(() => this.rows.clear());
}

class Index {
  constructor(tx, rows, field) {
    this.tx = tx;
    this.rows = rows;
    this.field = field;
  }

  getAll = (query, most) => this.tx.ask(() => this.rows.find(this.field, query, most));
  count = (key) => this.tx.ask(() => this.rows.indexes.get(this.field).get(key)?.size ?? 0);
}

/** One runs at a time; it ends when its work has asked for nothing more. */
class Transaction extends Emitter {
  #asked = [];
  #idle = false;
  running = false;

  constructor(db) {
    super();
    this.db = db;
  }

  objectStore = (name) => new ObjectStore(this, this.db.stores.get(name));

  abort() {
    throw new Error("The store in memory takes nothing back.");
  }

  ask(work) {
    const request = new Request();
    const run = () => {
      this.#idle = false;
      request.result = work();
      queueMicrotask(() => request.emit("success"));
    };
    if (this.running) run();
    else this.#asked.push(run);
    return request;
  }

  start() {
    this.running = true;
    for (const run of this.#asked) run();
    this.#wait();
  }

  #wait() {
    this.#idle = true;
    setImmediate(() => {
      if (!this.#idle) return this.#wait();
      this.emit("complete");
      this.db.ended();
    });
  }
}

class Database extends Emitter {
  stores = new Map();
  #queue = [];

  createObjectStore(name, { keyPath } = {}) {
    this.stores.set(name, new Rows(keyPath));
    return new ObjectStore(null, this.stores.get(name));
  }

  transaction() {
    const tx = new Transaction(this);
    this.#queue.push(tx);
    if (this.#queue.length === 1) tx.start();
    return tx;
  }

  ended() {
    this.#queue.shift();
    this.#queue[0]?.start();
  }

  close() {
    // What is in memory stays there.
  }
}

export class Factory {
  #databases = new Map();

  open(name) {
    const request = new Request();
    queueMicrotask(() => {
      const fresh = !this.#databases.has(name);
      if (fresh) this.#databases.set(name, new Database());
      request.result = this.#databases.get(name);
      if (fresh) request.onupgradeneeded?.({ oldVersion: 0 });
      request.emit("success");
    });
    return request;
  }

  deleteDatabase(name) {
    this.#databases.delete(name);
    const request = new Request();
    queueMicrotask(() => request.emit("success"));
    return request;
  }
}

Object.assign(globalThis, {
  IDBRequest: Request,
  IDBKeyRange: KeyRange,
  IDBTransaction: Transaction,
  IDBObjectStore: ObjectStore,
  IDBIndex: Index,
  IDBDatabase: Database,
  IDBCursor: class {
    advance() {}
    continue() {}
    continuePrimaryKey() {}
  },
});
