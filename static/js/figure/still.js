// What every picture of an exercise starts from, moving or not: its camera, its box, the muscles that glow.
import { bounds } from "./bounds.js";
import { rig } from "./solve.js";
/** @typedef {import("./poses.js").Figure} Figure */
/** @typedef {import("./poses.js").Dose} Dose */
/** @typedef {{ name: string, primary: string[], secondary: string[], step: string, sides: string, figure: Figure, dose: Dose }} Shown */

const PAD = 10;

/** Return which muscles glow, and how. @param {Shown} one @returns {import("./draw-glow.js").Lit} */
export const litOf = ({ figure, primary, secondary, step, sides }) => ({
  work: primary,
  faint: secondary,
  sides: figure.works ?? (sides === "per-side" ? "r" : "both"),
  stretch: step === "stretch" || step === "foam-roll",
});

/** Return the camera of a figure. @param {Figure} figure */
export const cameraOf = (figure) => ({ yaw: figure.view?.[0] ?? 0, pitch: figure.view?.[1] ?? 12 });

/** Return a box [x, y, width, height] around a figure all through its movement. @param {Figure} figure @returns {number[]} */
export function boxOf(figure) {
  const { scene } = rig(figure);
  const last = figure.keys.length - 1;
  const scenes = Array.from({ length: 2 * last + 1 }, (_, i) => scene(i / 2));
  return boxAround(scenes, figure);
}

/** Return a box [x, y, width, height] around scenes of a figure. @param {import("./solve.js").Scene[]} scenes @param {Figure} figure @returns {number[]} */
export function boxAround(scenes, figure) {
  const [left, above, right, below] = bounds(scenes, cameraOf(figure));
  return [left - PAD, above - PAD, right - left + 2 * PAD, below - above + 2 * PAD].map(Math.round);
}
