/** One IndexedDB database: opening, upgrading, reopening, and honest transactions. */

import { unwrap, wrap } from "../../vendor/idb/index.js";

/**
 * @import { IDBPDatabase, IDBPTransaction } from "idb"
 *
 * @typedef {{getAll: (query: any, most?: number) => Promise<any[]>}} Source a store, or an index of one
 *
 * @typedef {IDBPTransaction<any, string[], "readwrite">} Tx
 *
 * One transaction on a connection that is there.
 * @typedef {(stores: string[], mode: "readonly" | "readwrite", work: (tx: Tx) => Promise<any>) => Promise<any>} Run
 *
 * Relaxed: it does not wait for the disk. A phone that loses power may come back without it.
 * @typedef {"strict" | "relaxed"} Durability
 */

/**
 * What each version adds. Released steps are never changed: a phone may come from any of them.
 *
 * @type {((db: IDBDatabase) => void)[]}
 */
const LOGBOOK = [
  (db) => {
    const entry = db.createObjectStore("entry", { keyPath: "id" });
    entry.createIndex("order", "order");
    entry.createIndex("state", "state");
    entry.createIndex("lost", "lost.rev");
    const outbox = db.createObjectStore("outbox", { keyPath: "mid" });
    outbox.createIndex("id", "id");
    outbox.createIndex("state", "state");
    for (const name of ["meta", "draft"]) db.createObjectStore(name);
  },
];

/** @type {typeof LOGBOOK} */
const SHELL = [(db) => void db.createObjectStore("shell")];

/** The errors of a connection that the system closed behind our back (pouchdb#7954): on its next use, or in it. */
const GONE = new Set(["InvalidStateError", "UnknownError", "AbortError"]);

/** @param {unknown} error */
export const isGone = (error) => error instanceof DOMException && GONE.has(error.name);

/** What is under way, in any database of this page. @type {Set<Tx>} */
const underWay = new Set();
/** @type {{shown: Promise<void>, show: () => void} | null} while the page is put aside */
let aside = null;

/**
 * Abort what is under way, and begin nothing, until `comeBack`. A page that is put aside for the Back button is frozen; in
 * WebKit its transactions stay, and every later page waits for them for ever.
 */
export function goAside() {
  let show = () => {};
  aside ??= { shown: new Promise((resolve) => (show = resolve)), show };
  for (const tx of underWay) abort(tx);
}

/** The page is shown again: do what was aborted. */
export function comeBack() {
  aside?.show();
  aside = null;
}

/** A database that opens itself, and once more when its connection was lost. */
export class Database {
  /** Called when a newer version of the app, in another tab, has taken the database over. */
  onNewer = () => {};
  /** Called with each new connection, to read and write by it before anybody else. @type {(run: Run) => Promise<void>} */
  onOpen = async () => {};
  /** @type {Promise<IDBPDatabase<any>> | null} */
  #opening = null;

  /**
   * @param {IDBFactory} factory
   * @param {string} name
   * @param {typeof LOGBOOK} steps
   */
  constructor(factory, name, steps) {
    this.factory = factory;
    this.name = name;
    this.steps = steps;
  }

  /**
   * @template T
   * @param {string[]} stores
   * @param {(tx: Tx) => Promise<T>} work
   * @returns {Promise<T>}
   */
  read(stores, work) {
    return this.#run(stores, "readonly", work);
  }

  /**
   * Run `work` in one transaction and resolve once the disk has it; all of it or nothing.
   * `work` runs a second time if the connection was lost under the first.
   *
   * @template T
   * @param {string[]} stores
   * @param {(tx: Tx) => Promise<T>} work
   * @param {Durability} [durability]
   * @returns {Promise<T>}
   */
  write(stores, work, durability = "strict") {
    return this.#run(stores, "readwrite", work, durability);
  }

  async close() {
    const opening = this.#opening;
    this.#opening = null;
    await opening?.then((db) => db.close()).catch(() => {});
  }

  /** Delete the database with all that is in it. */
  async destroy() {
    await this.close();
    await wrap(this.factory.deleteDatabase(this.name));
  }

