/**
 * One sync: push until nothing is left, then pull; again while something was saved meanwhile. This
 * and what it imports is loaded when a rider syncs first: a first visit does without.
 */

import { verdictOn } from "./agree.js";
import { batchIn, takeBatch } from "./batch.js";
import { takePage } from "./pages.js";
import { isElsewhere, lostMore, placeOf, startOver } from "./place.js";
import { countTry, renumber } from "./sent.js";
import { settle } from "./settle.js";

/**
 * @import { Answer } from "./http.js"
 * @import { Batch } from "./batch.js"
 * @import { Tx } from "./db.js"
 * @import { Page } from "./pages.js"
 * @import { Place } from "./place.js"
 * @import { Answered, Fates } from "./settle.js"
 * @import { Store } from "./store.js"
 * @import { Mutation } from "./types.js"
 * @import { Wire } from "./wire.js"
 *
 * @typedef {Exclude<Answer, {is: "ok"}>} Trouble
 * @typedef {Batch & {packed: Awaited<ReturnType<Wire["pack"]>>}} Ready
 * @typedef {{batch: Ready, answer: Promise<Answer>, ready: Promise<Ready | null>}} Flight
 * @typedef {object} Host
 * @property {() => Promise<void>} renew called before each request
 * @property {(ids: string[]) => Promise<void>} changed
 * @property {() => boolean} isOver whether to stop between two requests
 * @property {Set<string>} uploading takes the ids of what is on its way
 */

export { exclusively } from "./lock.js";
export { tidyMirror } from "./rescue.js";
export { Wire } from "./wire.js";

/** A server that has us begin anew more often than this in one sync has lost its way. */
const MOST_RESETS = 3;

