/** A phone for the measurements: the very client core, on a store in memory, against a server. */

import { randomFillSync } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { Logbook } from "../../static/js/data/book.js";
import { Factory } from "./memory-idb.mjs";

const packed = promisify(gzip);

export class Phone {
  /** Bytes and times of requests, by what they were for. */
  requests = [];
  offline = false;
  /** Called once, when the next pull is about to be asked for. */
  beforePull = null;
  #env;

  constructor(base, cookie) {
    this.base = base;
    this.cookie = cookie;
    this.#env = {
      indexedDB: new Factory(),
      fetch: (path, init) => this.#fetch(path, init),
      now: Date.now,
      random: (bytes) => randomFillSync(bytes),
      chance: Math.random,
      later: (task, ms) => setTimeout(task, ms).unref(),
      cancel: clearTimeout,
      tz: () => "Europe/Berlin",
      locks: null,
      tell: () => {},
      listen: () => {},
      persist: async () => true,
      gzip: (text) => packed(text),
    };
  }

  /** Open the logbook, signed in; what comes of that in the background is waited for. */
  async open() {
    this.book = await Logbook.open(this.#env);
    await this.book.refreshRider();
    await this.book.syncNow();
    return this.book;
  }

  /** Time of a sync and of its parts, in ms: until the first pull, and from there. */
  async sync() {
    this.requests = [];
    const start = performance.now();
    const result = await this.book.syncNow();
    const end = performance.now();
    if (result.state !== "idle") throw new Error(`The sync ended ${JSON.stringify(result)}`);
    const pull = this.requests.find(({ path }) => path.includes("/pull"))?.start ?? end;
    return { push: pull - start, pull: end - pull, all: end - start, result };
  }

  async #fetch(path, init) {
    if (this.offline && path.includes("/sync/")) throw new TypeError("offline");
    if (this.beforePull && path.includes("/pull")) {
      this.beforePull();
      this.beforePull = null;
    }
    const request = { path, start: performance.now(), bytes: init.body?.length ?? 0 };
    this.requests.push(request);
    const who = { Cookie: this.cookie, Origin: this.base, "User-Agent": "bench" };
    const headers = { ...init.headers, ...who };
    return fetch(this.base + path, { ...init, headers });
  }
}
