/** One rider's line to the server: what a push and a pull look like, packed, timed, and asked twice at most. */

import { offsetOf } from "./clock.js";
import { ask, PROTO, SCHEMA } from "./http.js";

/**
 * @import { Answer, Asked } from "./http.js"
 * @import { Batch } from "./batch.js"
 * @import { Env, Mutation } from "./types.js"
 */

const TIMEOUT_MS = 20_000;
const PAGE = 500;
/** Below this, packing saves less than its headers cost. */
const PACKED_BYTES = 1_024;

export class Wire {
  /** Ms that this phone is ahead of the server, as the last answer showed. @type {number | undefined} */
  offset;
  #hangUp = new AbortController();
  #packs = true;

  /** @param {Env} env @param {string | null} user public id of the rider */
  constructor(env, user) {
    this.env = env;
    this.user = user;
  }

  /** Give up what is under way: what it did will be heard of when it is asked again. */
  close() {
    this.#hangUp.abort();
  }

  /** Make the request of a push, as it can be sent at once. @param {Batch} batch */
  async pack({ device, epoch, seq, acked_mid, texts }) {
    const version = await this.env.version?.();
    const head = JSON.stringify({
      ...{ proto: PROTO, schema: SCHEMA, user: this.user, device, acked_mid },
      ...(epoch && { epoch, seq }),
      ...(version && { app_version: version }),
      now: this.env.now(),
    });
    const text = `${head.slice(0, -1)},"mutations":[${texts.join()}]}`;
    return { text, init: await this.#packed(text) };
  }

  /** @param {Awaited<ReturnType<Wire["pack"]>>} packed */
  async push({ text, init }) {
    const send = (/** @type {Asked} */ one) =>
      this.#ask("push", { method: "POST", ...one }, "results");
    const answer = await send(init);
    if (answer.is !== "unpacked") return answer;
    this.#packs = false;
    return send(await this.#packed(text));
  }

  /** @param {string} cursor */
  pull(cursor) {
    // Whose cookie goes along is not ours to see: somebody else may have signed in meanwhile.
    const query = new URLSearchParams({ user: this.user ?? "", cursor, limit: String(PAGE) });
    return this.#ask(`pull?${query}`, {}, "changes");
  }

  /** @param {string} text @returns {Promise<Asked>} */
  async #packed(text) {
    const headers = { "Content-Type": "application/json" };
    const { gzip } = this.env;
    if (!gzip || !this.#packs || text.length < PACKED_BYTES) return { body: text, headers };
    return { body: await gzip(text), headers: { ...headers, "Content-Encoding": "gzip" } };
  }

  /**
   * Ask; where we are forbidden to, look once whether the session still stands, and ask once more.
   *
   * @param {string} path
   * @param {Asked} init
   * @param {"results" | "changes"} list what an answer of ours has
   * @returns {Promise<Answer>}
   */
  async #ask(path, init, list) {
    const answer = await this.#askOnce(`/api/sync/v1/${path}`, init);
    if (answer.is === "ok" && !Array.isArray(answer.data[list])) return { is: "offline" };
    if (answer.is !== "forbidden") return answer;
    await this.#askOnce("/api/session", {});
    return this.#askOnce(`/api/sync/v1/${path}`, init);
  }

  /** @param {string} path @param {Asked} init */
  async #askOnce(path, init) {
    const before = this.env.now();
    const signal = this.#hangUp.signal;
    const answer = await ask(this.env, path, { ...init, signal }, TIMEOUT_MS);
    if (answer.is === "ok") {
      const offset = offsetOf(before, this.env.now(), answer.data.server_now);
      this.offset = offset ?? this.offset;
    }
    return answer;
  }
}

/**
 * The mutation as it goes over the wire.
 *
 * @param {Mutation} mutation
 */
export function onTheWire({ mid, mutation_id, kind, id, op, base_rev, at, tz, set, unset }) {
  return { mid, mutation_id, kind, id, op, base_rev, at, tz, set, unset };
}
