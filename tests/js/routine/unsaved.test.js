// What is typed and not saved is its rider's own, and outlives the page.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { forgetUnsaved, keepUnsaved, unsavedOf } from "../../../static/js/routine/unsaved.js";

const alice = { id: "alice" };
const bob = { id: "bob" };
const unsaved = { base: null, composition: { name: "Mine", parts: [] } };

/** @type {Record<string, any>} */
let held = {};

/** A storage as a browser has it: its keys are its own properties. */
beforeEach(() => {
  held = {};
  const methods = {
    getItem: (/** @type {string} */ key) => held[key] ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => {
      held[key] = value;
    },
    removeItem: (/** @type {string} */ key) => {
      delete held[key];
    },
  };
  const storage = new Proxy(methods, {
    ownKeys: () => Object.keys(held),
    getOwnPropertyDescriptor: (_, key) => ({
      value: held[String(key)],
      enumerable: true,
      configurable: true,
    }),
  });
  Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true });
});

test("it is there for its rider and its routine, and for no other", () => {
  keepUnsaved(alice, "", unsaved);
  assert.deepEqual(unsavedOf(alice, ""), unsaved);
  assert.equal(unsavedOf(alice, "another"), null);
  assert.equal(unsavedOf(bob, ""), null);
});

test("what was begun before there was an account is there with the account", () => {
  keepUnsaved(null, "", unsaved);
  assert.deepEqual(unsavedOf(alice, ""), unsaved);
  assert.deepEqual(Object.keys(held), ["dbs-compose:alice:new"]);
  assert.equal(unsavedOf(bob, ""), null);
  assert.deepEqual(unsavedOf(alice, ""), unsaved);
});

test("a phone that is to forget a rider keeps what is the others'", () => {
  keepUnsaved(alice, "", unsaved);
  keepUnsaved(alice, "a-routine", unsaved);
  keepUnsaved(bob, "", unsaved);
  forgetUnsaved(alice);
  assert.deepEqual(Object.keys(held), ["dbs-compose:bob:new"]);
});

test("what cannot be read is nothing, and a shut storage is no error", () => {
  held["dbs-compose:alice:new"] = "{";
  assert.equal(unsavedOf(alice, ""), null);
  held["dbs-compose:alice:new"] = '{"composition":{}}';
  assert.equal(unsavedOf(alice, ""), null);
  Object.defineProperty(globalThis, "localStorage", {
    get: () => {
      throw new Error("shut");
    },
    configurable: true,
  });
  keepUnsaved(alice, "", unsaved);
  assert.equal(unsavedOf(alice, ""), null);
  forgetUnsaved(alice);
});
