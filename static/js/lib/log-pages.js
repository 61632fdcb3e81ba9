// The part of the log that is on the screen: read page by page, kept right entry by entry. No DOM.
import { dayOf } from "./days.js";

/**
 * @typedef {import("../data/types.js").EntryView} EntryView
 * @typedef {Pick<import("../data/logbook.js").Logbook, "get" | "list" | "syncState">} Book
 */

const FIRST = 50;
const MORE = 40;
/** A change of more entries than this (a first sync) is read anew rather than one by one. */
const FEW = 50;

export class LogPages {
  /** @type {EntryView[]} newest local day first, then latest start, as the store lists them */
  entries = [];
  /** @type {any} where the next page begins, null at the end */
  older = null;
  #turn = Promise.resolve();
  #behind = false;

  /** @param {Book} book */
  constructor(book) {
    this.book = book;
  }

  /** Begin again with the newest. */
  restart() {
    return this.#inTurn(() => this.#read(FIRST));
  }

  /** Go one page further back. */
  more() {
    return this.#inTurn(async () => {
      if (this.older === null) return;
      const { entries, next } = await this.book.list({ limit: MORE, after: this.older });
      this.entries = [...this.entries, ...entries];
      this.older = next;
    });
  }

  /**
   * Take in that these entries were changed, made or deleted. Of a sync that brings many, again and
   * again, only the first to fill the screen are; `catchUp` is for the rest.
   * @param {string[]} ids
   */
  update(ids) {
    return this.#inTurn(async () => {
      if (ids.length > FEW) {
        this.#behind = this.entries.length >= FIRST && this.#syncing;
        return this.#behind ? undefined : this.#readAgain();
      }
      const now = await Promise.all(ids.map((id) => this.book.get(id)));
      const rest = this.entries.filter(({ id }) => !ids.includes(id));
      const last = rest.at(-1);
      const fits = (/** @type {EntryView | null} */ one) =>
        one?.kind === "session" &&
        !one.deleted &&
        (this.older === null || (last && inOrder(one, last) <= 0));
      const fresh = /** @type {EntryView[]} */ (now.filter(fits));
      this.entries = fresh.length ? [...rest, ...fresh].sort(inOrder) : rest;
    });
  }

  /** Show what a sync brought, once it is over. @returns {Promise<boolean>} whether anything was read */
  async catchUp() {
    if (!this.#behind || this.#syncing) return false;
    this.#behind = false;
    await this.#inTurn(() => this.#readAgain());
    return true;
  }

  get #syncing() {
    return this.book.syncState.state === "syncing";
  }

  /** @param {string} id */
  has(id) {
    return this.entries.some((one) => one.id === id);
  }

  #readAgain() {
    return this.#read(Math.max(FIRST, this.entries.length));
  }

  /** @param {number} limit */
  async #read(limit) {
    const { entries, next } = await this.book.list({ limit });
    this.entries = entries;
    this.older = next;
  }

  /** @param {() => Promise<void>} work */
  #inTurn(work) {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => {});
    return turn;
  }
}

/**
 * The order of the store's index.
 * @param {EntryView} a
 * @param {EntryView} b
 */
function inOrder(a, b) {
  const [dayA, dayB] = [dayOf(a.body), dayOf(b.body)];
  if (dayA !== dayB) return dayA > dayB ? -1 : 1;
  const later = (b.body.started_at || 0) - (a.body.started_at || 0);
  return later || (a.id < b.id ? -1 : 1);
}
