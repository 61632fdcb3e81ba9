/** Whether this phone still holds what the server does. */

import { checkOf } from "./check.js";
import { seqOf } from "./place.js";

/**
 * @import { Page } from "./pages.js"
 * @import { Store } from "./store.js"
 * @import { Entry } from "./types.js"
 *
 * @typedef {{count: number, hash: string}} Sum
 * @typedef {{ok: boolean, at: number, phone: Sum, server: Sum, healed_at?: number}} Checked
 * @typedef {"agrees" | "heal" | "failed"} Verdict
 */

const DAY_MS = 86_400_000;
/** So many entries are read after any news. More of them are read once a day, and at a new start. */
const FEW = 1_000;

/**
 * Compare our sum with the server's `check`, where that is due.
 *
 * @param {Store} store
 * @param {Pick<Page, "check" | "cursor">} page that was taken in; no `check`: there was more to pull
 * @param {boolean} fresh after a new start
 * @returns {Promise<Verdict>} `heal`: begin again, silently; `failed`: that was of no use
 */
export async function verdictOn(store, { check: server, cursor }, fresh) {
  const now = store.env.now();
  /** @type {Checked | undefined} */
  const last = await store.meta.get("check");
  if (!server || !(fresh || isDue(last, server, now))) return "agrees";
  /** @type {Entry[]} */
  const entries = await store.db.read(["entry"], (tx) => tx.objectStore("entry").getAll());
  // Another tab has pushed since the page was written, and will look for itself.
  if (entries.some((one) => one.server && one.server.seq > seqOf({ cursor }))) return "agrees";
  const phone = checkOf(entries);
  const ok = phone.count === server.count && phone.hash === server.hash;
  const healed = fresh ? now : last?.healed_at;
  const healed_at = ok ? undefined : healed;
  await store.meta.put("check", { ok, at: now, phone, server, healed_at });
  if (ok) return "agrees";
  return healed !== undefined && isToday(healed, now) ? "failed" : "heal";
}

/**
 * After it failed it is due each time, so that the rider is rid of the message as soon as it is no
 * longer true.
 *
 * @param {Checked | undefined} last
 * @param {Sum} server
 * @param {number} now
 */
function isDue(last, server, now) {
  if (!last?.ok || !isToday(last.at, now)) return true;
  const { count, hash } = last.server;
  return server.count <= FEW && (server.count !== count || server.hash !== hash);
}

/** Within the last 24 hours, by a clock that may have been set back. @param {number} at @param {number} now */
const isToday = (at, now) => at <= now && now - at < DAY_MS;
