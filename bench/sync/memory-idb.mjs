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

/** Values in the order of their keys, which mostly come in it already. */
class Ordered {
  #found = new Map();
  #keys = [];
  #gone = 0;
  #again = false;
  #sorted = true;

  get size() {
    return this.#found.size;
  }

  get(key) {
    return this.#found.get(nameOf(key));
  }

  set(key, value) {
    const name = nameOf(key);
    if (!this.#found.has(name)) {
      this.#again ||= this.#gone > 0;
      const last = this.#keys.length - 1;
      if (last >= 0 && compare(this.#keys[last], key) >= 0) this.#sorted = false;
      this.#keys.push(key);
    }
    this.#found.set(name, value);
  }

  /** Its key stays in the list until many are gone. */
  delete(key) {
    if (!this.#found.delete(nameOf(key))) return;
    this.#gone += 1;
    if (this.#gone > this.#found.size + 64) this.#tidy();
  }

  /** Keys that `query` (a key, a range, or nothing for all) finds, at most so many. */
  keys(query, most = Infinity) {
    if (query !== undefined && !(query instanceof KeyRange))
      return this.#found.has(nameOf(query)) ? [query] : [];
    if (!this.#sorted) this.#tidy();
    const found = [];
    for (let i = query ? this.#first(query) : 0; i < this.#keys.length; i += 1) {
      const key = this.#keys[i];
      if (found.length >= most || (query && !query.holds(key))) break;
      if (this.#found.has(nameOf(key))) found.push(key);
    }
    return found;
  }

  /** The place of the first key in `range`, or of the first above it. */
  #first({ lower, lowerOpen }) {
    let [from, to] = [0, this.#keys.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      const order = compare(this.#keys[middle], lower);
      if (order < 0 || (order === 0 && lowerOpen)) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  #tidy() {
    let keys = this.#keys;
    // What was deleted and came again is in the list twice.
    if (this.#again) keys = [...new Map(keys.map((key) => [nameOf(key), key])).values()];
    if (this.#gone) keys = keys.filter((key) => this.#found.has(nameOf(key)));
    if (!this.#sorted) keys.sort(compare);
    this.#keys = keys;
    [this.#gone, this.#again, this.#sorted] = [0, false, true];
  }
}

/** What a key is found under. */
const nameOf = (key) => (Array.isArray(key) ? key.join("\n") : key);

/**
 * A copy of plain data, which is all that is kept here, in a tenth of what `structuredClone` takes in
 * Node. As there, what is in it twice is in the copy twice, and copied once.
 */
function copyOf(value, copies = new Map()) {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => copyOf(one, copies));
  const before = copies.get(value);
  if (before) return before;
  const copy = { ...value };
  copies.set(value, copy);
  for (const key in copy) {
    if (typeof copy[key] === "object") copy[key] = copyOf(copy[key], copies);
  }
  return copy;
}

const field = (value, path) => path.reduce((inner, name) => inner?.[name], value);

/** The rows of a store by key, and for each index their keys by the value of its field. */
class Rows {
  all = new Ordered();
  indexes = new Map();

  constructor(keyPath) {
    this.keyPath = keyPath;
  }

  createIndex(name, path) {
    this.indexes.set(name, { path: path.split("."), keys: new Ordered() });
  }

  put(value, key = value[this.keyPath]) {
    const copy = copyOf(value);
    const old = this.all.get(key);
    for (const { path, keys } of this.indexes.values()) {
      const [before, after] = [field(old, path), field(copy, path)];
      if (before === after || (before && after && compare(before, after) === 0)) continue;
      if (before !== undefined) this.#drop(keys, before, key);
      if (after === undefined) continue;
      this.#add(keys, after, key);
    }
    this.all.set(key, copy);
    return key;
  }

  delete(query) {
    for (const key of this.all.keys(query)) {
      const old = this.all.get(key);
      for (const { path, keys } of this.indexes.values()) {
        const value = field(old, path);
        if (value !== undefined) this.#drop(keys, value, key);
      }
      this.all.delete(key);
    }
  }

  /** Under most values there is one row only: then its key stands there itself. */
  #add(keys, value, key) {
    const there = keys.get(value);
    if (there instanceof Ordered) return there.set(key, true);
    if (there === undefined) return keys.set(value, key);
    const several = new Ordered();
    several.set(there, true);
    several.set(key, true);
    keys.set(value, several);
  }

  #drop(keys, value, key) {
    const there = keys.get(value);
    if (there instanceof Ordered) there.delete(key);
    if (there === key || there.size === 0) keys.delete(value);
  }

  /** Keys of rows, in order of the index (null: of the key), then of the key. */
  find(index, query, most = Infinity) {
    if (index === null) return this.all.keys(query, most);
    const { keys } = this.indexes.get(index);
    const found = [];
    for (const value of keys.keys(query)) {
      const there = keys.get(value);
      if (there instanceof Ordered) found.push(...there.keys(undefined, most - found.length));
      else found.push(there);
      if (found.length >= most) break;
    }
    return found;
  }

  count(index, query) {
    if (index === null) return this.all.keys(query).length;
    const { keys } = this.indexes.get(index);
    return keys.keys(query).reduce((sum, value) => sum + (keys.get(value).size ?? 1), 0);
  }
}

/** What a store and an index of it have in common. Whoever reads gets a copy, as from a disk. */
class Source {
  constructor(tx, rows, index) {
    this.tx = tx;
    this.rows = rows;
    this.of = index;
  }

  getAll = (query, most) =>
    this.tx.ask(() =>
      this.rows.find(this.of, query, most).map((key) => copyOf(this.rows.all.get(key))),
    );
  getAllKeys = (query, most) => this.tx.ask(() => this.rows.find(this.of, query, most));
  count = (query) => this.tx.ask(() => this.rows.count(this.of, query));
}

class ObjectStore extends Source {
  #indexes = new Map();

  index = (name) => {
    if (!this.#indexes.has(name)) this.#indexes.set(name, new Index(this.tx, this.rows, name));
    return this.#indexes.get(name);
  };
  createIndex = (name, path) => this.rows.createIndex(name, path);
  get = (key) => this.tx.ask(() => copyOf(this.rows.all.get(key)));
  put = (value, key) => this.tx.ask(() => this.rows.put(value, key));
  delete = (query) => this.tx.ask(() => this.rows.delete(query));
  clear = () => this.tx.ask(() => this.rows.delete(undefined));
}

class Index extends Source {}

/** One runs at a time; it ends when its work has asked for nothing more. */
class Transaction extends Emitter {
  #asked = [];
  #done = [];
  #stores = new Map();
  #idle = false;
  running = false;

  constructor(db) {
    super();
    this.db = db;
  }

  objectStore = (name) => {
    if (!this.#stores.has(name))
      this.#stores.set(name, new ObjectStore(this, this.db.stores.get(name), null));
    return this.#stores.get(name);
  };

  abort() {
    throw new Error("The store in memory takes nothing back.");
  }

  ask(work) {
    const request = new Request();
    const run = () => {
      this.#idle = false;
      request.result = work();
      if (this.#done.push(request) === 1) setImmediate(() => this.#tell());
    };
    if (this.running) run();
    else this.#asked.push(run);
    return request;
  }

  #tell() {
    for (const request of this.#done.splice(0)) request.emit("success");
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
    return new ObjectStore(null, this.stores.get(name), null);
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
