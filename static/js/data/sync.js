/** The synchronisation of one rider's store: when it runs, and what is said of it. No screen waits for it. */

import { Schedule } from "./schedule.js";
import { uuid4 } from "./uuid7.js";

/**
 * @import { Tx } from "./db.js"
 * @import { Rounds, Trouble } from "./rounds.js"
 * @import { Wire } from "./wire.js"
 * @import { Background, SyncResult, SyncState, SyncWord } from "./types.js"
 * @import { Store } from "./store.js"
 */

const SAVE_PAUSE_MS = 1_000;
/** While a long sync goes on, what waits is counted no more often than this. */
const COUNT_PAUSE_MS = 500;

/** What the server says once the account is deleted, and where the phone keeps that. */
export const DELETED = "account_deleted";

/** @type {Record<Trouble["is"], SyncWord>} */
const WORDS = {
  offline: "offline",
  busy: "busy",
  "sign-in": "needs-sign-in",
  upgrade: "needs-update",
  forbidden: "needs-reload",
  forked: "stopped",
  stop: "stopped",
  // Dealt with on the way; here only if the server insists.
  "too-large": "busy",
  unreadable: "busy",
  unpacked: "busy",
  epoch: "busy",
};

export class Sync {
  /** @type {SyncState} */
  state;
  /** @type {Set<string>} ids of entries that are on their way just now */
  uploading = new Set();
  /** @type {Promise<SyncResult> | null} */
  #running = null;
  /** @type {Rounds | null} */
  #rounds = null;
  /** @type {Wire | null} */
  #wire = null;
  #closed = false;
  #prepared = false;
  #counted = 0;
  #most = Number.POSITIVE_INFINITY;

  /**
   * @param {Store} store
   * @param {string | null} user public id of the rider; null: nobody, so nothing leaves the phone
   * @param {{changed: (ids: string[]) => void, moved: () => void}} on
   */
  constructor(store, user, on) {
    this.store = store;
    this.user = user;
    this.on = on;
    this.state = {
      state: user ? "idle" : "local",
      ...{ waiting: 0, attention: 0, lastSyncedAt: null, clockOffset: null },
    };
    this.owner = uuid4(store.env.random);
    this.schedule = new Schedule(store.env, () => void this.now());
  }

  /** Sync in a second, so that quick taps share one request. */
  soon() {
    if (this.user) this.schedule.at(SAVE_PAUSE_MS);
  }

  /** The network may be back, or the rider looks at us again: no more waiting. */
  wake() {
    this.schedule.succeeded();
    return this.now();
  }

