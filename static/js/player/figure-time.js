// Where the figure is in its movement at a place of the routine: in step with the count. Pure.
import { repSeconds, swappingSides } from "./timeline.js";

/**
 * @typedef {ReturnType<typeof import("./place.js").placeOf>} Place
 * @typedef {import("../figure/poses.js").Figure} Figure
 */

/** The parts of a figure's own clock (figure/poses.js): coming into a hold, and two breaths there. */
const COMING_S = 3;
const BREATHS_S = 8;
/** Once there and back: of a hold, and of a roll, whose passes take 3 s each. */
const HOLD_S = COMING_S + BREATHS_S + COMING_S;
const ROLL_S = 2 * COMING_S;

/**
 * Return the second of the figure's movement that is due, and whether its other side works.
 *
 * Getting ready shows the movement as it will be, and ends where the first repetition begins. In a
 * hold the figure comes in and stays, breathing, until the time is up. A rest is a rest.
 * @param {Place} place
 * @param {Pick<Figure, "loop" | "works">} figure
 * @returns {{time: number, mirrored: boolean}}
 */
export function momentOf(place, figure) {
  const { phase, rep, holdSide } = place;
  const alternating = phase.side === "alternate";
  const side = rep?.side ?? holdSide ?? (alternating ? swappingSides(phase)[0] : phase.side);
  const other = side === (figure.works === "l" ? "R" : "L");
  const once = onceOf(phase, figure);
  const into = secondsInto(place, figure);
  return { time: into + (alternating && other ? once : 0), mirrored: other && !alternating };
}

/**
 * Return the seconds at which the movement begins and is all the way there, for two still pictures.
 * @param {Place} place
 * @param {Pick<Figure, "loop" | "works">} figure
 * @returns {{times: [number, number], mirrored: boolean}}
 */
export function stillsOf(place, figure) {
  const { phase } = place;
  const { mirrored } = momentOf(place, figure);
  const begins = momentOf({ ...place, phase: { ...phase, type: "rest" } }, figure).time;
  const there = phase.kind === "reps" ? phase.tempo[0] : COMING_S;
  return { times: [begins, begins + there], mirrored };
}

/** @param {Place["phase"]} phase @param {Pick<Figure, "loop">} figure @returns {number} seconds */
function onceOf(phase, { loop }) {
  if (phase.kind === "reps") return repSeconds(phase);
  return loop === "roll" ? ROLL_S : HOLD_S;
}

/** @param {Place} place @param {Pick<Figure, "loop">} figure @returns {number} seconds */
function secondsInto({ phase, rep, holdSide, elapsedMs }, figure) {
  const seconds = elapsedMs / 1000;
  const once = onceOf(phase, figure);
  if (phase.type === "rest") return 0;
  if (phase.type === "setup") return (once - ((phase.seconds - seconds) % once)) % once;
  if (rep) return rep.seconds;
  const held = holdSide === swappingSides(phase)[1] ? seconds - phase.target : seconds;
  if (figure.loop) return held % once;
  return held < COMING_S ? held : COMING_S + ((held - COMING_S) % BREATHS_S);
}
