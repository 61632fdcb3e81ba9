/**
 * Who is at this phone: asking the server, turning to the rider's database, signing out. No tap ever
 * waits here for the network: only changes from one rider to another take turns, and whoever asks the
 * server does so outside of a turn.
 */

import { ask } from "./http.js";
import { databaseName, isUsed, Riders, welcomeBack } from "./riders.js";
import { Store } from "./store.js";
import { DELETED, Sync } from "./sync.js";

/**
 * @import { Standing } from "./riders.js"
 * @import { Env, Rider } from "./types.js"
 *
 * @typedef {"ask" | "upload" | "keep" | "delete"} Pending what to do with unsynced entries
 * @typedef {{waiting: number, attention: number, draft: boolean, deleted: boolean}} Left what is on
 *   this phone and nowhere else; all of it where the account is `deleted`
 * @typedef {Left & {done: boolean}} SignOutResult
 * @typedef {{rider: Rider | null, csrf_token: string, deleted?: boolean}} Session
 *
 * @typedef {object} Ears
 * @property {(ids: string[]) => void} changed entries
 * @property {() => void} moved the state of the sync
 * @property {() => void} turned to another rider, here
 */

const FIRST_MS = 3_000;
/** Nobody waits for a question that is asked again, so a slow network may take its time. */
const AGAIN_MS = 20_000;

export class Gate {
  /** @type {Rider | null} */
  rider = null;
  /** @type {Store} */
  store;
  /** @type {Sync} */
  sync;
  /** @type {Promise<unknown>} */
  #turn = Promise.resolve();
  /** @type {Promise<Rider | null> | null} */
  #asking = null;
  #asked = false;
  /** Gives up asking who is signed in. */
  #hangUp = new AbortController();
  /** Whether the server has said, since this page opened, who is signed in. */
  #answered = false;
  #closed = false;

  /** @param {Env} env @param {Ears} on */
  constructor(env, on) {
    this.env = env;
    this.on = on;
    this.riders = new Riders(env);
    this.store = new Store(env, databaseName(null));
    this.sync = this.#syncOf(this.store, null);
  }

  /** Turn to whoever this phone's logbook is open for, as another tab may have changed it. */
  turn() {
    return this.#takeTurn(async () => this.#enter(await this.riders.standing()));
  }

  /**
   * Ask the server who is signed in, and turn to that rider's logbook. A session that merely
   * ended leaves the logbook open; only signing out closes it.
   *
   * @returns {Promise<Rider | null>}
   */
  refresh() {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  /** Ask again while nobody has answered on this page. */
  refreshIfUnanswered() {
    if (this.#asked && !this.#answered) this.refresh().catch(() => {});
  }

  /**
   * Sign out. Not done while something here is not on the server and `pending` is "ask", or
   * "upload" did not get everything through, or there is no room to keep it apart from what the
   * next rider logs: the answer says what is left.
   *
   * @param {Pending} pending
   * @returns {Promise<SignOutResult>}
   */
  async signOut(pending) {
    if (pending === "upload") await this.sync.now();
    const result = await this.#takeTurn(() => this.#leave(pending));
    if (!result.done) return result;
    await this.#turn; // and what is to be cleared is
    await this.#endSession();
    return result;
  }

  async close() {
    this.#closed = true;
    await this.sync.close();
    await Promise.all([this.store.db.close(), this.riders.db.close()]);
  }

  async #ask() {
    const limit = this.#asked ? AGAIN_MS : FIRST_MS;
    this.#asked = true;
    this.#hangUp = new AbortController();
    const { signal } = this.#hangUp;
    const { departures } = await this.riders.standing();
    const answer = await ask(this.env, "/api/session", { signal }, limit);
    if (answer.is !== "ok") {
      this.sync.soon();
      return this.rider;
    }
    this.#answered = true;
    if (await this.#finishLeaving(answer.data)) return null;
    // An answer that was under way while somebody signed out, here or in another tab, is no longer true.
    return this.#takeTurn(async () => {
      const now = await this.riders.standing();
      return now.departures === departures ? this.#heed(answer.data) : this.rider;
    });
  }

