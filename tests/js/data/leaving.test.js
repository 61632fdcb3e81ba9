/** A page that is put aside for the Back button, in the middle of a save. */

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { comeBack } from "../../../static/js/data/db.js";
import { watchLeaving } from "../../../static/js/data/triggers.js";
import { MemoryMirror } from "./help/mirror.js";
import { Phone, session } from "./help/phone.js";

afterEach(comeBack);

const { put } = IDBObjectStore.prototype;

/**
 * A window with timers of its own, which run when they are told to.
 * @param {"complete" | "interactive"} readyState
 */
function pageThat(readyState) {
  /** @type {Map<number, () => void>} */
  const timers = new Map();
  let last = 0;
  return /** @type {any} */ (
    Object.assign(new EventTarget(), {
      document: { readyState },
      setTimeout: (/** @type {() => void} */ task) => {
        last += 1;
        timers.set(last, task);
        return last;
      },
      clearTimeout: (/** @type {number} */ timer) => timers.delete(timer),
      runTimers: () => [...timers.values()].map((task) => task()),
    })
  );
}

/** Save, and leave while the save is under way. */
async function leftWhileSaving() {
  const phone = new Phone();
  const book = await phone.open();
  const window = pageThat("complete");
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
  const window = pageThat("complete");
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
  const window = pageThat("complete");
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

/** A page that still loads, and saves. */
async function savedWhileLoading() {
  const phone = new Phone();
  const book = await phone.open();
  const window = pageThat("interactive");
  watchLeaving(window);
  let done = false;
  const saving = book.create("session", session()).then(() => {
    done = true;
  });
  await new Promise((resolve) => setTimeout(resolve));
  const rows = async () => (await phone.rows("dbs-local", "outbox")).length;
  return { window, saving, rows, isDone: () => done };
}

test("a page begins nothing before it is shown: until then it would not hear that it is left", async () => {
  const { window, saving, rows, isDone } = await savedWhileLoading();
  assert.deepEqual([isDone(), await rows()], [false, 0]);
  window.dispatchEvent(new Event("pageshow"));
  await saving;
  assert.equal(await rows(), 1);
});

test("nor does it wait for ever for a load that does not end", async () => {
  const { window, saving, rows } = await savedWhileLoading();
  window.runTimers();
  await saving;
  assert.equal(await rows(), 1);
});

test("one that is left after all lets go at once, as long as it was not shown", async () => {
  const { window, saving, rows } = await savedWhileLoading();
  window.runTimers();
  window.dispatchEvent(new Event("beforeunload"));
  assert.equal(await rows(), 0);
  window.runTimers(); // The rider stayed.
  await saving;
  assert.equal(await rows(), 1);
});

test("once shown, asking whether to leave stops nothing", async () => {
  const { window, saving, rows } = await savedWhileLoading();
  window.dispatchEvent(new Event("pageshow"));
  window.dispatchEvent(new Event("beforeunload"));
  await saving;
  assert.equal(await rows(), 1);
});