  /**
   * @template T
   * @param {string[]} stores
   * @param {"readonly" | "readwrite"} mode
   * @param {(tx: Tx) => Promise<T>} work
   * @param {Durability} [durability]
   * @returns {Promise<T>}
   */
  async #run(stores, mode, work, durability) {
    try {
      return await this.#attempt(stores, mode, work, durability);
    } catch (error) {
      if (!isGone(error)) throw error;
      await this.close();
      return this.#attempt(stores, mode, work, durability);
    }
  }

  /**
   * @template T
   * @param {string[]} stores
   * @param {"readonly" | "readwrite"} mode
   * @param {(tx: Tx) => Promise<T>} work
   * @param {Durability} [durability]
   * @returns {Promise<T>}
   */
  async #attempt(stores, mode, work, durability) {
    if (aside) await aside.shown;
    return within(await this.#open(), stores, mode, work, durability);
  }

  #open() {
    this.#opening ??= this.#connect().catch((error) => {
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }

  async #connect() {
    const request = this.factory.open(this.name, this.steps.length);
    request.onupgradeneeded = ({ oldVersion }) => {
      for (const step of this.steps.slice(oldVersion)) step(request.result);
    };
    const db = /** @type {IDBPDatabase<any>} */ (
      /** @type {unknown} */ (await wrap(request).catch((error) => this.#refused(error)))
    );
    const forget = () => {
      db.close();
      this.#opening = null;
    };
    db.onversionchange = ({ newVersion }) => {
      forget();
      if (newVersion) this.onNewer();
    };
    db.onclose = forget;
    try {
      await this.onOpen((stores, mode, work) => within(db, stores, mode, work, "strict"));
    } catch (error) {
      db.close();
      throw error;
    }
    return db;
  }

  /** @param {unknown} error @returns {never} */
  #refused(error) {
    if (error instanceof DOMException && error.name === "VersionError") this.onNewer();
    throw error;
  }
}

/** @type {(db: IDBPDatabase<any>, stores: string[], mode: "readonly" | "readwrite", work: (tx: Tx) => Promise<any>, durability?: Durability) => Promise<any>} */
async function within(db, stores, mode, work, durability) {
  if (aside) await aside.shown;
  const tx = /** @type {Tx} */ (db.transaction(stores, mode, { durability }));
  /** @type {unknown} what went wrong with a request that nobody waits for */
  let cause = null;
  unwrap(tx).addEventListener("error", ({ target }) => {
    const { error } = /** @type {IDBRequest} */ (target);
    if (error?.name !== "AbortError") cause ??= error; // which only follows from the cause
  });
  underWay.add(tx);
  try {
    const [result] = await Promise.all([work(tx), tx.done]);
    return result;
  } catch (error) {
    abort(tx);
    await tx.done.catch(() => {});
    throw cause ?? error;
  } finally {
    underWay.delete(tx);
  }
}

/**
 * Put `rows` without a promise for each: if one cannot be put, the transaction fails.
 *
 * @param {Tx} tx
 * @param {string} store
 * @param {object[]} rows
 */
export function putAll(tx, store, rows) {
  const raw = unwrap(tx).objectStore(store);
  for (const row of rows) raw.put(row);
}

/**
 * Delete the rows under `keys`, whole numbers: those that follow one another by one request.
 *
 * @param {Tx} tx
 * @param {string} store
 * @param {Iterable<number>} keys
 */
export function deleteAll(tx, store, keys) {
  const raw = unwrap(tx).objectStore(store);
  const sorted = [...keys].sort((a, b) => a - b);
  for (let from = 0, to = 1; from < sorted.length; from = to, to += 1) {
    while (sorted[to] === sorted[to - 1] + 1) to += 1;
    raw.delete(IDBKeyRange.bound(sorted[from], sorted[to - 1]));
  }
}

/** So many keys are asked for one by one. */
const FEW = 8;

/**
 * The rows under `keys`, and perhaps others. Ids begin with the time, so that those of a batch lie
 * close together: one request for all between them then spares hundreds.
 *
 * @param {Source} source
 * @param {string[]} keys
 */
export async function rowsOf(source, keys) {
  const sorted = [...keys].sort();
  if (sorted.length > FEW) {
    const range = IDBKeyRange.bound(sorted[0], sorted[sorted.length - 1]);
    const most = 2 * sorted.length;
    const rows = await source.getAll(range, most + 1);
    if (rows.length <= most) return rows;
  }
  return (await Promise.all(sorted.map((key) => source.getAll(key)))).flat();
}

/** @param {Tx} tx */
function abort(tx) {
  try {
    tx.abort();
  } catch {
    // It had ended by itself.
  }
}

/** @param {IDBFactory} factory @param {string} name */
export const logbookDatabase = (factory, name) => new Database(factory, name, LOGBOOK);

/** @param {IDBFactory} factory */
export const shellDatabase = (factory) => new Database(factory, "dbs-shell", SHELL);