export class Rounds {
  pushed = 0;
  pulled = 0;
  /** Something came up that wants another round. */
  again = false;
  /** It will look no more. */
  over = false;
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
    const trouble = await this.#play().finally(() => {
      this.over = true;
    });
    if (trouble) return trouble;
    if (this.#suspects.length) await this.#settle(this.#suspects, notNow(this.#suspects));
    return this.#put ? LOST : null;
  }

  /** @returns {Promise<Trouble | null>} null: there is nothing more to look for */
  async #play() {
    do {
      this.again = false;
      const trouble = await this.#round();
      if (trouble) return trouble;
    } while (this.again && !this.host.isOver());
    return null;
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

  /**
   * One push is under way at a time. While the server works on it, what was answered before is
   * settled and the next is made ready, of other entries: a change goes up only once the one before
   * it is settled.
   *
   * @returns {Promise<Trouble | null>}
   */
  async #push() {
    let flight = this.#launch(await this.#take([]));
    while (flight) {
      const [answer, ready] = await Promise.all([flight.answer, flight.ready]);
      const { mutations } = flight.batch;
      await this.host.renew();
      if (answer.is === "ok") {
        flight = await this.#goOn(mutations, answered(flight.batch, answer.data), ready);
      } else {
        const trouble = await this.#heed(answer, mutations);
        if (trouble) return trouble;
        flight = this.#launch(await this.#take([]));
      }
    }
    return null;
  }

  /**
   * @param {Mutation[]} flying
   * @returns {Promise<Ready | null>} null: nothing is left to send
   */
  async #take(flying) {
    if (this.host.isOver()) return null;
    return this.#packed(await takeBatch(this.store, this.#taking(flying)));
  }

  /** @param {Mutation[]} flying */
  #taking(flying) {
    return { most: this.most, later: this.#later, flying };
  }

  /** @param {Batch | null} batch @returns {Promise<Ready | null>} */
  async #packed(batch) {
    return batch?.mutations.length ? { ...batch, packed: await this.wire.pack(batch) } : null;
  }

  /**
   * Send `batch`, and make the next ready meanwhile. Before the log is known nothing is made ready:
   * it would not say which log it is for.
   *
   * @param {Ready | null} batch
   * @returns {Flight | null}
   */
  #launch(batch) {
    if (!batch || this.host.isOver()) return null;
    const ready = batch.more && batch.epoch ? this.#take(batch.mutations) : none;
    return { batch, answer: this.#send(batch), ready };
  }

  /**
   * Send what is ready; then settle what was answered, and in the same transaction take what comes
   * after that.
   *
   * @param {Mutation[]} sent
   * @param {Answered} answered
   * @param {Ready | null} next
   * @returns {Promise<Flight | null>}
   */
  async #goOn(sent, answered, next) {
    const flying = this.host.isOver() ? null : next;
    const answer = flying && this.#send(flying);
    const also = async (/** @type {Tx} */ tx) =>
      !flying || flying.more
        ? batchIn(tx, this.store, this.#taking(flying?.mutations ?? []))
        : null;
    const ready = this.#settle(sent, answered, also).then((batch) => this.#packed(batch));
    if (flying && answer) return { batch: flying, answer, ready };
    return this.#launch(await ready);
  }

  /** @param {Ready} batch */
  async #send({ mutations, packed }) {
    const { uploading } = this.host;
    for (const { id } of mutations) uploading.add(id);
    try {
      return await this.wire.push(packed);
    } finally {
      uploading.clear();
    }
  }

  /**
   * @param {Trouble} answer
   * @param {Mutation[]} sent
   * @returns {Promise<Trouble | null>} null: go on
   */
  async #heed(answer, sent) {
    const alone = sent.length === 1;
    if (alone && answer.is === "too-large") return this.#settle(sent, tooLarge(sent));
    // No message of ours, it says: that may be our own fault, so it is not for the rider to mend.
    if (alone && answer.is === "unreadable") return this.#settle(sent, notNow(sent));
    await countTry(this.store, sent);
    if (answer.is === "busy" && answer.broke) return this.#isolate(sent, answer);
    if (answer.is === "forked" && !this.#forked) {
      this.#forked = true;
      await renumber(this.store);
    } else if (answer.is === "too-large" || answer.is === "unreadable") {
      this.most = Math.floor(sent.length / 2);
    } else return answer;
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
   * @template T
   * @param {Mutation[]} sent
   * @param {Answered} answered
   * @param {(tx: Tx) => Promise<T | null>} [also] knows already what is for later
   * @returns {Promise<T | null>}
   */
  async #settle(sent, answered, also = async () => null) {
    const then = (/** @type {Tx} */ tx, /** @type {Fates} */ fates) => {
      const settled = new Set(fates.settled);
      for (const { id } of sent) if (!settled.has(id)) this.#later.add(id);
      for (const id of [...fates.retry, ...fates["put-off"]]) this.#later.add(id);
      return also(tx);
    };
    const { fates, also: more } = await settle(this.store, sent, answered, this.wire.offset, then);
    const settled = new Set(fates.settled);
    this.#put ||= sent.some(({ id }) => this.#later.has(id) && !fates["put-off"].includes(id));
    this.pushed += settled.size;
    await this.host.changed([...settled, ...fates["put-off"]]);
    return more;
  }

  /**
   * The next page is asked for while the last is taken in; if that fails, nobody reads the answer.
   *
   * @returns {Promise<Trouble | null>}
   */
  async #pull() {
    /** @type {{place: Place, answer: Promise<Answer>} | null} */
    let asked = null;
    for (let more = true; more && !this.host.isOver();) {
      await this.host.renew();
      const { place, answer } = asked ?? this.#ask(await placeOf(this.store));
      const heard = await this.#surely(place, await answer);
      const { is, data: page, ...trouble } = /** @type {any} */ (heard);
      if (is !== "ok") return { is, ...trouble };
      asked = null;
      let reset = place.cursor || place.from ? page.reset : null;
      if (!reset) {
        if (page.more) asked = this.#ask({ ...place, cursor: page.cursor });
        const ids = isNews(page, place) ? await takePage(this.store, place, page) : [];
        if (!ids) asked = null;
        more = !ids || page.more;
        this.pulled += page.changes.length;
        await this.host.changed(ids ?? []);
        const verdict = more ? "agrees" : await verdictOn(this.store, page, place.reset !== null);
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

  /**
   * Before the first page of another log is believed, ask after what is here once more: what this new
   * start knows of the log was said by one that may itself have been replaced since.
   *
   * @param {Place} place
   * @param {Answer} answer
   */
  async #surely(place, answer) {
    if (answer.is !== "ok" || !isElsewhere(place, answer.data)) return answer;
    const again = await this.wire.pull(place.from ?? "");
    return again.is !== "ok" || lostMore(place, again.data) ? again : answer;
  }

  /** @param {Place} place */
  #ask(place) {
    return { place, answer: this.wire.pull(place.cursor) };
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

/** @param {Page} page @param {Place} place */
const isNews = ({ cursor, changes }, place) =>
  changes.length > 0 || cursor !== place.cursor || place.reset !== null;

const none = Promise.resolve(null);

/** The server puts U+FFFD for half characters and NUL, which JSON writes like this. */
const ALTERED = /\\u(?:0000|d[89a-f])/;

/** @param {Ready} batch @param {any} data @returns {Answered} */
const answered = ({ packed }, data) => ({ ...data, altered: ALTERED.test(packed.text) });
