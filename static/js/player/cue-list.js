// All that is heard in a routine, as a list in time: beeps, and words that never run into one. Pure.
//
// Both the open page and the track for the locked phone are played from this list, so that the ear
// hears the same. The end comes with a chime and a word: what plays a whole routine should go on
// for AFTERWORD_S after its last second.
import { CLEAR_S, DURATIONS, Speaker } from "./speaker.js";
import { repSeconds, swappingSides } from "./timeline.js";
import { EDGES, TONES } from "./tones.js";
import { vocabulary } from "./vocabulary.js";

/**
 * @typedef {import("./timeline.js").Phase} Phase
 * @typedef {import("./timeline.js").Exercise} Exercise
 * @typedef {object} Cue
 * @property {number} at seconds from the start of the routine
 * @property {import("./tones.js").Beep | "say"} kind
 * @property {number} phase index of the phase it belongs to; at the end, the number of phases
 * @property {string[]} [clips] of what is said: keys of the vocabulary, in order
 * @property {string} [text] the same for a phone's own voice
 */

const SIDE = { L: "left", R: "right" };

/** How long chime and word go on after the end of a routine, in seconds. */
export const AFTERWORD_S = 4;

/** What is said after a long beep waits for it to have faded. */
const AFTER_CHANGE_S = lengthOf("change") + CLEAR_S;
const AFTER_END_S = lengthOf("end") + CLEAR_S;

/** A hold as long as this has a halfway; from the second length on, its last ten seconds are told. */
const HALFWAY_FROM_S = 20;
const TEN_LEFT_FROM_S = 30;

/**
 * List what is heard in `phases`.
 * @param {Phase[]} phases
 * @param {Record<string, Exercise>} exercises by slug
 * @param {object} [options]
 * @param {number} [options.from] what begins before this second of the routine is left out
 * @param {Record<string, number>} [options.durations] seconds of each clip
 * @returns {Cue[]} by time; where a beep and a word begin together, the beep comes first
 */
export function cuesOf(phases, exercises, { from = 0, durations = DURATIONS } = {}) {
  const starts = startsOf(phases);
  const beeps = phases.flatMap((phase, index) => beepsOf(phase, index, starts[index]));
  const end = {
    at: starts[phases.length],
    kind: /** @type {const} */ ("end"),
    phase: phases.length,
  };
  const speaker = new Speaker([...beeps, end], vocabulary(exercises), durations);
  for (const [index, phase] of phases.entries()) {
    speaker.phase = index;
    speaker.until = phase.type === "work" ? Infinity : starts[index + 1] - 3;
    if (phase.type === "work") sayInSet(speaker, phases, index, starts[index]);
    else sayBeforeSet(speaker, phases, index, starts[index], exercises[phase.exercise]);
  }
  speaker.phase = phases.length;
  speaker.until = Infinity;
  speaker.say(end.at + AFTER_END_S, ["done"]);
  return [...beeps, end, ...speaker.said]
    .filter(({ at }) => at >= from)
    .sort((a, b) => a.at - b.at || Number(a.kind === "say") - Number(b.kind === "say"));
}

/** @param {Phase[]} phases @returns {number[]} when each begins, and the end */
function startsOf(phases) {
  let at = 0;
  return [0, ...phases.map(({ seconds }) => (at += seconds))];
}

/**
 * @param {Phase} phase
 * @param {number} index
 * @param {number} start
 * @returns {Cue[]}
 */
function beepsOf(phase, index, start) {
  const countdown = [3, 2, 1].map((left) => phase.seconds - left).filter((into) => into > 0);
  const pace = beatsOf(phase).filter((into) => !countdown.includes(into));
  const cue = (/** @type {Cue["kind"]} */ kind) => (/** @type {number} */ into) => ({
    at: start + into,
    kind,
    phase: index,
  });
  return [cue("change")(0), ...pace.map(cue("pace")), ...countdown.map(cue("countdown"))].sort(
    (a, b) => a.at - b.at,
  );
}

/**
 * @param {Phase} phase
 * @returns {number[]} seconds into the set at which a repetition begins, but for the first
 */
function beatsOf(phase) {
  if (phase.type !== "work" || phase.kind !== "reps") return [];
  return Array.from({ length: repsOf(phase) - 1 }, (_, n) => (n + 1) * repSeconds(phase));
}

/** @param {Phase} phase @returns {number} repetitions, those of both sides where they take turns */
function repsOf({ target, side }) {
  return target * (side === "alternate" ? 2 : 1);
}

