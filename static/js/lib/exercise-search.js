// Which exercises fit what was asked for. Pure: the finder reads the page and shows the answer.

/**
 * @typedef {object} Card  What an exercise shows of itself; lists are keys parted by spaces.
 * @property {string} step
 * @property {string} muscle
 * @property {string} equipment  "none" where nothing is needed
 * @property {string} hip  ok, mod, block or only
 * @property {string} words  lower case
 */

/** @typedef {{q: string, step: string, muscle: string, equipment: string, hip: string}} Wish */

/** @type {Wish} */
export const NO_WISH = { q: "", step: "", muscle: "", equipment: "", hip: "" };

/**
 * Read a wish from the part of an address after "?"; what it does not name is not asked for.
 * @param {string} query
 * @returns {Wish}
 */
export function readWish(query) {
  const given = new URLSearchParams(query);
  const names = /** @type {(keyof Wish)[]} */ (Object.keys(NO_WISH));
  const wish = { ...NO_WISH };
  for (const name of names) wish[name] = given.get(name) ?? "";
  return wish;
}

/**
 * Write a wish as the part of an address after "?", empty when nothing is asked for.
 * @param {Wish} wish
 */
export function writeWish(wish) {
  const asked = Object.entries(wish).filter(([, value]) => value.trim());
  return new URLSearchParams(asked).toString();
}

/**
 * @param {Card} card
 * @param {Wish} wish
 */
export function fits(card, wish) {
  return (
    (!wish.step || card.step === wish.step) &&
    has(card.muscle, wish.muscle) &&
    has(card.equipment, wish.equipment) &&
    suitsHip(card.hip, wish.hip) &&
    tokens(wish.q).every((token) => plain(card.words).includes(token))
  );
}

/**
 * Tell which muscle is asked for after a tap on one: it, or none if it was the one before.
 * @param {string} before
 * @param {string} muscle
 */
export function tapped(before, muscle) {
  return before === muscle ? "" : muscle;
}

/**
 * Split what was typed into plain words. A plural "s" goes, so that "glutes" finds "glute"; so do
 * accents and hyphens, which few people type on a phone.
 * @param {string} text
 */
export function tokens(text) {
  return plain(text)
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => (word.length > 3 ? word.replace(/s$/, "") : word));
}

/** @param {string} text */
function plain(text) {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .replace(/[-‐‑–’']/g, " ")
    .toLowerCase();
}

/**
 * @param {string} keys
 * @param {string} key
 */
function has(keys, key) {
  return !key || keys.split(" ").includes(key);
}

/**
 * With a sore outer hip, what presses on it goes.
 * @param {string} tag
 * @param {string} hip
 */
function suitsHip(tag, hip) {
  return hip !== "sore" || tag !== "block";
}
