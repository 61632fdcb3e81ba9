import assert from "node:assert/strict";
import { test } from "node:test";
import { LogPages } from "../../../static/js/lib/log-pages.js";

/** @typedef {import("../../../static/js/data/types.js").EntryView} EntryView */

/** @param {number} n the greater, the older @returns {EntryView} */
const entry = (n) => ({
  id: `id-${String(n).padStart(5, "0")}`,
  kind: "session",
  state: "synced",
  deleted: false,
  body: { date: new Date(Date.UTC(2026, 10, 22) - n * 86_400_000).toISOString().slice(0, 10) },
});

/** A log in memory that lists as the store does. */
class Memory {
  /** @param {number} count */
  constructor(count) {
    this.all = Array.from({ length: count }, (_, n) => entry(n));
    this.reads = 0;
    this.syncState = { state: "idle" };
  }

  /** @param {string} id */
  async get(id) {
    return this.all.find((one) => one.id === id) ?? null;
  }

  /** @param {{limit?: number, after?: any}} [page] */
  async list({ limit = 100, after = null } = {}) {
    this.reads += 1;
    const live = this.all.filter(({ deleted }) => !deleted);
    const start = after === null ? 0 : live.findIndex(({ body }) => body.date < after);
    const entries = live.slice(start, start + limit);
    const next = start + limit < live.length ? entries.at(-1)?.body.date : null;
    return { entries, next };
  }

  /** @param {number} n @param {Partial<EntryView>} change */
  change(n, change) {
    this.all[n] = { ...this.all[n], ...change };
    return [this.all[n].id];
  }
}

/** @param {number} count */
async function opened(count) {
  const book = new Memory(count);
  const pages = new LogPages(/** @type {any} */ (book));
  await pages.restart();
  return { book, pages };
}

const dates = (/** @type {LogPages} */ pages) => pages.entries.map(({ body }) => body.date);

test("it reads on, page by page, to the end and not beyond", async () => {
  const { pages } = await opened(5000);
  assert.equal(pages.entries.length, 50);
  while (pages.older !== null) await pages.more();
  await pages.more();
  assert.equal(pages.entries.length, 5000);
  assert.deepEqual(dates(pages), dates(pages).toSorted().reverse());
});

test("two calls at once do not bring the same page twice", async () => {
  const { pages } = await opened(400);
  await Promise.all([pages.more(), pages.more()]);
  assert.equal(new Set(pages.entries.map(({ id }) => id)).size, 130);
});

test("a deleted entry goes, and comes back to its place, without reading the rest again", async () => {
  const { book, pages } = await opened(300);
  const before = dates(pages);
  await pages.update(book.change(7, { deleted: true }));
  assert.ok(!pages.has("id-00007"));
  await pages.update(book.change(7, { deleted: false }));
  assert.deepEqual(dates(pages), before);
  assert.equal(book.reads, 1);
});

test("an entry whose day was changed moves there", async () => {
  const { book, pages } = await opened(40);
  await pages.update(book.change(30, { body: { date: "2026-11-23" } }));
  assert.equal(pages.entries[0].id, "id-00030");
  assert.equal(pages.entries.length, 40);
});

test("an entry older than what is shown waits for its page", async () => {
  const { book, pages } = await opened(300);
  await pages.update(book.change(80, { state: "phone" }));
  assert.ok(!pages.has("id-00080"));
  await pages.more();
  assert.equal(pages.entries.filter(({ id }) => id === "id-00080").length, 1);
});

test("the first entry of an empty log appears", async () => {
  const { book, pages } = await opened(0);
  book.all.push(entry(0));
  await pages.update([entry(0).id]);
  assert.equal(pages.entries.length, 1);
});

test("other kinds are none of its business", async () => {
  const { book, pages } = await opened(3);
  await pages.update(book.change(1, { kind: "ride" }));
  assert.ok(!pages.has("id-00001"));
});

test("a first sync of many is read anew, once", async () => {
  const { book, pages } = await opened(0);
  book.all = Array.from({ length: 500 }, (_, n) => entry(n));
  await pages.update(book.all.map(({ id }) => id));
  assert.equal(pages.entries.length, 50);
  assert.equal(book.reads, 2);
});

test("a sync that goes on is shown once the screen is full, and again at its end", async () => {
  const { book, pages } = await opened(0);
  book.syncState.state = "syncing";
  const older = Array.from({ length: 500 }, (_, n) => entry(n + 500));
  const newer = Array.from({ length: 500 }, (_, n) => entry(n));
  book.all = older;
  await pages.update(older.map(({ id }) => id));
  assert.equal(pages.entries[0].id, older[0].id);
  book.all = [...newer, ...older];
  await pages.update(newer.map(({ id }) => id));
  assert.equal(await pages.catchUp(), false);
  assert.equal(pages.entries[0].id, older[0].id);
  book.syncState.state = "offline";
  assert.equal(await pages.catchUp(), true);
  assert.equal(pages.entries[0].id, newer[0].id);
  assert.equal(await pages.catchUp(), false);
  assert.equal(book.reads, 3);
});