/**
 * Say what comes, the most needful first, as far as there is time.
 * @param {Speaker} speaker
 * @param {Phase[]} phases
 * @param {number} index
 * @param {number} start
 * @param {Exercise} exercise
 */
function sayBeforeSet(speaker, phases, index, start, exercise) {
  const phase = phases[index];
  const at = start + AFTER_CHANGE_S;
  if (phase.type === "rest") sayRest(speaker, phase, at);
  else introduce(speaker, phase, index === 0 ? exercise.step : null, at);
  speaker.sayNext(at, [`say/${phase.exercise}`]);
  if (phase.type === "rest" && phase.seconds >= TEN_LEFT_FROM_S) {
    speaker.say(start + phase.seconds - 10, ["ten-left"]);
  }
  speaker.sayBefore(start + phase.seconds - 3, ["ready"]);
}

/**
 * @param {Speaker} speaker
 * @param {Phase} phase
 * @param {string | null} step where the routine begins
 * @param {number} at
 */
function introduce(speaker, phase, step, at) {
  if (step) speaker.say(at, [`step/${step}`]);
  const name = `name/${phase.exercise}`;
  if (step || !speaker.sayNext(at, ["next", name])) speaker.sayNext(at, [name]);
  if (phase.side !== "both") speaker.sayNext(at, [sideKey(phase)]);
  speaker.sayNext(at, amountKeys(phase));
}

/** @param {Speaker} speaker @param {Phase} phase @param {number} at */
function sayRest(speaker, { side }, at) {
  if (side === "both" || side === "alternate") speaker.say(at, ["rest"]);
  else if (!speaker.say(at, ["rest", SIDE[side]])) speaker.say(at, [SIDE[side]]);
}

/** @param {Phase} phase @returns {string} what is said of the sides; nothing is said of both */
function sideKey({ side }) {
  if (side === "L" || side === "R") return SIDE[side];
  return side === "alternate" ? "swap" : "";
}

/** @param {Phase} phase */
function amountKeys({ target, unit, side }) {
  const amount = [String(target), unit === "reps" ? "repetitions" : "seconds"];
  return side === "alternate" ? [...amount, "each-side"] : amount;
}

/**
 * Name the side that begins, count repetitions on the beat, and mark the time of holds.
 * @param {Speaker} speaker
 * @param {Phase[]} phases
 * @param {number} index
 * @param {number} start
 */
function sayInSet(speaker, phases, index, start) {
  const phase = phases[index];
  const swaps = phase.side === "alternate";
  const [first, second] = swappingSides(phase);
  const untold = phases[index - 1]?.type === "work" && phase.side !== "both";
  const key = swaps ? SIDE[first] : sideKey(phase);
  if (swaps || untold) speaker.say(start + AFTER_CHANGE_S, [key]);
  if (phase.kind === "reps") return count(speaker, phase, start);
  markTime(speaker, phase, start);
  if (!swaps) return;
  speaker.say(start + phase.target, [SIDE[second]]);
  markTime(speaker, phase, start + phase.target);
}

/**
 * @param {Speaker} speaker
 * @param {Phase} phase
 * @param {number} from where the hold of one side begins
 */
function markTime(speaker, { target }, from) {
  if (target >= HALFWAY_FROM_S) speaker.say(from + target / 2, ["half"]);
  if (target >= TEN_LEFT_FROM_S) speaker.say(from + target - 10, ["ten-left"]);
}

/**
 * @param {Speaker} speaker
 * @param {Phase} phase
 * @param {number} start
 */
function count(speaker, phase, start) {
  const swaps = phase.side === "alternate";
  const sides = swappingSides(phase);
  for (const [n, into] of beatsOf(phase).entries()) {
    const index = n + 1; // The first repetition begins with the set.
    const side = swaps ? [SIDE[sides[index % 2]]] : [];
    const number = String(Math.floor(index / (swaps ? 2 : 1)) + 1);
    const last = index === repsOf(phase) - 1;
    const said = last && speaker.say(start + into, ["last"]);
    if (!said && !speaker.say(start + into, [...side, number])) speaker.say(start + into, [number]);
  }
}

/** @param {keyof typeof TONES} kind @returns {number} seconds until it has faded */
function lengthOf(kind) {
  return Math.max(...TONES[kind].map(({ delay, seconds }) => delay + seconds)) + EDGES.fall;
}
