import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { Phone, session } from "./help/phone.js";
import { Browser, startServer } from "./help/real.js";

/** @type {Awaited<ReturnType<typeof startServer>>} */
let server;
before(async () => {
  server = await startServer();
});
after(() => server.stop());

let people = 0;
const somebody = () => `rider${++people}@example.com`;

/** @param {string} email @param {"register" | "login"} form */
async function phoneOf(email, form) {
  const browser = new Browser(server.base);
  const phone = new Phone(browser.fetch, people * 10 + (form === "login" ? 1 : 2));
  const book = await phone.open();
  const signIn = async () => {
    await browser.sign(form, email);
    await book.refreshRider();
    await book.syncNow();
  };
  return { browser, phone, book, signIn };
}

/** @param {{list: Function}} book */
const shown = async (book) =>
  (await book.list()).entries.map((/** @type {any} */ one) => [one.id, one.body, one.state]);

const SET = {
  ...{ exercise: "glute-squeeze", name: "Glute squeeze", step: "activate", side: "both" },
  ...{ order: 0, unit: "reps", target: 8, done: 8, skipped: false },
};
const set = (/** @type {number} */ n, /** @type {object} */ more) => ({
  ...{ id: `01900000-0000-7000-8000-00000000000${n}`, ...SET, ...more },
});

test("what was logged before the account reaches the second phone, and edits converge", async () => {
  const email = somebody();
  const a = await phoneOf(email, "register");
  const { id } = await a.book.create("session", session({ effort: 6, sets: [set(1, {})] }));
  await a.book.edit(id, { set: { notes: "wet" } });
  await a.book.create("session", session({ date: "2026-03-02" }));
  await a.signIn();
  assert.equal(a.book.rider?.email, email);
  assert.deepEqual(await a.book.counts(), { waiting: 0, attention: 0 });

  const b = await phoneOf(email, "login");
  await b.signIn();
  assert.deepEqual(await shown(b.book), await shown(a.book));

  await a.book.edit(id, { set: { effort: 7, sets: [set(1, { done: 10 })] } });
  await b.book.edit(id, { set: { effort: 8, sets: [set(1, {}), set(2, {})] } });
  await a.book.syncNow();
  await b.book.syncNow();
  await a.book.syncNow();
  const merged = { effort: 8, notes: "wet", sets: [set(1, { done: 10 }), set(2, {})] };
  assert.deepEqual((await a.book.get(id))?.body, session(merged));
  assert.deepEqual(await shown(b.book), await shown(a.book));
  assert.equal((await b.book.get(id))?.lost?.effort, 7);
  assert.deepEqual((await a.book.get(id))?.lost, (await b.book.get(id))?.lost);
});

test("a deletion travels, and so does its undo", async () => {
  const email = somebody();
  const a = await phoneOf(email, "register");
  await a.signIn();
  const b = await phoneOf(email, "login");
  await b.signIn();
  const { id } = await a.book.create("session", session());
  await a.book.remove(id);
  await a.book.syncNow();
  await b.book.syncNow();
  assert.deepEqual(await shown(b.book), []);
  await a.book.restore(id);
  await a.book.syncNow();
  await b.book.syncNow();
  assert.deepEqual(await shown(b.book), [[id, session(), "synced"]]);
  assert.deepEqual(await shown(a.book), await shown(b.book));
});

test("a phone restored from a backup becomes another device, and repeats nothing", async () => {
  const a = await phoneOf(somebody(), "register");
  await a.signIn();
  await a.book.create("session", session());
  await a.book.syncNow();
  const { Store } = await import("../../../static/js/data/store.js");
  const store = new Store(a.phone.env(), `dbs-${a.book.rider?.id}`);
  const device = await store.meta.get("device");
  await store.meta.put("device", { ...device, next_mid: 1 });
  await a.book.create("session", session({ notes: "after the restore" }));
  assert.equal((await a.book.syncNow()).state, "idle");
  assert.deepEqual(await a.book.counts(), { waiting: 0, attention: 0 });
  assert.notEqual((await store.meta.get("device")).id, device.id);
});

test("a refused entry keeps the server's words, and goes out once it is put right", async () => {
  const a = await phoneOf(somebody(), "register");
  await a.signIn();
  const { id } = await a.book.create("session", session({ effort: 11 }));
  await a.book.syncNow();
  const kept = await a.book.get(id);
  assert.deepEqual([kept?.state, kept?.reason?.code], ["attention", "invalid"]);
  assert.ok(kept?.reason?.errors?.effort);
  await a.book.edit(id, { set: { effort: 10 } });
  await a.book.syncNow();
  assert.equal((await a.book.get(id))?.state, "synced");
});

test("signing out ends the session on the server; nobody's phone shows nothing", async () => {
  const a = await phoneOf(somebody(), "register");
  await a.signIn();
  await a.book.create("session", session());
  assert.equal((await a.book.signOut({ pending: "upload" })).done, true);
  assert.equal(await a.book.refreshRider(), null);
  assert.deepEqual(await shown(a.book), []);
});

test("1,300 entries go up packed, are pulled page by page, and the check agrees", async () => {
  const email = somebody();
  const a = await phoneOf(email, "register");
  const { fetch } = a.phone;
  /** @type {any[]} */
  const encodings = [];
  a.phone.fetch = (path, init) => {
    if (path.endsWith("/push")) encodings.push(new Headers(init.headers).get("Content-Encoding"));
    return fetch(path, init);
  };
  a.phone.gzip = async (text) => new Uint8Array(gzipSync(text));
  await a.signIn();
  const tab = await a.phone.open();
  await Promise.all(Array.from({ length: 1300 }, () => tab.create("session", session())));
  await tab.syncNow();
  const b = await phoneOf(email, "login");
  await b.signIn();
  assert.equal((await b.book.list({ limit: 2000 })).entries.length, 1300);
  assert.deepEqual(encodings, Array(7).fill("gzip"));
  assert.deepEqual([b.book.syncState.state, b.book.syncState.code], ["idle", undefined]);
});
