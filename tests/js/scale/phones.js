/**
 * Riders with two phones each, who log and edit on a real site until stdin ends: the app's own
 * modules with its own timers, on a clock and a network that are real.
 *
 * `node phones.js URL RIDERS`. Writes a line of counts after each push, and at the end, when
 * nothing waits any more, all that the phones hold and all that they were told.
 */

import { Phone, session } from "../data/help/phone.js";
import { Browser } from "../data/help/real.js";

/** @import { Env } from "../../../static/js/data/types.js" */

const [, , BASE, RIDERS] = process.argv;
const PAUSE_MS = 300;
/** A phone that is looked at tries again at once (triggers.js): by the end, somebody looks. */
const LOOK_MS = 1_000;

/** What goes by itself; anything else would need the rider. */
const PASSING = ["idle", "syncing", "offline", "busy"];

/** How often each answer came, by status; "none": the connection broke. @type {Record<string, number>} */
const answers = {};
let acked = 0;
let over = false;

const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

class RealPhone extends Phone {
  /** @returns {Env} */
  env() {
    return {
      ...super.env(),
      now: Date.now,
      chance: Math.random,
      random: (bytes) => crypto.getRandomValues(bytes),
      later: (task, ms) => setTimeout(task, ms),
      cancel: (handle) => clearTimeout(handle),
    };
  }
}

/** One of a rider's two phones: it writes `notes` where it made the entry, `effort` elsewhere. */
class Device {
  /** @type {import("../../../static/js/data/book.js").Logbook} */
  // @ts-expect-error it is there from the sign-in on
  book;
  /** @type {Set<string>} mutation ids that left the phone */
  sent = new Set();
  /** @type {Record<string, {status: string, rev: number, seq: number}>} by mutation id */
  told = {};
  /** @type {Record<string, string>} the last notes of each entry made here */
  made = {};
  /** @type {Record<string, number>} the last effort of each entry made on the other phone */
  rated = {};
  longest = 0;

  /** @param {string} email */
  constructor(email) {
    this.email = email;
    this.browser = new Browser(BASE);
    this.phone = new RealPhone((path, init) => this.#fetch(path, init));
  }

  /** @param {"register" | "login"} form */
  async signIn(form) {
    this.book = await this.phone.open();
    await this.browser.sign(form, this.email);
    await this.book.refreshRider();
    if (!this.book.rider) throw new Error(`${this.email} could not ${form}`);
  }

  /** Log and edit until it is over; the phone uploads by itself. @param {Device} other */
  async ride(other) {
    for (let turn = 0; !over; turn++) {
      const mine = Object.keys(this.made);
      const theirs = (await this.#ids()).filter((id) => id in other.made);
      if (turn % 3 === 1) await this.#write(one(mine), `edit ${turn}`);
      else if (turn % 3 === 2 && theirs.length) await this.#rate(one(theirs), turn % 11);
      else await this.#log(`ride ${turn}`);
      await pause(PAUSE_MS * (0.5 + Math.random()));
    }
  }

  /** Look at the phone until nothing waits and everything was pulled. */
  async settle() {
    for (;;) {
      const { state } = await this.book.wake();
      const { waiting } = await this.book.counts();
      if (state === "idle" && !waiting) return;
      if (!PASSING.includes(state)) throw new Error(`${state}: ${this.book.syncState.code}`);
      await pause(LOOK_MS);
    }
  }

  async report() {
    const { entries } = await this.book.list({ limit: 100_000 });
    return {
      user: this.book.rider?.id,
      held: Object.fromEntries(entries.map(({ id, body }) => [id, [body.notes, body.effort]])),
      attention: (await this.book.counts()).attention,
      sent: [...this.sent],
      told: this.told,
      made: this.made,
      rated: this.rated,
      longest_wait_ms: this.longest,
    };
  }

  /** @param {string} notes */
  async #log(notes) {
    const { id } = await this.book.create("session", session({ notes }));
    this.made[id] = notes;
  }

  /** @param {string} id @param {string} notes */
  async #write(id, notes) {
    await this.book.edit(id, { set: { notes } });
    this.made[id] = notes;
  }

  /** @param {string} id @param {number} effort */
  async #rate(id, effort) {
    await this.book.edit(id, { set: { effort } });
    this.rated[id] = effort;
  }

  async #ids() {
    return (await this.book.list({ limit: 100_000 })).entries.map(({ id }) => id);
  }

  /** @param {string} path @param {RequestInit} init */
  async #fetch(path, init) {
    const push = path.endsWith("/push") ? await unpacked(init) : null;
    for (const { mutation_id } of push?.mutations ?? []) this.sent.add(mutation_id);
    const answer = await this.browser.fetch(path, init).catch((error) => {
      count("none");
      throw error;
    });
    count(String(answer.status));
    if (push && answer.ok) this.#note(push, await answer.clone().json());
    return answer;
  }

  /** @param {{mutations: {at: number}[]}} push @param {{results: any[]}} answer */
  #note(push, answer) {
    for (const { mutation_id, status, rev, seq } of answer.results)
      if (status !== "retry") this.told[mutation_id] = { status, rev, seq };
    acked += answer.results.length;
    const oldest = Math.min(...push.mutations.map(({ at }) => at));
    this.longest = Math.max(this.longest, Date.now() - oldest);
    console.log(JSON.stringify({ acked, answers }));
  }
}

/** @param {RequestInit} init @returns {Promise<any>} */
function unpacked({ body, headers }) {
  const { body: sent } = new Response(body);
  const packed = new Headers(headers).get("Content-Encoding") === "gzip";
  return new Response(packed ? sent?.pipeThrough(new DecompressionStream("gzip")) : sent).json();
}

/** @template T @param {T[]} list */
const one = (list) => list[Math.floor(Math.random() * list.length)];

const count = (/** @type {string} */ status) => {
  answers[status] = (answers[status] ?? 0) + 1;
};

/** @param {string} email */
async function pair(email) {
  const phones = [new Device(email), new Device(email)];
  await phones[0].signIn("register");
  await phones[1].signIn("login");
  return phones;
}

const emails = Array.from({ length: Number(RIDERS) }, (_, n) => `rider${n}@example.com`);
const pairs = await Promise.all(emails.map(pair));
process.stdin.resume().on("end", () => {
  over = true;
});
await Promise.all(pairs.flatMap(([a, b]) => [a.ride(b), b.ride(a)]));
const phones = pairs.flat();
await Promise.all(phones.map((phone) => phone.settle()));
await Promise.all(phones.map((phone) => phone.settle())); // now all can pull what all have pushed
const reports = await Promise.all(phones.map((phone) => phone.report()));
console.log(JSON.stringify({ acked, answers, phones: reports }));
process.exit();
