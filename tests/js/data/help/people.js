/** Phones on which somebody is signed in, and what they show. */

import { MemoryMirror } from "./mirror.js";
import { Phone } from "./phone.js";
import { ALICE } from "./server.js";

/** @import { Logbook } from "../../../../static/js/data/book.js" */
/** @import { Server } from "./server.js" */

/**
 * A phone on which `rider` is signed in, and all is quiet.
 *
 * @param {Server} server
 * @param {number} [seed]
 * @param {typeof ALICE} [rider]
 */
export async function signedIn(server, seed = 1, rider = ALICE) {
  const browser = server.browser(rider);
  const phone = new Phone(browser.fetch, seed);
  const book = await phone.open();
  await book.refreshRider();
  await book.syncNow();
  const name = `dbs-${rider.id}`;
  return { browser, phone, book, name, outbox: () => phone.rows(name, "outbox") };
}

/**
 * Alice's phone with a second place, all quiet.
 *
 * @param {Server} server
 */
export async function withMirror(server) {
  const browser = server.browser(ALICE);
  const phone = new Phone(browser.fetch);
  const mirror = new MemoryMirror();
  phone.mirror = mirror;
  const book = await phone.open();
  await book.refreshRider();
  await book.syncNow();
  return { server, browser, phone, mirror, book, log: server.log(ALICE.id) };
}

/** @param {Pick<Logbook, "list">} book @returns {Promise<[any, string][]>} */
export const bodies = async (book) =>
  (await book.list()).entries.map((one) => [one.body, one.state]);

/**
 * Wait until the phone has no such database any more.
 *
 * @param {Phone} phone
 * @param {string} name
 */
export async function gone(phone, name) {
  for (let i = 0; i < 500; i++) {
    if (!(await phone.indexedDB.databases()).some((one) => one.name === name)) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`${name} is still there`);
}

/** @param {string} path */
export const isPush = (path) => path.endsWith("/push");
