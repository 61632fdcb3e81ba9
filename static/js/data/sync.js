/** Push until nothing is left, then pull. No screen ever waits for any of this. */

import { ask, PROTO, SCHEMA } from "./http.js";
import { exclusively } from "./lock.js";
import { onTheWire, renumber, settle, takeBatch } from "./outbox.js";
import { agrees, placeOf, startOver, takePage } from "./pages.js";
import { Schedule } from "./schedule.js";
import { uuid4 } from "./uuid7.js";

/**
 * @import { Answer } from "./http.js"
 * @import { Mutation, SyncResult, SyncState, SyncWord } from "./types.js"
 * @import { Store } from "./store.js"
 *
 * @typedef {Exclude<Answer, {is: "ok"}>} Trouble
 */

const TIMEOUT_MS = 20_000;
const SAVE_PAUSE_MS = 1_000;
const PAGE = 500;

/** What the server says once the account is deleted, and where the phone keeps that. */
export const DELETED = "account_deleted";

/** @type {Record<Trouble["is"], SyncWord>} */
const WORDS = {
  offline: "offline",
  busy: "busy",
  "sign-in": "needs-sign-in",
  upgrade: "needs-update",
  forked: "stopped",
  "too-large": "stopped",
  stop: "stopped",
};

/** The synchronisation of one rider's store. */
export class Sync {
  /** @type {SyncState} */
  state;
  /** @type {Set<string>} ids of entries that are on their way just now */
  uploading = new Set();
  /** @type {Promise<SyncResult> | null} */
  #running = null;
  #again = false;
  #closed = false;
  #pushed = 0;
  #pulled = 0;

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

