/** The logbook as the screens use it: one rider's store, its sync, and who wants to know. */

import { ask } from "./http.js";
import { discard, edit, remove, resend, restore } from "./plan.js";
import { clearCopied, copyEntries, databaseName, isUsed, Riders } from "./riders.js";
import { Store } from "./store.js";
import { DELETED, Sync } from "./sync.js";
import { viewOf } from "./views.js";

/**
 * @import { Wish } from "./plan.js"
 * @import { Standing } from "./riders.js"
 * @import { Holder } from "./store.js"
 * @import { Body, EntryView, Env, Message, Rider, SyncResult, SyncState,
 *   Unsynced } from "./types.js"
 *
 * @typedef {"ask" | "upload" | "keep" | "delete"} Pending what to do with unsynced entries
 * @typedef {{waiting: number, attention: number, draft: boolean, deleted: boolean}} Left what is on
 *   this phone and nowhere else; all of it where the account is `deleted`
 * @typedef {Left & {done: boolean}} SignOutResult
 */

const SESSION_MS = 3_000;

export class Logbook {
  /** @type {Rider | null} */
  rider = null;
  /** @type {Store} */
  #store;
  /** @type {Sync} */
  #sync;
  /** @type {Set<(message: Message) => void>} */
  #listeners = new Set();
  /** @type {Promise<unknown>} */
  #turn = Promise.resolve();
  #persistAsked = false;
  #recounts = 0;

  /** @param {Env} env */
  constructor(env) {
    this.env = env;
    this.riders = new Riders(env);
    this.#store = new Store(env, databaseName(null));
    this.#sync = this.#syncOf(this.#store, null);
    env.listen((message) => void this.#hear(message));
  }

  /** Open the current rider's logbook. @param {Env} env */
  static async open(env) {
    const book = new Logbook(env);
    await book.#takeTurn(async () => book.#enter(await book.riders.standing()));
    return book;
  }

  /**
   * @param {{kind?: string, limit?: number, after?: any}} [page] `after`: the `next` before
   * @returns {Promise<{entries: EntryView[], next: any}>} newest local day first, then latest start
   */
  async list({ kind = "session", limit = 100, after = null } = {}) {
    const { entries, next } = await this.#store.list(kind, limit, after);
    return { entries: entries.map(viewOf), next };
  }

  /** @param {string} id @returns {Promise<EntryView | null>} a deleted one too, said so */
  async get(id) {
    const entry = await this.#store.get(id);
    return entry ? viewOf(entry) : null;
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

  /** @param {string} id @param {{set?: Body, unset?: string[]}} patch */
  edit(id, { set = {}, unset = [] }) {
    return this.#change(id, edit(JSON.parse(JSON.stringify(set)), unset));
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
    const { diagnose } = await import("./diagnosis.js");
    return diagnose(this.#store, this.syncState);
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

  /** The network came back or the rider looks at us: sync without further waiting. */
  wake() {
    return this.#sync.wake();
  }

  tick() {
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
    return this.#takeTurn(async () => {
      const answer = await ask(this.env, "/api/session", {}, SESSION_MS);
      if (answer.is !== "ok") {
        this.#sync.soon();
        return this.rider;
      }
      if (await this.#finishLeaving(answer.data)) return null;
      /** @type {Rider | null} */
      const rider = answer.data.rider;
      if (rider && rider.id !== this.rider?.id) await this.#signIn(rider);
      else if (!rider && this.rider) await this.#sync.signedOut(answer.data.deleted === true);
      if (rider) void this.#sync.wake();
      return this.rider;
    });
  }

  /**
   * Sign out. Not done while something here is not on the server and `pending` is "ask", or
   * "upload" did not get everything through: the answer says what is left.
   *
   * @param {{pending?: Pending}} [choice]
   * @returns {Promise<SignOutResult>}
   */
  signOut({ pending = "ask" } = {}) {
    return this.#takeTurn(async () => {
      const { rider } = this;
      if (!rider) return { done: true, ...NOTHING_LEFT };
      if (pending === "upload") await this.#sync.now();
      await this.#sync.close();
      const left = await this.#left();
      const some = isSome(left);
      if (some && (pending === "ask" || pending === "upload")) {
        this.#sync = this.#syncOf(this.#store, rider);
        await this.#sync.refreshState();
        return { done: false, ...left };
      }
      await this.#enter(await this.riders.signedOut(rider, some && pending === "keep"));
      this.#tell({ type: "rider" });
      const session = await ask(this.env, "/api/session", {}, SESSION_MS);
      if (session.is === "ok") await this.#finishLeaving(session.data);
      return { done: true, ...left };
    });
  }

  /**
   * One change of rider at a time.
   *
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  #takeTurn(work) {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /** @returns {Promise<Left>} */
  async #left() {
    const draft = (await this.draft.get()) !== null;
    const deleted = (await this.#store.meta.get(DELETED)) === true;
    return { ...(await this.counts()), draft, deleted };
  }

  /**
   * Turn to `rider`. Whoever was here before, and whose session merely ended, may have left
   * something behind: then their name stays on the list.
   *
   * @param {Rider} rider
   */
  async #signIn(rider) {
    const before = this.rider && isSome(await this.#left()) ? this.rider : null;
    await this.#enter(await this.riders.signedIn(rider, before));
    this.#tell({ type: "rider" });
  }

  /**
   * Turn to the database that `standing` names, and finish what a closed page left half done.
   *
   * @param {Standing} standing
   */
  async #enter({ rider, leaving }) {
    const store = new Store(this.env, databaseName(rider));
    const local = new Store(this.env, databaseName(null));
    const adopts = rider !== null && (await isUsed(local));
    if (adopts) await copyEntries(local, store);
    await this.#sync.close();
    const before = this.#store;
    this.rider = rider;
    this.#store = store;
    this.#sync = this.#syncOf(store, rider);
    if (adopts) {
      await copyEntries(local, store);
      await clearCopied(local, store);
    }
    await Promise.all([before.db.close(), local.db.close()]);
    if (leaving?.wipe) await new Store(this.env, databaseName(leaving.rider)).db.destroy();
    await this.#sync.refreshState();
  }