  /**
   * Sync now; while one runs, it looks again before it ends, or another follows.
   *
   * @returns {Promise<SyncResult>}
   */
  now() {
    if (this.#rounds?.over && this.#running) return this.#running.then(() => this.now());
    if (this.#rounds) this.#rounds.again = true;
    this.#running ??= this.#run()
      .catch((error) => this.#fail(error))
      .finally(() => {
        this.#running = this.#rounds = null;
      });
    return this.#running;
  }

  /** A minute has passed: send what waits, unless a retry is arranged for or would be in vain. */
  tick() {
    const { state, code, waiting } = this.state;
    if (waiting && (state === "idle" || code === "check_failed")) void this.now();
  }

  /** Say that the server knows nobody here, or no longer has the account. @param {boolean} deleted */
  signedOut(deleted) {
    return deleted ? this.#show("stopped", DELETED) : this.#show("needs-sign-in");
  }

  /** A newer version of the app has taken the store over, from another tab. */
  async outdated() {
    this.#closed = true;
    this.schedule.stop();
    this.state = { ...this.state, state: "needs-reload" };
    this.on.moved();
  }

  /** The page goes out of sight, perhaps for good: what waits may be sent without it. */
  rest() {
    if (this.user && this.state.waiting) this.#background(({ wakeLater }) => wakeLater());
  }

  /** Start nothing more, give up what is asked just now, and wait until that is said. */
  async close() {
    this.#closed = true;
    this.schedule.stop();
    this.#wire?.close();
    await this.#running;
  }

  async refreshState() {
    this.#counted = this.store.env.now();
    const [counts, lastSyncedAt = null, clockOffset = null, deleted] = await this.store.standing([
      ...["synced_at", "clock", DELETED],
    ]);
    const word = deleted && /** @type {const} */ ({ state: "stopped", code: DELETED });
    this.state = { ...this.state, ...counts, lastSyncedAt, clockOffset, ...word };
  }

  /** @returns {Promise<SyncResult>} */
  async #run() {
    if (!this.user) return result("local");
    if (this.#closed) return result("stopped", "closed");
    const wait = this.schedule.forbidden();
    if (wait) {
      this.schedule.at(wait);
      return result("busy");
    }
    this.schedule.stop();
    this.#say("syncing");
    const engine = await this.#engine().catch(() => null);
    if (!engine) return this.#end({ trouble: { is: "offline" } });
    const { exclusively } = engine;
    return this.#end(
      await exclusively(this.store, this.owner, (renew) => this.#sync(engine, renew)),
    );
  }

  /** @returns {Promise<typeof import("./rounds.js")>} rejects where it is not held and there is no network */
  #engine() {
    return this.store.env.engine?.() ?? import("./rounds.js");
  }

  /** @param {typeof import("./rounds.js")} engine @param {() => Promise<void>} renew */
  async #sync({ Rounds, Wire, tidyMirror }, renew) {
    const { store, uploading } = this;
    this.#wire ??= new Wire(store.env, this.user);
    if (this.#closed) this.#wire.close();
    const changed = (/** @type {string[]} */ ids) => this.#changed(ids);
    const isOver = () => this.#closed;
    const rounds = new Rounds(store, this.#wire, { renew, changed, isOver, uploading }, this.#most);
    this.#rounds = rounds;
    const trouble = await rounds.run();
    this.#most = trouble ? rounds.most : Number.POSITIVE_INFINITY;
    await this.#noteTimes(trouble === null, this.#wire.offset);
    if (trouble?.is !== "offline") await tidyMirror(store).catch(() => {});
    return { trouble, rounds };
  }

  /** @param {boolean} done @param {number} [offset] */
  async #noteTimes(done, offset) {
    const { env, db } = this.store;
    const work = async (/** @type {Tx} */ tx) => {
      const meta = tx.objectStore("meta");
      if (done) await meta.put(env.now(), "synced_at");
      if (offset === undefined) return;
      // Half of a slow answer is no news.
      const known = await meta.get("clock");
      if (known === undefined || Math.abs(known - offset) > 1000) await meta.put(offset, "clock");
    };
    if (done || offset !== undefined) await db.write(["meta"], work, "relaxed");
  }

  /**
   * @param {{trouble: Trouble | null, rounds?: Rounds} | null} ended null: another tab is at it
   * @returns {Promise<SyncResult>}
   */
  async #end(ended) {
    if (!ended) this.schedule.at(2 * SAVE_PAUSE_MS);
    const { trouble = null, rounds } = ended ?? {};
    const word = trouble ? WORDS[trouble.is] : "idle";
    const code = trouble && "code" in trouble ? trouble.code : undefined;
    if (ended && !trouble) this.schedule.succeeded();
    else if (trouble?.is === "busy") this.schedule.failed(trouble.after);
    else if (word === "busy" || word === "offline") this.schedule.failed(0);
    if (this.#closed) this.schedule.stop();
    await this.#show(word, code);
    if (word === "idle") this.#prepare();
    else if (word === "offline" || word === "busy") this.rest();
    return result(word, code, rounds);
  }

  /** The worker that sends without a page is fetched while there is a network, once a page. */
  #prepare() {
    if (this.#prepared) return;
    this.#prepared = true;
    const version = this.store.env.version?.();
    this.#background(async ({ prepare }) => prepare((await version) ?? ""));
  }

  /** A help only: the next page that opens sends all the same. @param {(background: Background) => Promise<void>} ask */
  #background(ask) {
    const { background } = this.store.env;
    if (background) ask(background).catch(() => {});
  }

  /**
   * The store itself failed: the browser took it away, or there is no room. What is in it stays, and
   * the next trigger tries again.
   *
   * @param {unknown} error
   * @returns {Promise<SyncResult>}
   */
  async #fail(error) {
    const full = error instanceof DOMException && error.name === "QuotaExceededError";
    const code = full ? "storage_full" : "storage_failed";
    if (this.state.state !== "needs-reload") this.state = { ...this.state, state: "stopped", code };
    this.on.moved();
    return result("stopped", code);
  }

  /**
   * @param {SyncWord} word
   * @param {string} [code]
   */
  async #show(word, code) {
    // Kept, so that the rider is told without a network too, and asked before anything is cleared.
    if (code === DELETED) await this.store.meta.put(DELETED, true);
    const { code: _old, ...rest } = this.state;
    this.state = { ...rest, state: word, ...(code && { code }) };
    await this.refreshState();
    this.on.moved();
  }

  /** The same, where nothing else has changed. @param {SyncWord} word */
  #say(word) {
    const { code, ...rest } = this.state;
    if (code !== DELETED) this.state = { ...rest, state: word };
    this.on.moved();
  }

  /** @param {string[]} ids */
  async #changed(ids) {
    if (!ids.length) return;
    const since = this.store.env.now() - this.#counted;
    if (Math.abs(since) >= COUNT_PAUSE_MS) await this.refreshState();
    this.on.changed(ids);
  }
}

/**
 * @param {SyncWord} state
 * @param {string} [code]
 * @param {{pushed: number, pulled: number}} [moved]
 * @returns {SyncResult}
 */
const result = (state, code, { pushed, pulled } = { pushed: 0, pulled: 0 }) => ({
  ...{ state, ...(code && { code }) },
  ...{ pushed, pulled },
});
