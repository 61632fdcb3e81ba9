/** Asking the server, and believing an answer only when it is surely ours. */

/**
 * @import { Env } from "./types.js"
 *
 * @typedef {{is: "ok", data: any} | {is: "offline"} | {is: "busy", after: number} |
 *   {is: "sign-in"} | {is: "too-large"} | {is: "upgrade"} | {is: "forked"} |
 *   {is: "stop", code: string}} Answer
 */

export const PROTO = 1;
export const SCHEMA = 1;

/**
 * Ask and return what the answer means. Never throws and never hangs: whatever cannot be read
 * as ours, a captive portal's page too, is "offline".
 *
 * @param {Pick<Env, "fetch" | "later" | "cancel">} env
 * @param {string} path
 * @param {RequestInit & {headers?: Record<string, string>}} init
 * @param {number} ms to wait at most, for the body too
 * @returns {Promise<Answer>}
 */
export async function ask(env, path, init, ms) {
  const abort = new AbortController();
  /** @type {unknown} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = env.later(() => {
      abort.abort();
      reject(new Error(`${path} took more than ${ms} ms`));
    }, ms);
  });
  try {
    return await Promise.race([exchange(env, path, { ...init, signal: abort.signal }), late]);
  } catch {
    return { is: "offline" };
  } finally {
    env.cancel(timer);
  }
}

/**
 * @param {Pick<Env, "fetch">} env
 * @param {string} path
 * @param {RequestInit} init
 * @returns {Promise<any>}
 */
async function exchange(env, path, init) {
  const headers = { "X-Sync-Proto": String(PROTO), Accept: "application/json", ...init.headers };
  const answer = await env.fetch(path, { redirect: "error", ...init, headers, cache: "no-store" });
  if (answer.status === 413) return { is: "too-large" };
  if (answer.status === 429 || answer.status >= 500 || answer.status === 408) {
    return { is: "busy", after: seconds(answer.headers.get("Retry-After")) * 1000 };
  }
  const ours = answer.headers.get("Content-Type")?.startsWith("application/json");
  const data = ours ? await answer.json() : null;
  if (answer.ok) return data?.proto === PROTO ? { is: "ok", data } : { is: "offline" };
  return refusal(answer.status, data?.error);
}

/**
 * @param {number} status
 * @param {unknown} code
 * @returns {Answer}
 */
function refusal(status, code) {
  if (typeof code !== "string") return { is: "offline" };
  if (status === 401) return { is: "sign-in" };
  if (status === 426) return { is: "upgrade" };
  if (status === 409 && code === "device_forked") return { is: "forked" };
  if ([403, 409, 410].includes(status)) return { is: "stop", code };
  return { is: "busy", after: 0 };
}

/** @param {string | null} text seconds; a date or nothing counts as 0 */
const seconds = (text) => (/^\d{1,5}$/.test(text ?? "") ? Number(text) : 0);
