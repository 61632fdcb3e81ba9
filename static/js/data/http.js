/** Asking the server, and believing an answer only when it is surely ours. */

/**
 * @import { Env } from "./types.js"
 *
 * @typedef {{is: "ok", data: any} | {is: "offline", code?: "stranger"} | {is: "busy", after: number, broke: boolean} |
 *   {is: "sign-in", code: string} | {is: "too-large"} | {is: "upgrade"} | {is: "forked"} |
 *   {is: "epoch"} | {is: "unpacked"} | {is: "unreadable"} | {is: "forbidden"} |
 *   {is: "stop", code: string}} Answer `broke`: it fell over the request, rather than being down;
 *   `stranger`: somebody else answered in its place
 *
 * @typedef {RequestInit & {headers?: Record<string, string>}} Asked
 */

export const PROTO = 1;
export const SCHEMA = 1;

/** 408, 425 and 429 are the only ones below 500 that say: later. */
const LATER = new Set([408, 425, 429]);

/** Whoever asks for more may have the wrong time, and a rider who taps would wait as long. */
const LONGEST_MS = 3_600_000;

/**
 * Ask and return what the answer means. Never throws and never hangs: whatever cannot be read
 * as ours, a captive portal's page too, is "offline".
 *
 * @param {Pick<Env, "fetch" | "later" | "cancel" | "now">} env
 * @param {string} path
 * @param {Asked} init with its `signal`, the question is given up early
 * @param {number} ms to wait at most, for the body too
 * @returns {Promise<Answer>}
 */
export async function ask(env, path, init, ms) {
  const abort = new AbortController();
  /** @type {() => void} */
  let giveUp = () => {};
  const late = new Promise((_, reject) => {
    giveUp = () => {
      abort.abort();
      reject(new Error(`${path} was given up`));
    };
  });
  const timer = env.later(giveUp, ms);
  init.signal?.addEventListener("abort", giveUp);
  if (init.signal?.aborted) giveUp();
  try {
    return await Promise.race([exchange(env, path, { ...init, signal: abort.signal }), late]);
  } catch {
    return { is: "offline" };
  } finally {
    env.cancel(timer);
    init.signal?.removeEventListener("abort", giveUp);
  }
}

/**
 * @param {Pick<Env, "fetch" | "now">} env
 * @param {string} path
 * @param {RequestInit} init
 * @returns {Promise<any>}
 */
async function exchange(env, path, init) {
  const headers = { "X-Sync-Proto": String(PROTO), Accept: "application/json", ...init.headers };
  const answer = await env.fetch(path, { redirect: "error", ...init, headers, cache: "no-store" });
  const { status } = answer;
  if (status === 413) return { is: "too-large" };
  if (status >= 500 || LATER.has(status)) {
    return { is: "busy", after: waitIn(answer.headers, env.now()), broke: status === 500 };
  }
  const ours = answer.headers.get("Content-Type")?.startsWith("application/json");
  const data = ours ? await answer.json() : null;
  if (answer.ok) return data?.proto === PROTO ? { is: "ok", data } : STRANGER;
  return refusal(status, data?.error);
}

/** @type {Answer} */
const STRANGER = { is: "offline", code: "stranger" };

/**
 * @param {number} status
 * @param {unknown} code
 * @returns {Answer}
 */
function refusal(status, code) {
  if (typeof code !== "string") return STRANGER;
  if (status === 400) return { is: "unreadable" };
  if (status === 401) return { is: "sign-in", code };
  if (status === 403) return { is: "forbidden" };
  if (status === 415) return { is: "unpacked" };
  if (status === 426) return { is: "upgrade" };
  if (status === 409 && code === "device_forked") return { is: "forked" };
  if (status === 409 && code === "epoch") return { is: "epoch" };
  if (status === 409 || status === 410) return { is: "stop", code };
  return { is: "busy", after: 0, broke: false };
}

/**
 * How long `Retry-After` asks us to wait: seconds, or until a date (RFC 9110, 10.2.3), by the clock of
 * whoever wrote it where that is told, as ours may be wrong.
 *
 * @param {Headers} headers
 * @param {number} now this phone's time
 * @returns {number} ms; 0 where it asks for nothing, or cannot be read
 */
function waitIn(headers, now) {
  const text = headers.get("Retry-After") ?? "";
  const told = Date.parse(headers.get("Date") ?? "");
  const wait = /^\d+$/.test(text)
    ? Number(text) * 1000
    : Date.parse(text) - (Number.isNaN(told) ? now : told);
  return wait > 0 ? Math.min(wait, LONGEST_MS) : 0;
}
