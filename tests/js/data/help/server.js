/** A small server for tests that keeps the promises of the protocol, and breaks when told to. */

import { gunzipSync } from "node:zlib";
import { checkOf } from "../../../../static/js/data/check.js";
import { mergePatch, same } from "../../../../static/js/data/merge.js";

/** @import { Fetch } from "./phone.js" */

export const ALICE = { id: "u_a11ce", email: "alice@example.com" };
export const BOB = { id: "u_b0b", email: "bob@example.com" };

/** @param {unknown} data @param {number} [status] @param {Record<string, string>} [headers] */
export const json = (data, status = 200, headers = {}) =>
  new Response(JSON.stringify(data), {
    status,
    headers: { "Content-Type": "application/json", ...headers },
  });

/** @param {string} [text] @param {number} [status] */
export const html = (text = "<h1>Free Wi-Fi, just sign here</h1>", status = 200) =>
  new Response(text, { status, headers: { "Content-Type": "text/html" } });

export class Server {
  /** @type {Map<string, {seq: number, entries: Map<string, any>, answers: Map<string, any>, mids: Map<string, string>}>} */
  logs = new Map();
  epoch = "e1";
  /** The epoch before, and up to which number its log is that of now. */
  before = { epoch: "", seq: 0 };
  /** How many rows a pull gives at most. */
  page = 500;
  /** The server's clock; 0: it does not tell. */
  now = 0;
  /** @type {Set<string>} ids of riders whose account is deleted */
  gone = new Set();
  /** @type {any[]} every push that arrived */
  pushes = [];
  /** @type {((path: string, go: () => Response, body: any) => Response | Promise<Response>) | null} */
  fault = null;
  /** @type {(mutation: any) => Record<string, string> | null} */
  errorsOf = () => null;

  /** A browser with a cookie jar. @returns {{rider: typeof ALICE | null, fetch: Fetch}} */
  browser(/** @type {typeof ALICE | null} */ rider = null) {
    const jar = { rider, fetch: /** @type {Fetch} */ (async () => json({})) };
    jar.fetch = async (path, init) => {
      const packed = init.body instanceof Uint8Array;
      const text = packed ? gunzipSync(/** @type {Uint8Array} */ (init.body)) : init.body;
      const body = text ? JSON.parse(String(text)) : null;
      const go = () => this.#answer(path, body, jar);
      return this.fault ? this.fault(path, go, body) : go();
    };
    return jar;
  }

  /** @param {string} rider */
  log(rider) {
    const fresh = { seq: 0, entries: new Map(), answers: new Map(), mids: new Map() };
    if (!this.logs.has(rider)) this.logs.set(rider, fresh);
    return /** @type {typeof fresh} */ (this.logs.get(rider));
  }

  /** Keep a copy of a rider's log, and return what puts the server back to it, as of a new epoch. */
  backup(/** @type {string} */ rider) {
    const { seq, entries, answers, mids } = this.log(rider);
    const copy = { seq, entries: new Map(entries), answers: new Map(answers), mids: new Map(mids) };
    return () => {
      this.before = { epoch: this.epoch, seq };
      this.epoch += "'";
      this.logs.set(rider, copy);
    };
  }

