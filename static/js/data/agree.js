/** Whether this phone still holds what the server does: looked at after a new start, and once a day. */

import { checkOf } from "./check.js";

/**
 * @import { Store } from "./store.js"
 *
 * @typedef {{count: number, hash: string}} Sum
 * @typedef {{ok: boolean, at: number, phone: Sum, server: Sum, healed_at?: number}} Checked
 * @typedef {"agrees" | "heal" | "failed"} Verdict
 */

const DAY_MS = 86_400_000;

/**
 * Compare our sum with the server's `check`. It reads everything, so only when it is due; after it
 * failed, each time, so that the rider is rid of the message as soon as it is no longer true.
 *
 * @param {Store} store
 * @param {Sum | undefined} server none: there was more to pull
 * @param {boolean} fresh after a new start
 * @returns {Promise<Verdict>} `heal`: begin again, silently; `failed`: that was of no use
 */
export async function verdictOn(store, server, fresh) {
  const now = store.env.now();
  /** @type {Checked | undefined} */
  const last = await store.meta.get("check");
  if (!server || (!fresh && last?.ok && isToday(last.at, now))) return "agrees";
  const phone = await store.db.read(["entry"], async (tx) =>
    checkOf(await tx.objectStore("entry").getAll()),
  );
  const ok = phone.count === server.count && phone.hash === server.hash;
  const healed = fresh ? now : last?.healed_at;
  const healed_at = ok ? undefined : healed;
  await store.meta.put("check", { ok, at: now, phone, server, healed_at });
  if (ok) return "agrees";
  return healed !== undefined && isToday(healed, now) ? "failed" : "heal";
}

/** Within the last 24 hours, by a clock that may have been set back. @param {number} at @param {number} now */
const isToday = (at, now) => at <= now && now - at < DAY_MS;
