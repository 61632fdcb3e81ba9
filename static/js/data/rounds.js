/**
 * One sync: push until nothing is left, then pull; again while something was saved meanwhile. This
 * and what it imports is loaded when a rider syncs first: a first visit does without.
 */

import { verdictOn } from "./agree.js";
import { takeBatch } from "./batch.js";
import { renumber } from "./outbox.js";
import { takePage } from "./pages.js";
import { epochOf, placeOf, startOver } from "./place.js";
import { settle } from "./settle.js";

/**
 * @import { Answer } from "./http.js"
 * @import { Batch } from "./batch.js"
 * @import { Answered } from "./settle.js"
 * @import { Store } from "./store.js"
 * @import { Mutation } from "./types.js"
 * @import { Wire } from "./wire.js"
 *
 * @typedef {Exclude<Answer, {is: "ok"}>} Trouble
 * @typedef {object} Host
 * @property {() => Promise<void>} renew called before each request
 * @property {(ids: string[]) => Promise<void>} changed
 * @property {() => boolean} isOver whether to stop between two requests
 * @property {Set<string>} uploading takes the ids of what is on its way
 */

export { exclusively } from "./lock.js";
export { Wire } from "./wire.js";

/** A server that has us begin anew more often than this in one sync has lost its way. */
const MOST_RESETS = 3;

export class Rounds {
  pushed = 0;
  pulled = 0;
  /** Something came up that wants another round. */
  again = false;
  #resets = 0;
  #forked = false;
  /** The server asked for some of it again, later. */
  #put = false;
  /** @type {Mutation[]} */
  #suspects = [];
  /** @type {Set<string>} entries that had their turn, and are not done */
  #later = new Set();

  /**
   * @param {Store} store
   * @param {Wire} wire
   * @param {Host} host
   * @param {number} most mutations at once, after the server broke over more
   */
  constructor(store, wire, host, most) {
    this.store = store;
    this.wire = wire;
    this.host = host;
    this.most = most;
  }

  /** @returns {Promise<Trouble | null>} null: all done */
  async run() {
    do {
      this.again = false;
      const trouble = await this.#round();
      if (trouble) return trouble;
    } while (this.again && !this.host.isOver());
    if (this.#suspects.length) await this.#settle(this.#suspects, notNow(this.#suspects));
    return this.#put ? LOST : null;
  }

  /** While it is not known what the server has, nothing may be built on it: then pull comes first. */
  async #round() {
    const { reset } = await placeOf(this.store);
    const trouble = (reset && (await this.#pull())) || (await this.#push());
    if (trouble?.is !== "epoch") return trouble ?? this.#pull();
    this.again = true;
    return this.#mayBeginAnew() ? this.#pull() : LOST;
  }

  #mayBeginAnew() {
    this.#resets += 1;
    return this.#resets <= MOST_RESETS;
  }

  /** @returns {Promise<Trouble | null>} */
  async #push() {
    while (!this.host.isOver()) {
      await this.host.renew();
      const batch = await takeBatch(this.store, this.most, this.#later);
      if (!batch.mutations.length) break;
      const answer = await this.#send(batch);
      const trouble = await this.#heed(answer, batch.mutations);
      if (trouble) return trouble;
    }
    return null;
  }

  /** @param {Batch} batch */
  async #send(batch) {
    const { uploading } = this.host;
    for (const { id } of batch.mutations) uploading.add(id);
    try {
      return await this.wire.push(batch, epochOf(await placeOf(this.store)));
    } finally {
      uploading.clear();
    }
  }

  /**
   * @param {Answer} answer
   * @param {Mutation[]} sent
   * @returns {Promise<Trouble | null>} null: go on
   */
  async #heed(answer, sent) {
    const alone = sent.length === 1;
    if (answer.is === "ok") await this.#settle(sent, answer.data);
    else if (answer.is === "forked" && !this.#forked) {
      this.#forked = true;
      await renumber(this.store);
    } else if (!alone && (answer.is === "too-large" || answer.is === "unreadable")) {
      this.most = Math.floor(sent.length / 2);
    } else if (answer.is === "too-large") await this.#settle(sent, tooLarge(sent));
    // No message of ours, it says: that may be our own fault, so it is not for the rider to mend.
    else if (answer.is === "unreadable") await this.#settle(sent, notNow(sent));
    else if (answer.is === "busy" && answer.broke) return this.#isolate(sent, answer);
    else return answer;
    return null;
  }

  /**
   * The server fell over a push: perhaps one mutation is to blame. Fewer go together the next time;
   * one that is left alone is passed over, and suspected once all the rest went well.
   *
   * @param {Mutation[]} sent
   * @param {Trouble} trouble
   */
  #isolate(sent, trouble) {
    if (sent.length > 1 || this.#suspects.length) {
      this.most = Math.max(1, Math.floor(sent.length / 2));
      return trouble;
    }
    this.#suspects = sent;
    this.#later.add(sent[0].id);
    return null;
  }

  /**
   * @param {Mutation[]} sent
   * @param {Answered} answered
   */
  async #settle(sent, answered) {
    const fates = await settle(this.store, sent, answered, this.wire.offset);
    const settled = new Set(fates.settled);
    for (const { id } of sent) if (!settled.has(id)) this.#later.add(id);
    for (const id of [...fates.retry, ...fates["put-off"]]) this.#later.add(id);
    this.#put ||= sent.some(({ id }) => this.#later.has(id) && !fates["put-off"].includes(id));
    this.pushed += settled.size;
    await this.host.changed([...settled, ...fates["put-off"]]);
  }

  /** @returns {Promise<Trouble | null>} */
  async #pull() {
    for (let more = true; more && !this.host.isOver();) {
      await this.host.renew();
      const place = await placeOf(this.store);
      const answer = await this.wire.pull(place.cursor);
      if (answer.is !== "ok") return answer;
      const page = answer.data;
      let reset = place.cursor ? page.reset : null;
      if (!reset) {
        const ids = await takePage(this.store, place, page);
        more = !ids || page.more;
        this.pulled += page.changes.length;
        await this.host.changed(ids ?? []);
        const verdict = more
          ? "agrees"
          : await verdictOn(this.store, page.check, place.reset !== null);
        if (verdict === "failed") return { is: "stop", code: "check_failed" };
        if (verdict === "heal") reset = "check";
        if (!more && place.reset) this.again = true;
      }
      if (reset) {
        if (!this.#mayBeginAnew()) return LOST;
        await startOver(this.store, reset, page.since);
        more = true;
      }
    }
    return null;
  }
}

/** @type {Trouble} */
const LOST = { is: "busy", after: 0, broke: false };

/** @param {Mutation[]} sent @returns {Answered} */
const notNow = (sent) => ({ results: sent.map(({ mid }) => ({ mid, status: "retry" })) });

/** @param {Mutation[]} sent @returns {Answered} */
const tooLarge = (sent) => ({
  results: sent.map(({ mid }) => ({ mid, status: "rejected", code: "too_large" })),
});
