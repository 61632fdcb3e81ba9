// A routine laid out in time: a flat list of set-ups, sets and rests. Pure.

/**
 * @typedef {"L" | "R" | "both" | "alternate"} Side
 * @typedef {{kind: "reps" | "hold", sets: number, rest_s: number, setup_s: number, hold_s?: number,
 *   reps?: number, reps_max?: number | null, tempo?: number[], note?: string | null}} Dose
 * @typedef {{exercise: string, dose: Dose, duration_s: number, change?: string | null,
 *   group?: string | null}} Item
 * @typedef {{slug: string, name: string, step: string, minutes: number, duration_s: number,
 *   lateral_hip: boolean, own?: boolean, rules?: string[], summary?: string, items: Item[],
 *   sides?: SideOrder}} Routine
 * @typedef {{name: string, step: string, sides: "both" | "per-side" | "alternating", setup: string,
 *   cues: string[], equipment: string[], say?: string}} Exercise
 */

/**
 * In which order the sides work: they take turns set by set, or all sets of one come before the
 * other; and which one begins. The choice of the rider, who is asked before the start.
 * @typedef {{turns: "set" | "side", first: "L" | "R"}} SideOrder
 */

/**
 * One stretch of time. `seconds` is its length, `target` what one side is asked to do in it (in
 * `unit`), `item` its place in the routine, `set` of `sets` and `side` the unit it is or leads to.
 * @typedef {object} Phase
 * @property {"setup" | "work" | "rest"} type
 * @property {number} seconds
 * @property {number} item
 * @property {string} exercise
 * @property {number} set
 * @property {number} sets
 * @property {Side} side
 * @property {"L" | "R"} [first] which side begins, where they swap within the set
 * @property {"reps" | "hold"} kind
 * @property {"reps" | "seconds"} unit
 * @property {number} target
 * @property {number[]} tempo
 */

/** How it is as long as nobody asks for something else. @type {SideOrder} */
export const USUAL = { turns: "set", first: "L" };

/**
 * Lay `routine` out. The seconds add up to its `duration_s` (domain.md §5): each item has one
 * set-up, then its sets with a rest between any two; the next item's set-up is the change-over.
 *
 * As a rule sides take turns set by set (left, right, left, right): one side rests while the other
 * works, and a session cut short leaves both sides about as well served. In another order it takes
 * just as long.
 * @param {Routine} routine
 * @param {Record<string, Exercise>} exercises by slug
 * @returns {Phase[]}
 */
export function buildTimeline(routine, exercises) {
  const order = routine.sides ?? USUAL;
  return routine.items.flatMap((item, index) =>
    layOut(item, index, exercises[item.exercise], order),
  );
}

/**
 * @param {{seconds: number}[]} phases
 * @returns {number} seconds
 */
export function totalSeconds(phases) {
  return phases.reduce((sum, phase) => sum + phase.seconds, 0);
}

/**
 * Name the sides in the order in which they work, where they swap within a set.
 * @param {Pick<Phase, "first">} phase
 * @returns {["L" | "R", "L" | "R"]}
 */
export function swappingSides({ first }) {
  return first === "R" ? ["R", "L"] : ["L", "R"];
}

/**
 * Say how long one repetition takes.
 * @param {{tempo: number[]}} phase
 * @returns {number} seconds
 */
export function repSeconds(phase) {
  return phase.tempo.reduce((sum, part) => sum + part, 0);
}

/**
 * @param {Item} item
 * @param {number} index
 * @param {Exercise} exercise
 * @param {SideOrder} order
 * @returns {Phase[]}
 */
function layOut({ exercise: slug, dose }, index, exercise, order) {
  const target = (dose.kind === "hold" ? dose.hold_s : dose.reps) ?? 0;
  const tempo = dose.kind === "reps" ? (dose.tempo ?? []) : [];
  const turns = exercise.sides === "alternating" ? 2 : 1;
  const work = turns * target * (dose.kind === "reps" ? repSeconds({ tempo }) : 1);
  const units = unitsOf(exercise.sides, dose.sets, order);
  return units.flatMap(({ set, side }, unit) => {
    /** @param {Phase["type"]} type @param {number} seconds @returns {Phase} */
    const phase = (type, seconds) => ({
      type,
      seconds,
      item: index,
      exercise: slug,
      set,
      sets: dose.sets,
      side,
      ...(side === "alternate" && { first: order.first }),
      kind: dose.kind,
      unit: dose.kind === "hold" ? "seconds" : "reps",
      target,
      tempo,
    });
    const before = unit === 0 ? phase("setup", dose.setup_s) : phase("rest", dose.rest_s);
    return [before, phase("work", work)].filter(({ seconds }) => seconds > 0);
  });
}

/**
 * @param {Exercise["sides"]} sides
 * @param {number} count of the sets
 * @param {SideOrder} order
 * @returns {{set: number, side: Side}[]}
 */
function unitsOf(sides, count, { turns, first }) {
  const sets = Array.from({ length: count }, (_, n) => n + 1);
  if (sides !== "per-side") {
    return sets.map((set) => ({ set, side: sides === "alternating" ? "alternate" : "both" }));
  }
  const order = swappingSides({ first });
  return turns === "side"
    ? order.flatMap((side) => sets.map((set) => ({ set, side })))
    : sets.flatMap((set) => order.map((side) => ({ set, side })));
}
