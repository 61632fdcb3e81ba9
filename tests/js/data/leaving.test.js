/** A page that is put aside for the Back button, in the middle of a save. */

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { comeBack } from "../../../static/js/data/db.js";
import { watchLeaving } from "../../../static/js/data/triggers.js";
import { MemoryMirror } from "./help/mirror.js";
import { Phone, session } from "./help/phone.js";

afterEach(comeBack);

const { put } = IDBObjectStore.prototype;

/** Save, and leave while the save is under way. */
async function leftWhileSaving() {
  const phone = new Phone();
  const book = await phone.open();
  const window = /** @type {any} */ (new EventTarget());
  watchLeaving(window);
  const hide = () =>
    window.dispatchEvent(Object.assign(new Event("pagehide"), { persisted: true }));
  const left = new Promise((resolve) => {
    IDBObjectStore.prototype.put = function (/** @type {[any, any?]} */ ...args) {
      IDBObjectStore.prototype.put = put;
      queueMicrotask(() => resolve(hide()));
      return put.apply(this, args);
    };
  });
  const saving = book.create("session", session());
  await left;
  return { phone, window, saving };
}

test("nothing of the save stays under way, so that other pages need not wait", async () => {
  const { phone } = await leftWhileSaving();
  assert.deepEqual(await phone.rows("dbs-local", "outbox"), []);
});

test("the save is done when the page comes back, once", async () => {
  const { phone, window, saving } = await leftWhileSaving();
  window.dispatchEvent(new Event("pageshow"));
  await saving;
  assert.equal((await phone.rows("dbs-local", "outbox")).length, 1);
});

test("a page that is gone for good ends its saves by itself", async () => {
  const phone = new Phone();
  const book = await phone.open();
  const window = /** @type {any} */ (new EventTarget());
  watchLeaving(window);
  const saving = book.create("session", session());
  window.dispatchEvent(Object.assign(new Event("pagehide"), { persisted: false }));
  await saving;
  assert.equal((await phone.rows("dbs-local", "outbox")).length, 1);
});

test("nor does it hold a database that it only begins to use", async () => {
  const phone = new Phone();
  phone.mirror = new MemoryMirror();
  await (await phone.open()).create("session", session());
  phone.loseDatabases();
  const window = /** @type {any} */ (new EventTarget());
  watchLeaving(window);
  const { get } = IDBObjectStore.prototype;
  const aborted = new Promise((resolve) => {
    IDBObjectStore.prototype.get = function (/** @type {any} */ key) {
      if (key === "mirrored") {
        IDBObjectStore.prototype.get = get;
        this.transaction.addEventListener("abort", resolve);
        const hide = Object.assign(new Event("pagehide"), { persisted: true });
        queueMicrotask(() => window.dispatchEvent(hide));
      }
      return get.call(this, key);
    };
  });
  const opening = phone.open();
  await aborted;
  window.dispatchEvent(new Event("pageshow"));
  const { entries } = await (await opening).list();
  assert.deepEqual(
    entries.map(({ body }) => body),
    [session()],
  );
});
