// The rider's own routine that an address of the player names: kept here, or in the link itself.
import { openLogbook } from "../data/logbook.js";
import { uuid7Maker } from "../data/uuid7.js";
import { open } from "./link.js";
import { playedOf } from "./played.js";
import { tooMuch } from "./problems.js";

/** The one entry of preferences (logs/kinds.py). */
const PREFERENCE_ID = "00000000-0000-7000-8000-000000000001";

export const newId = uuid7Maker(Date.now, (bytes) => crypto.getRandomValues(bytes));

/**
 * Whether the rider has said, for good, that the outside of a hip is sore.
 * @param {Pick<import("../data/logbook.js").Logbook, "get">} logbook
 */
export async function isSore(logbook) {
  const { lateral_hip: hip = "off" } = (await logbook.get(PREFERENCE_ID))?.body ?? {};
  return hip !== "off";
}

/**
 * Return the routine that `/play/<slug>` names; null if this phone does not know it, or if what was
 * done of it could not be saved.
 * @param {string} slug the id of an entry, or "shared": then the link carries it
 * @param {import("./dose.js").Content} content
 */
export async function ownRoutine(slug, content) {
  const logbook = await openLogbook();
  const sore = await isSore(logbook).catch(() => false);
  if (slug === "shared") return carried(content, sore);
  const entry = await logbook.get(slug);
  if (!entry || entry.deleted || entry.kind !== "routine") return null;
  const body = /** @type {import("./dose.js").Own} */ (entry.body);
  return tooMuch(body, content) ? null : playedOf(body, content, { slug, sore });
}

/**
 * A link that is wrong is explained where links are opened.
 * @param {import("./dose.js").Content} content
 * @param {boolean} sore
 */
function carried(content, sore) {
  const { body } = open(location.hash, content, newId);
  if (body) return playedOf(body, content, { slug: "shared", sore });
  if (location.hash) location.replace(`/routines/shared${location.hash}`);
  return null;
}