  /**
   * End the session of a rider who signed out here. True: it had to be ended just now.
   *
   * @param {{rider: Rider | null, csrf_token: string}} session
   */
  async #finishLeaving({ rider, csrf_token }) {
    const { leaving } = await this.riders.standing();
    if (!leaving) return false;
    const still = rider?.id === leaving.rider.id;
    if (still && !(await this.#logOut(csrf_token))) return true;
    await this.riders.update(() => ({ leaving: null }));
    return still;
  }

  /** @param {string} csrf @returns {Promise<boolean>} whether the server has ended the session */
  async #logOut(csrf) {
    // The answer is a redirect to a page that we do not need; what counts is the session after it.
    const headers = { "X-CSRFToken": csrf };
    /** @type {RequestInit & {headers: Record<string, string>}} */
    const init = { method: "POST", redirect: "manual", headers };
    await ask(this.env, "/accounts/logout", init, SESSION_MS);
    const answer = await ask(this.env, "/api/session", {}, SESSION_MS);
    return answer.is === "ok" && !answer.data.rider;
  }

  /** @param {Store} store @param {Rider | null} rider */
  #syncOf(store, rider) {
    return new Sync(store, rider?.id ?? null, {
      changed: (ids) => this.#tell({ type: "entries", ids }),
      moved: () => this.#moved(),
    });
  }

  #moved() {
    this.#emit({ type: "sync" });
    if (this.#sync.state.code === "wrong_user") void this.refreshRider();
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
    void this.#recount();
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
      await this.#takeTurn(async () => this.#enter(await this.riders.standing()));
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

/** @type {Left} */
const NOTHING_LEFT = { waiting: 0, attention: 0, draft: false, deleted: false };

/** @param {Left} left */
const isSome = ({ waiting, attention, draft, deleted }) =>
  waiting > 0 || attention > 0 || draft || deleted;