  /** Sync now; while one runs, it looks again before it ends. @returns {Promise<SyncResult>} */
  now() {
    if (this.#running) this.#again = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** A minute has passed: send what waits, unless a retry is arranged for or would be in vain. */
  tick() {
    if (this.state.state === "idle" && this.state.waiting) void this.now();
  }

  /** Say that the server knows nobody here, or no longer has the account. @param {boolean} deleted */
  signedOut(deleted) {
    return deleted ? this.#show("stopped", DELETED) : this.#show("needs-sign-in");
  }

  /** Start nothing more, and wait for what is under way. */
  async close() {
    this.#closed = true;
    this.schedule.stop();
    await this.#running;
  }

  async refreshState() {
    const { meta } = this.store;
    const [counts, lastSyncedAt = null, clockOffset = null, deleted] = await Promise.all([
      this.store.counts(),
      ...["synced_at", "clock", DELETED].map((key) => meta.get(key)),
    ]);
    const word = deleted && /** @type {const} */ ({ state: "stopped", code: DELETED });
    this.state = { ...this.state, ...counts, lastSyncedAt, clockOffset, ...word };
  }

  async #run() {
    this.#pushed = this.#pulled = 0;
    if (!this.user) return this.#result("local");
    if (this.#closed) return this.#result("stopped", "closed");
    const wait = this.schedule.forbidden();
    if (wait) {
      this.schedule.at(wait);
      return this.#result("busy");
    }
    this.schedule.stop();
    await this.#show("syncing");
    const trouble = await exclusively(this.store, this.owner, (renew) => this.#rounds(renew));
    return this.#end(trouble);
  }

  /**
   * @param {Trouble | "done" | null} trouble null: another tab is at it
   * @returns {Promise<SyncResult>}
   */
  async #end(trouble) {
    if (trouble === null) this.schedule.at(2 * SAVE_PAUSE_MS);
    else if (trouble === "done") this.schedule.succeeded();
    else if (trouble.is === "busy") this.schedule.failed(trouble.after);
    else if (trouble.is === "offline") this.schedule.failed(0);
    const word = trouble === null || trouble === "done" ? "idle" : WORDS[trouble.is];
    const code = trouble && trouble !== "done" && trouble.is === "stop" ? trouble.code : undefined;
    await this.#show(word, code);
    return this.#result(word, code);
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

  /**
   * @param {SyncWord} state
   * @param {string} [code]
   * @returns {SyncResult}
   */
  #result(state, code) {
    return { state, ...(code && { code }), pushed: this.#pushed, pulled: this.#pulled };
  }

  /**
   * Push and pull, again while something was saved meanwhile.
   *
   * @param {() => Promise<void>} renew
   * @returns {Promise<Trouble | "done">}
   */
  async #rounds(renew) {
    /** @type {Set<string>} */
    const later = new Set();
    do {
      this.#again = false;
      const trouble = (await this.#push(renew, later)) ?? (await this.#pull(renew));
      if (trouble) return trouble;
    } while (this.#again && !this.#closed);
    if (later.size) return { is: "busy", after: 0 };
    await this.store.meta.put("synced_at", this.store.env.now());
    return "done";
  }

  /**
   * @param {() => Promise<void>} renew
   * @param {Set<string>} later entries that the server has put off
   * @returns {Promise<Trouble | null>}
   */
  async #push(renew, later) {
    let most = Number.POSITIVE_INFINITY;
    let forked = false;
    while (!this.#closed) {
      await renew();
      const batch = await takeBatch(this.store, most, later);
      if (!batch.mutations.length) break;
      this.uploading = new Set(batch.mutations.map(({ id }) => id));
      const answer = await this.#send(batch).finally(() => this.uploading.clear());
      if (answer.is === "ok") await this.#settle(batch.mutations, answer.data, later);
      else if (answer.is === "forked" && !forked) {
        forked = true;
        await renumber(this.store);
      } else if (answer.is === "too-large" && batch.mutations.length > 1) {
        most = Math.floor(batch.mutations.length / 2);
      } else if (answer.is === "too-large") await this.#refuseLarge(batch.mutations);
      else return answer;
    }
    return null;
  }

  /** @param {import("./outbox.js").Batch} batch */
  #send({ device, acked_mid, mutations }) {
    const body = JSON.stringify({
      proto: PROTO,
      schema: SCHEMA,
      user: this.user,
      device,
      acked_mid,
      now: this.store.env.now(),
      mutations: mutations.map(onTheWire),
    });
    const headers = { "Content-Type": "application/json" };
    return ask(this.store.env, "/api/sync/v1/push", { method: "POST", body, headers }, TIMEOUT_MS);
  }

  /**
   * @param {Mutation[]} sent
   * @param {{results: import("./outbox.js").Result[], server_now?: number}} data
   * @param {Set<string>} later takes the entries whose turn has not come
   */
  async #settle(sent, data, later) {
    const { settled } = await settle(this.store, sent, data.results);
    for (const { id } of sent) if (!settled.includes(id)) later.add(id);
    this.#pushed += settled.length;
    await this.#changed(settled);
  }

  /** @param {Mutation[]} mutations the one that is too large by itself */
  async #refuseLarge(mutations) {
    const results = mutations.map(({ mid }) => ({ mid, status: "rejected", code: "too_large" }));
    await settle(this.store, mutations, /** @type {any} */ (results));
    await this.#changed(mutations.map((one) => one.id));
  }

  /**
   * @param {() => Promise<void>} renew
   * @returns {Promise<Trouble | null>}
   */
  async #pull(renew) {
    let fresh = false;
    for (let more = true; more && !this.#closed;) {
      await renew();
      const place = await placeOf(this.store);
      const query = new URLSearchParams({ cursor: place.cursor, limit: String(PAGE) });
      const answer = await ask(this.store.env, `/api/sync/v1/pull?${query}`, {}, TIMEOUT_MS);
      if (answer.is !== "ok") return answer;
      const page = answer.data;
      let reset = place.cursor ? page.reset : null;
      if (!reset) {
        more = !(await takePage(this.store, place, page)) || page.more;
        this.#pulled += page.changes.length;
        await this.#changed(page.changes.map((/** @type {{id: string}} */ one) => one.id));
        if (!more && !(await agrees(this.store, page.check, fresh))) reset = "epoch";
      }
      if (reset && fresh) return { is: "stop", code: "check_failed" };
      if (reset) {
        fresh = more = true;
        await startOver(this.store, reset);
      }
    }
    return null;
  }

  /** @param {string[]} ids */
  async #changed(ids) {
    if (!ids.length) return;
    await this.refreshState();
    this.on.changed(ids);
  }
}
