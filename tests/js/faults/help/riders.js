/** Riders with phones, all against the real server; each phone's network may be made to fail. */

import { Browser, startServer } from "../../data/help/real.js";
import { Mortal } from "./mortal.js";

/**
 * @import { Logbook } from "../../../../static/js/data/book.js"
 *
 * @typedef {(path: string, go: () => Promise<Response>, init: RequestInit) => Promise<Response>} Fault
 */

/** A tab that froze with the lock in its hand is passed over after this. */
export const LEASE_MS = 60_000;
let people = 0;
let phones = 0;

/** A real server, and everybody who uses it in one file of tests. */
export class Riders {
  /** @param {Awaited<ReturnType<typeof startServer>>} server */
  constructor(server) {
    this.server = server;
  }

  static async start() {
    return new Riders(await startServer());
  }

  stop() {
    return this.server.stop();
  }

  /** A new rider's phone, signed in and quiet. */
  async phone() {
    const browser = new Browser(this.server.base);
    await browser.sign("register", `rider${++people}@example.com`);
    const rider = await Rider.on(new Mortal(undefined, ++phones), browser);
    await rider.book.syncNow();
    return rider;
  }

  /** One more phone of the same rider, quiet too. @param {Rider} rider */
  async another(rider) {
    const fresh = await this.fresh(rider);
    await fresh.book.syncNow();
    return fresh;
  }

  /** One more phone of the same rider, which has pulled nothing yet. @param {Rider} rider */
  fresh(rider) {
    const browser = new Browser(this.server.base);
    browser.cookies = new Map(rider.browser.cookies);
    return Rider.on(new Mortal(undefined, ++phones), browser);
  }
}

export class Rider {
  /** @type {Fault | null} what happens to requests, if they do not just go through */
  fault = null;

  /** @param {Mortal} phone @param {Browser} browser @param {Logbook} book */
  constructor(phone, browser, book) {
    this.phone = phone;
    this.browser = browser;
    this.book = book;
    phone.fetch = (path, init) => {
      const go = () => browser.fetch(path, init);
      return this.fault ? this.fault(path, go, init) : go();
    };
  }

  /** @param {Mortal} phone @param {Browser} browser */
  static async on(phone, browser) {
    const rider = new Rider(phone, browser, await phone.open());
    await rider.book.refreshRider();
    return rider;
  }

  /** The page dies, and the app is opened again: only what is on the disk is still there. */
  async restart() {
    this.phone.kill();
    this.book = await this.phone.open();
  }

  /** @returns {Promise<any[]>} */
  outbox() {
    return this.phone.rows(`dbs-${this.book.rider?.id}`, "outbox");
  }

  /** What the log shows: each entry's notes and state. */
  async log() {
    const { entries } = await this.book.list({ limit: 10_000 });
    return entries.map(({ body, state }) => `${body.notes} ${state}`).sort();
  }

  /** What the server has, asked past the phone. @returns {Promise<any[]>} */
  async onServer() {
    const init = { headers: { "X-Sync-Proto": "1" } };
    const answer = await this.browser.fetch("/api/sync/v1/pull?cursor=", init);
    return (await answer.json()).changes;
  }
}

/** @param {string} path */
export const isPush = (path) => path.endsWith("/push");

/** @type {Fault} */
export const noNetwork = async () => {
  throw new TypeError("Failed to fetch");
};

/** @type {Fault} the server does as it is told, and nobody hears of it */
export const answerLost = async (_path, go) => {
  await (await go()).arrayBuffer();
  throw new TypeError("connection reset");
};

/** What a request carries, unpacked. @param {RequestInit} init @returns {Promise<any>} */
export function sentBy({ body, headers }) {
  const { body: sent } = new Response(body);
  const packed = new Headers(headers).get("Content-Encoding") === "gzip";
  return new Response(packed ? sent?.pipeThrough(new DecompressionStream("gzip")) : sent).json();
}
