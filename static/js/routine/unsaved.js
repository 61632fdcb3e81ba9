// What was put together and not saved yet: kept with every stroke, so that it outlives the page, the
// tab and the app. By rider: what one has begun, the next at this phone does not see.

const PREFIX = "dbs-compose";

/**
 * @typedef {{base: import("./dose.js").Own | null, rev?: number,
 *   composition: import("./composition.js").Composition}} Unsaved
 *   `base`: the routine as it was saved when the rider began to change it; `rev`: of the server's copy
 *   that this was
 * @typedef {{id: string} | null} Rider
 */

/**
 * @param {Rider} rider
 * @param {string} id of the entry, empty for a new routine
 */
const key = (rider, id) => `${PREFIX}:${rider?.id ?? "phone"}:${id || "new"}`;

/**
 * @param {Rider} rider
 * @param {string} id
 * @returns {Unsaved | null} what was begun before there was an account counts too, and is the rider's
 *   own from then on
 */
export function unsavedOf(rider, id) {
  try {
    const own = localStorage.getItem(key(rider, id));
    const found = own ?? localStorage.getItem(key(null, id));
    const unsaved = JSON.parse(found ?? "null");
    if (!Array.isArray(unsaved?.composition?.parts)) return null;
    if (own === null) {
      keepUnsaved(null, id, null); // first: a full storage has room for it once
      keepUnsaved(rider, id, unsaved);
    }
    return unsaved;
  } catch {
    return null; // storage is shut: then it only lives as long as its page
  }
}

/**
 * @param {Rider} rider
 * @param {string} id
 * @param {Unsaved | null} unsaved null forgets
 */
export function keepUnsaved(rider, id, unsaved) {
  try {
    if (unsaved) return localStorage.setItem(key(rider, id), JSON.stringify(unsaved));
    for (const whose of [rider, null]) localStorage.removeItem(key(whose, id));
  } catch {
    // As above.
  }
}

/**
 * Forget all that a rider has begun: they had this phone forget them. Whoever merely signs out finds
 * it again.
 * @param {Rider} rider
 */
export function forgetUnsaved(rider) {
  try {
    const begin = key(rider, "new").replace(/new$/, "");
    const keys = Object.keys(localStorage).filter((one) => one.startsWith(begin));
    for (const one of keys) localStorage.removeItem(one);
  } catch {
    // As above.
  }
}