  /** @param {Session} session */
  async #heed({ rider, deleted }) {
    if (rider && rider.id !== this.rider?.id) await this.#signIn(rider);
    else if (!rider && this.rider) await this.sync.signedOut(deleted === true);
    if (rider) void this.sync.wake();
    return this.rider;
  }

  /**
   * @param {Pending} pending
   * @returns {Promise<SignOutResult>}
   */
  async #leave(pending) {
    const { rider } = this;
    if (!rider) return { done: true, ...NOTHING_LEFT };
    await this.sync.close();
    const taken = await this.#catchUp().then(
      () => true,
      () => false,
    );
    const left = await this.#left();
    const some = isSome(left);
    const asks = pending === "ask" || pending === "upload";
    if (pending !== "delete" && (!taken || (some && asks))) {
      this.sync = this.#syncOf(this.store, rider);
      await this.sync.refreshState();
      return { done: false, ...left };
    }
    if (!taken) await (await departure()).dropLocal(this.env);
    const fate = pending === "delete" ? "clear" : some ? "keep" : "check";
    await this.#enter(await this.riders.signedOut(rider, fate));
    this.on.turned();
    return { done: true, ...left };
  }

  /** @returns {Promise<Left>} */
  async #left() {
    const { store } = this;
    const local = new Store(this.env, databaseName(null));
    const [{ waiting, attention }, draft, deleted, rest] = await Promise.all([
      store.counts(),
      store.draft.get(),
      store.meta.get(DELETED),
      local.counts(),
    ]);
    await local.db.close();
    const here = { waiting: waiting + rest.waiting, attention };
    return { ...here, draft: draft !== null, deleted: deleted === true };
  }

  /** Take along what there was no room for: it is not for the rider after this one. */
  async #catchUp() {
    const local = new Store(this.env, databaseName(null));
    await takeAlong(local, this.store, true).finally(() => local.db.close());
  }

  /**
   * Turn to `rider`. Whoever was here before, and whose session merely ended, may have left
   * something behind: then their name stays on the list. Nobody is said to be here before their
   * database can be opened: one that is still being deleted would hold up every page.
   *
   * @param {Rider} rider
   */
  async #signIn(rider) {
    if (this.rider) await this.#catchUp();
    const store = new Store(this.env, databaseName(rider));
    await welcomeBack(store, true);
    await store.db.close();
    const before = this.rider && isSome(await this.#left()) ? this.rider : null;
    await this.#enter(await this.riders.signedIn(rider, before));
    this.on.turned();
  }

  /**
   * Turn to the database that `standing` names, and finish what a closed page left half done.
   *
   * @param {Standing} standing
   */
  async #enter({ rider, leaving, clearing }) {
    if (this.rider && this.rider.id !== rider?.id) this.#hangUp.abort(); // a late answer would renew their cookie
    const store = new Store(this.env, databaseName(rider));
    const local = new Store(this.env, databaseName(null));
    if (rider) await welcomeBack(store);
    if (rider) await takeAlong(local, store).catch(later);
    await this.sync.close();
    const before = this.store;
    this.rider = rider;
    this.store = store;
    this.sync = this.#syncOf(store, rider);
    // What was saved meanwhile, by this page too, is taken along as well.
    if (rider) await takeAlong(local, store, true).catch(later);
    await Promise.all([before.db.close(), local.db.close()]);
    await this.sync.refreshState();
    if (rider || leaving || clearing?.length) void this.#takeTurn(() => this.#tidy());
  }

  /**
   * Clear away what is not for who comes next. Mostly there is nothing, or it was done before, so
   * no screen waits for it.
   */
  async #tidy() {
    if (this.#closed) return;
    const { clearing } = await this.riders.standing();
    if (clearing?.length)
      await departure().then(({ clearAway }) => clearAway(this.env, this.riders), later);
    const local = new Store(this.env, databaseName(null));
    const mirrored = await this.env.mirror?.keys(local.name).catch(() => []);
    if (mirrored?.length) await moveMirror(this.store, local).catch(later);
    await local.db.close();
  }

  async #endSession() {
    const session = await ask(this.env, "/api/session", {}, FIRST_MS);
    if (session.is === "ok") await this.#finishLeaving(session.data);
  }

  /**
   * End the session of a rider who signed out here, and before that clear the log. True: the
   * session had to be ended just now.
   *
   * @param {Session} session
   */
  async #finishLeaving({ rider, csrf_token, deleted = false }) {
    const { leaving } = await this.riders.standing();
    if (!leaving) return false;
    const still = rider?.id === leaving.rider.id;
    if (leaving.wipe) {
      const module = await departure().catch(later);
      if (!module) return true; // the next page that has a network sees to it
      const { isOnServer, letGo } = module;
      const all = await isOnServer(this.env, leaving.rider, still);
      const known = { all, deleted: deleted && !rider };
      await this.#takeTurn(() => letGo(this.env, this.riders, leaving.rider, known));
    }
    if (still && !(await this.#logOut(csrf_token))) return true;
    await this.riders.update(() => ({ leaving: null }));
    return still;
  }

  /** @param {string} csrf @returns {Promise<boolean>} whether the server has ended the session */
  async #logOut(csrf) {
    // The answer is a redirect to a page that we do not need; what counts is the session after it.
    const headers = { "X-CSRFToken": csrf };
    /** @type {import("./http.js").Asked} */
    const init = { method: "POST", redirect: "manual", headers };
    await ask(this.env, "/accounts/logout", init, FIRST_MS);
    const answer = await ask(this.env, "/api/session", {}, FIRST_MS);
    return answer.is === "ok" && !answer.data.rider;
  }

  /** @param {Store} store @param {Rider | null} rider */
  #syncOf(store, rider) {
    const sync = new Sync(store, rider?.id ?? null, {
      changed: this.on.changed,
      moved: () => {
        this.on.moved();
        if (sync.state.code === "wrong_user") this.refresh().catch(() => {});
      },
    });
    store.db.onNewer = () => sync.outdated();
    return sync;
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
}

/**
 * Take along what was logged before there was a rider.
 *
 * @param {Store} local
 * @param {Store} own
 * @param {boolean} [turned] whether the screens have turned to `own`
 */
async function takeAlong(local, own, turned = false) {
  if (!(await isUsed(local))) return;
  const { clearCopied, copyEntries } = await import("./taking-along.js");
  await copyEntries(local, own);
  if (!turned) return;
  await clearCopied(local, own);
  if (own.env.mirror) await moveMirror(own, local).catch(later);
}

/** There may be no room. The next page tries again, and this one opens all the same. */
const later = () => {};

/** Loaded only when somebody goes: a first visit does without. */
const departure = () => import("./departure.js");

/** @param {Store[]} stores */
const moveMirror = async (...stores) => (await import("./rescue.js")).tidyMirrors(...stores);

/** @type {Left} */
const NOTHING_LEFT = { waiting: 0, attention: 0, draft: false, deleted: false };

/** @param {Left} left */
const isSome = ({ waiting, attention, draft, deleted }) =>
  waiting > 0 || attention > 0 || draft || deleted;
