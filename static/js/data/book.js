/** The logbook as the screens use it: one rider's store, its sync, and who wants to know. */

import { Gate } from "./gate.js";
import { discard, edit, madeOn, remove, resend, restore } from "./plan.js";
import { viewOf } from "./views.js";

/**
 * @import { Pending, SignOutResult } from "./gate.js"
 * @import { Seen, Wish } from "./plan.js"
 * @import { Holder } from "./store.js"
 * @import { Body, EntryView, Env, Message, Rider, SyncResult, SyncState,
 *   Unsynced } from "./types.js"
 */

export class Logbook {
  #gate;
  /** @type {Set<(message: Message) => void>} */
  #listeners = new Set();
  #persistAsked = false;
  #recounts = 0;

  /** @param {Env} env */
  constructor(env) {
    this.env = env;
    this.#gate = new Gate(env, {
      changed: (ids) => this.#tell({ type: "entries", ids }),
      moved: () => this.#emit({ type: "sync" }),
      turned: () => this.#tell({ type: "rider" }),
    });
    this.riders = this.#gate.riders;
    env.listen((message) => void this.#hear(message));
  }

  /** Open the current rider's logbook. @param {Env} env */
  static async open(env) {
    const book = new Logbook(env);
    await book.#gate.turn();
    return book;
  }

  /** @returns {Rider | null} whose logbook is open */
  get rider() {
    return this.#gate.rider;
  }

  get #store() {
    return this.#gate.store;
  }

  get #sync() {
    return this.#gate.sync;
  }

  /**
   * @param {{kind?: string, limit?: number, after?: any}} [page] `after`: the `next` before
   * @returns {Promise<{entries: EntryView[], next: any}>} newest local day first, then latest start
   */
  async list({ kind = "session", limit = 100, after = null } = {}) {
    const { entries, next } = await this.#store.list(kind, limit, after);
    return { entries: entries.map(viewOf), next };
  }

  /**
   * @param {string} id
   * @returns {Promise<EntryView & {rev: number} | null>} a deleted one too, said so; `rev`: of the
   *   server's copy that it is made of
   */
  async get(id) {
    const entry = await this.#store.get(id);
    return entry ? { ...viewOf(entry), rev: entry.server?.rev ?? 0 } : null;
  }

  /** @param {string} kind @param {Body} body */
  create(kind, body) {
    return this.#create(kind, body, null);
  }

  /**
   * Write the entry and clear the running draft, in one transaction: both, or DraftTaken.
   *
   * @param {string} kind
   * @param {Body} body
   * @param {Holder} [holder]
   */
  async finishDraft(kind, body, holder) {
    const entry = await this.#create(kind, body, { holder });
    this.#tell({ type: "draft" });
    return entry;
  }

  /**
   * @param {string} id
   * @param {{set?: Body, unset?: string[]}} patch
   * @param {Seen} [seen] what the rider had before them, if that may be an older version by now: so
   *   nothing that came in between is overwritten without a word
   */
  edit(id, { set = {}, unset = [] }, seen) {
    const wish = edit(JSON.parse(JSON.stringify(set)), unset);
    return this.#change(id, seen ? madeOn(seen, wish) : wish);
  }

  /** @param {string} id */
  remove(id) {
    return this.#change(id, remove);
  }

  /** Undo a deletion. @param {string} id */
  restore(id) {
    return this.#change(id, restore);
  }

  /** Try once more to upload an entry that needs attention. @param {string} id */
  resend(id) {
    return this.#change(id, resend);
  }

  /** Drop what the server refused of an entry; the rider said so. @param {string} id */
  discard(id) {
    return this.#change(id, discard);
  }

  /** @returns {Promise<Unsynced[]>} what is on this phone only, oldest change first */
  async unsynced() {
    const { unsynced } = await import("./unsynced.js");
    return unsynced(this.#store, this.#sync.uploading);
  }

  /** @returns {Promise<EntryView[]>} what was edited on two devices, and not yet looked at */
  async conflicts() {
    return (await this.#store.conflicts()).filter((one) => !one.deleted).map(viewOf);
  }

  /**
   * Say which version of an entry is to be: the one that shows, or the one that gave way.
   *
   * @param {string} id
   * @param {"this" | "other"} choice
   */
  async settleConflict(id, choice) {
    const { keepThis, takeOther } = await import("./conflict.js");
    return this.#change(id, choice === "this" ? keepThis : takeOther);
  }

  /** @returns {Promise<object>} what helps to report a fault of the sync; nothing of what was logged */
  async diagnostics() {
    const { reportOn } = await import("./report.js");
    return reportOn(this.#store, this.syncState);
  }

  draft = {
    /** @returns {Promise<any>} the running routine, or null */
    get: () => this.#store.draft.get(),
    /**
     * @param {any} draft any JSON, with its `holder`
     * @param {Holder} [after] who held what it replaces: rejects with DraftTaken if another does
     * @returns {Promise<void>} once the disk has it
     */
    put: (draft, after) => this.#store.draft.put(draft, after),
    /** @param {Holder} [holder] */
    clear: async (holder) => {
      await this.#store.draft.clear(holder);
      this.#tell({ type: "draft" });
    },
  };

  /** @returns {Promise<{waiting: number, attention: number}>} entries, not mutations */
  counts() {
    return this.#store.counts();
  }

  /** @param {(message: Message) => void} listener @returns {() => void} stops it */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** @returns {SyncState} */
  get syncState() {
    return this.#sync.state;
  }

  syncSoon() {
    this.#sync.soon();
  }

  /** @returns {Promise<SyncResult>} */
  syncNow() {
    return this.#sync.now();
  }

  /**
   * Fetch the whole log anew, where the comparison with the server's failed. What waits stays.
   *
   * @returns {Promise<SyncResult>}
   */
  async syncFromScratch() {
    await this.#store.meta.put("check", null); // as if it were the first comparison: it may heal
    return this.syncNow();
  }

  /** The network came back or the rider looks at us: sync without further waiting. */
  wake() {
    this.#gate.refreshIfUnanswered();
    return this.#sync.wake();
  }

  /** The page goes out of sight. */
  rest() {
    this.#sync.rest();
  }

  /** Let go of everything, for good. */
  async close() {
    await this.#gate.close();
    this.env.close?.();
  }

  tick() {
    this.#gate.refreshIfUnanswered();
    this.#sync.tick();
  }

  /** Whether the browser promised to keep our storage; undefined: not asked yet. */
  persisted() {
    return this.#store.meta.get("persist");
  }

  /**
   * Ask the server who is signed in, and turn to that rider's logbook. A session that merely
   * ended leaves the logbook open; only signing out closes it.
   *
   * @returns {Promise<Rider | null>}
   */
  refreshRider() {
    return this.#gate.refresh();
  }

  /**
   * Sign out. Not done while something here is not on the server and `pending` is "ask", or
   * "upload" did not get everything through: the answer says what is left.
   *
   * @param {{pending?: Pending}} [choice]
   * @returns {Promise<SignOutResult>}
   */
  signOut({ pending = "ask" } = {}) {
    return this.#gate.signOut(pending);
  }

  /**
   * @param {string} kind
   * @param {Body} body
   * @param {{holder?: Holder} | null} ends the draft that becomes this entry
   */
  async #create(kind, body, ends) {
    const entry = await this.#store.create(kind, body, ends);
    void this.#askToPersist();
    return this.#saved(entry);
  }

  /** @param {string} id @param {Wish} wish @returns {Promise<EntryView>} */
  async #change(id, wish) {
    return this.#saved(await this.#store.change(id, wish));
  }

  /** @param {import("./types.js").Entry} entry @returns {EntryView} */
  #saved(entry) {
    this.#tell({ type: "entries", ids: [entry.id] });
    this.#recount().catch(() => {}); // whoever looks next counts anew
    this.#sync.soon();
    return viewOf(entry);
  }

  /** Count anew and say so; saves in quick succession share one count. */
  async #recount() {
    this.#recounts += 1;
    if (this.#recounts > 1) return;
    try {
      for (let seen = 0; seen < this.#recounts;) {
        seen = this.#recounts;
        await this.#sync.refreshState();
      }
    } finally {
      this.#recounts = 0;
    }
    this.#emit({ type: "sync" });
  }

  async #askToPersist() {
    if (this.#persistAsked) return;
    this.#persistAsked = true;
    const { meta } = this.#store;
    if ((await meta.get("persist")) === undefined)
      await meta.put("persist", await this.env.persist());
  }

  /** @param {Message} message */
  async #hear(message) {
    if (message.type === "rider") {
      await this.#gate.turn();
      this.#emit(message);
    } else if (message.db === this.#store.name) {
      this.#emit(message);
      await this.#recount();
    }
  }

  /** Tell this page and the other tabs. @param {Message} message */
  #tell(message) {
    this.#emit(message);
    this.env.tell({ ...message, db: this.#store.name });
  }

  /** @param {Message} message */
  #emit(message) {
    for (const listener of this.#listeners) listener(message);
  }
}
