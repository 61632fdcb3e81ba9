// Every word that the voice can say, by its key. Pure.
//
// `make voice` records exactly these; a text says the same where a phone's own voice has to speak.

/** @typedef {import("./timeline.js").Exercise} Exercise */

/** Repetitions are counted this far; above, and between the marks, a number stays unsaid. */
const COUNTED = 30;
const MARKS = [35, 40, 45, 50, 60, 75, 90, 120];

/** @type {Record<string, string>} */
const FIXED = {
  "step/foam-roll": "Foam roll.",
  "step/stretch": "Stretch.",
  "step/activate": "Activate.",
  "step/strengthen": "Strengthen.",
  next: "Next:",
  left: "Left side.",
  right: "Right side.",
  swap: "Swap sides every time.",
  repetitions: "repetitions.",
  seconds: "seconds.",
  "each-side": "Each side.",
  ready: "Get ready.",
  rest: "Rest.",
  half: "Halfway.",
  "ten-left": "Ten seconds left.",
  last: "Last one.",
  done: "Well done. That's all.",
};

/**
 * Return what can be said of `exercises`.
 * @param {Record<string, Pick<Exercise, "name" | "say">>} exercises by slug
 * @returns {Record<string, string>} text by key
 */
export function vocabulary(exercises) {
  const numbers = [...Array.from({ length: COUNTED }, (_, n) => n + 1), ...MARKS];
  const entries = Object.entries(exercises);
  return {
    ...FIXED,
    ...Object.fromEntries(numbers.map((number) => [String(number), String(number)])),
    ...Object.fromEntries(entries.map(([slug, { name }]) => [`name/${slug}`, `${name}.`])),
    ...Object.fromEntries(
      entries.flatMap(([slug, { say }]) => (say ? [[`say/${slug}`, say]] : [])),
    ),
  };
}
