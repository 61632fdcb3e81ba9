// Which side works first, and in which order: asked before the start, kept on this phone.
import { USUAL } from "./timeline.js";

/**
 * What the rider said. `first` null: it goes by the log.
 * @typedef {{turns: "set" | "side", first: "L" | "R" | null}} Choice
 */

const KEY = "dbs-sides";
/** How far back in the log a sore side is looked for, in entries. */
const ENTRIES = 30;

export class Sides {
  /** Whether the question was still open when the page was. */
  fresh;
  /** The side that hurt last, as the log says. @type {"L" | "R" | null} */
  sore = null;
  /** @type {Choice} */
  #choice;

  /** @param {Pick<Storage, "getItem" | "setItem"> | null} storage null: this browser gives none */
  constructor(storage) {
    const kept = read(storage);
    this.storage = storage;
    this.fresh = !kept;
    this.#choice = kept ?? { turns: USUAL.turns, first: null };
  }

  /** The order in which a routine would be played now. */
  get order() {
    const { turns, first } = this.#choice;
    return { turns, first: first ?? this.sore ?? USUAL.first };
  }

  /**
   * Keep what the rider chose; nothing chosen keeps that the question was seen.
   * @param {Partial<Choice>} [change]
   */
  choose(change = {}) {
    this.#choice = { ...this.#choice, ...change };
    try {
      this.storage?.setItem(KEY, JSON.stringify(this.#choice));
    } catch {
      // Full or forbidden: it holds until the page is left.
    }
  }

  /**
   * Look into the log for the side that hurt last: as a rule it is the weaker one (Allison 2016).
   * @param {() => Promise<{list: (page: object) => Promise<{entries: {body: any}[]}>}>} openLogbook
   */
  async look(openLogbook) {
    try {
      const { entries } = await (await openLogbook()).list({ kind: "session", limit: ENTRIES });
      const sides = entries.map(({ body }) => body?.pain_side);
      this.sore = sides.find((side) => side === "L" || side === "R") ?? null;
    } catch {
      // Then it does not help with the choice.
    }
  }
}

/**
 * Say what there is to choose in a routine.
 * @param {{items: {exercise: string, dose: {sets: number}}[]}} routine
 * @param {Record<string, {sides: string}>} exercises
 */
export function choicesIn({ items }, exercises) {
  const sided = items.filter(({ exercise }) => exercises[exercise].sides !== "both");
  const turns = sided.some(
    ({ exercise, dose }) => exercises[exercise].sides === "per-side" && dose.sets > 1,
  );
  return { first: sided.length > 0, turns };
}

/** @param {Pick<Storage, "getItem"> | null} storage @returns {Choice | null} */
function read(storage) {
  try {
    const { turns, first } = JSON.parse(storage?.getItem(KEY) ?? "");
    const known = ["set", "side"].includes(turns) && ["L", "R", null].includes(first);
    return known ? { turns, first } : null;
  } catch {
    return null;
  }
}
