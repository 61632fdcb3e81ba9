import assert from "node:assert/strict";
import { test } from "node:test";
import { startTriggers } from "../../../static/js/data/triggers.js";

/** A window that says what the logbook was asked to do. */
function page() {
  const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  /** @type {(() => void)[]} */
  const minutes = [];
  const setInterval = (/** @type {() => void} */ task, /** @type {number} */ ms) => {
    assert.equal(ms, 60_000);
    minutes.push(task);
  };
  const window = Object.assign(new EventTarget(), { document, setInterval });
  /** @type {string[]} */
  const asked = [];
  const book = {
    wake: async () => asked.push("wake"),
    tick: () => asked.push("tick"),
    rest: () => asked.push("rest"),
  };
  startTriggers(/** @type {any} */ (book), /** @type {any} */ (window));
  return { window, document, asked, minute: () => minutes.forEach((task) => void task()) };
}

test("the network coming back wakes the sync", () => {
  const { window, asked } = page();
  window.dispatchEvent(new Event("online"));
  assert.deepEqual(asked, ["wake"]);
});

test("a page that is looked at again wakes the sync, one that goes out of sight lays it to rest", () => {
  const { document, asked } = page();
  document.visibilityState = "hidden";
  document.dispatchEvent(new Event("visibilitychange"));
  assert.deepEqual(asked, ["rest"]);
  document.visibilityState = "visible";
  document.dispatchEvent(new Event("visibilitychange"));
  assert.deepEqual(asked, ["rest", "wake"]);
});

test("a page from the back-forward cache wakes the sync, a fresh one starts by itself", () => {
  const { window, asked } = page();
  window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: false }));
  assert.deepEqual(asked, []);
  window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
  assert.deepEqual(asked, ["wake"]);
});

test("each minute it looks after what waits, while the page is seen", () => {
  const { document, asked, minute } = page();
  minute();
  document.visibilityState = "hidden";
  minute();
  assert.deepEqual(asked, ["tick"]);
});