  /** @param {string} path @param {any} body @param {{rider: typeof ALICE | null}} jar */
  #answer(path, body, jar) {
    const url = new URL(path, "http://dbs.example");
    if (url.pathname === "/api/session") {
      const deleted = jar.rider !== null && this.gone.has(jar.rider.id);
      const rider = deleted ? null : jar.rider;
      return json({ proto: 1, rider, csrf_token: "token", deleted });
    }
    if (url.pathname === "/accounts/logout") {
      jar.rider = null;
      return html("Signed out");
    }
    if (!jar.rider) return json({ proto: 1, error: "auth_required" }, 401);
    if (this.gone.has(jar.rider.id)) return json({ proto: 1, error: "account_deleted" }, 410);
    if (url.pathname.endsWith("/push")) return this.#push(body, jar.rider.id);
    return this.#pull(url.searchParams, jar.rider.id);
  }

  /** @param {any} body @param {string} rider */
  #push(body, rider) {
    this.pushes.push(body);
    if (body.user !== rider) return json({ proto: 1, error: "wrong_user" }, 409);
    if (body.epoch && body.epoch !== this.epoch) return json({ proto: 1, error: "epoch" }, 409);
    const log = this.log(rider);
    const forked = body.mutations.some((/** @type {any} */ one) => {
      const known = log.mids.get(`${body.device}:${one.mid}`);
      return known && known !== one.mutation_id;
    });
    if (forked) return json({ proto: 1, error: "device_forked" }, 409);
    const results = body.mutations.map((/** @type {any} */ one) => {
      log.mids.set(`${body.device}:${one.mid}`, one.mutation_id);
      if (!log.answers.has(one.mutation_id))
        log.answers.set(one.mutation_id, this.#apply(log, one, body.device));
      return { ...log.answers.get(one.mutation_id), mid: one.mid, mutation_id: one.mutation_id };
    });
    const head = { proto: 1, server_now: this.now, epoch: this.epoch, seq: log.seq };
    return json({ ...head, results });
  }

  /** @param {ReturnType<Server["log"]>} log @param {any} one @param {string} device */
  #apply(log, one, device) {
    const errors = this.errorsOf(one);
    if (errors) return { status: "rejected", code: "invalid", errors };
    const old = log.entries.get(one.id) ?? { rev: 0, body: null, history: [{ body: null }] };
    if (!old.rev && one.op === "patch") return { status: "rejected", code: "unknown_entry" };
    const again =
      one.op === "create" && old.history.some((/** @type {any} */ { body }) => same(body, one.set));
    if (again) return { status: "duplicate", rev: old.rev, seq: old.seq };
    const base = old.history[one.base_rev]?.body ?? null;
    const since = old.history.slice(one.base_rev + 1);
    const mine = since.every((/** @type {any} */ revision) => revision.device === device);
    const clean = mine || same(base, old.body);
    const edited =
      one.op === "delete"
        ? { doc: clean ? null : old.body, lost: clean ? null : {} }
        : mergePatch(clean ? old.body : base, old.body, one, "sets");
    log.seq += 1;
    const entry = { id: one.id, kind: one.kind, rev: old.rev + 1, seq: log.seq, body: edited.doc };
    const lost = edited.lost && { lost: edited.lost };
    log.entries.set(one.id, {
      ...entry,
      ...lost,
      history: [...old.history, { body: edited.doc, device }],
    });
    const { rev, seq } = entry;
    if (clean) return { status: "ok", rev, seq };
    const copy = { ...entry, deleted: entry.body === null, extra: null };
    return { status: "merged", rev, seq, entry: copy, ...(lost && { lost_rev: rev, ...lost }) };
  }

  /** @param {URLSearchParams} query @param {string} rider */
  #pull(query, rider) {
    if (query.get("user") !== rider) return json({ proto: 1, error: "wrong_user" }, 409);
    const log = this.log(rider);
    const [epoch, seq] = (query.get("cursor") || `${this.epoch}:0`).split(":");
    const proto = { proto: 1, server_now: this.now };
    if (epoch !== this.epoch) {
      const since = epoch === this.before.epoch ? this.before.seq : 0;
      return json({ ...proto, reset: "epoch", since, cursor: "", more: false, changes: [] });
    }
    const all = [...log.entries.values()].sort((a, b) => a.seq - b.seq);
    const left = all.filter((one) => one.seq > Number(seq));
    const page = left.slice(0, Math.min(this.page, Number(query.get("limit"))));
    const more = page.length < left.length;
    const changes = page.map(({ history: _history, ...one }) => ({
      ...one,
      deleted: one.body === null,
      extra: null,
    }));
    const cursor = `${this.epoch}:${page.at(-1)?.seq ?? seq}`;
    const check = more ? {} : { check: checkOf(all.map((one) => ({ id: one.id, server: one }))) };
    return json({ ...proto, cursor, more, reset: null, changes, ...check });
  }
}
