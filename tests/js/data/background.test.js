/** Asking the browser to send without a page, and what the worker that it wakes does. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Logbook } from "../../../static/js/data/book.js";
import * as engine from "../../../static/js/data/rounds.js";
import { signedIn } from "./help/people.js";
import { Phone, session } from "./help/phone.js";
import { ALICE, Server } from "./help/server.js";

const dead = () => {
  throw new TypeError("Failed to fetch");
};

/** A phone whose browser can wake a worker, and what it was asked for. */
async function wakeable() {
  const server = new Server();
  const phone = new Phone(server.browser(ALICE).fetch);
  /** @type {string[]} */
  const asked = [];
  const background = {
    prepare: async (/** @type {string} */ version) => void asked.push(`prepare ${version}`),
    wakeLater: async () => void asked.push("wake later"),
  };
  const book = await Logbook.open({ ...phone.env(), background, version: async () => "v1" });
  return { server, phone, book, asked };
}

test("a first visit asks for nothing; once a rider has synced, the worker is got ready, once", async () => {
  const { book, asked } = await wakeable();
  await book.create("session", session());
  await book.syncNow();
  book.rest();
  assert.deepEqual(asked, []);
  await book.refreshRider();
  await book.syncNow();
  await book.syncNow();
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(asked, ["prepare v1"]);
});

test("what could not be sent asks to be woken, and so does a page that goes with something unsent", async () => {
  const { server, book, asked } = await wakeable();
  await book.refreshRider();
  await book.syncNow();
  book.rest();
  await new Promise((resolve) => setImmediate(resolve));
  asked.length = 0;
  server.fault = dead;
  await book.syncNow();
  assert.deepEqual(asked, []);
  await book.create("session", session());
  await book.syncNow();
  assert.deepEqual(asked, ["wake later"]);
  book.rest();
  assert.deepEqual(asked, ["wake later", "wake later"]);
});

test("a browser that refuses does no harm", async () => {
  const server = new Server();
  const phone = new Phone(server.browser(ALICE).fetch);
  const refuse = async () => {
    throw new DOMException("No.", "NotAllowedError");
  };
  const background = { prepare: refuse, wakeLater: refuse };
  const book = await Logbook.open({ ...phone.env(), background });
  await book.refreshRider();
  await book.create("session", session());
  assert.equal((await book.syncNow()).state, "idle");
});

test("woken without a page, it sends what waits by modules that it brought, and lets go of all", async () => {
  const server = new Server();
  const a = await signedIn(server);
  server.fault = dead;
  await a.book.create("session", session());
  await a.book.syncNow();
  a.phone.kill();
  server.fault = null;
  let closed = 0;
  const more = { engine: async () => engine, close: () => void (closed += 1) };
  const woken = await Logbook.open({ ...a.phone.env(), ...more });
  assert.equal((await woken.syncNow()).pushed, 1);
  await woken.close();
  assert.equal(closed, 1);
  assert.equal(server.log(ALICE.id).entries.size, 1);
  await new Promise((resolve, reject) => {
    const request = a.phone.indexedDB.deleteDatabase(a.name);
    request.onsuccess = resolve;
    request.onblocked = reject;
  });
});

test("a page whose sync cannot be loaded says no signal, and keeps all", async () => {
  const server = new Server();
  const phone = new Phone(server.browser(ALICE).fetch);
  let held = false;
  const book = await Logbook.open({
    ...phone.env(),
    engine: async () => {
      if (!held) throw new TypeError("Failed to fetch dynamically imported module");
      return engine;
    },
  });
  await book.refreshRider();
  await book.create("session", session());
  assert.equal((await book.syncNow()).state, "offline");
  held = true;
  assert.equal((await book.syncNow()).state, "idle");
});
