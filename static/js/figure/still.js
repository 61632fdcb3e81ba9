// One picture without movement: the start and the end side by side, or one where they are the same;
// of a round, every key.
import { bounds, draw } from "./draw.js";
import { rig } from "./solve.js";
/** @typedef {import("./poses.js").Figure} Figure */
/** @typedef {import("./poses.js").Dose} Dose */
/** @typedef {{ name: string, primary: string[], secondary: string[], step: string, sides: string, figure: Figure, dose: Dose }} Shown */

const PAD = 5;

/** Return which muscles glow, and how. @param {Shown} one @returns {import("./draw.js").Lit} */
export function litOf({ figure, primary, secondary, step, sides }) {
  const works = figure.works ?? (sides === "per-side" ? "r" : "both");
  return {
    work: primary,
    faint: secondary,
    sides: works,
    stretch: step === "stretch" || step === "foam-roll",
  };
}

/** Return the camera of a figure. @param {Figure} figure */
export const cameraOf = (figure) => ({ yaw: figure.view?.[0] ?? 0, pitch: figure.view?.[1] ?? 12 });

/** Return a box [x, y, width, height] around a figure all through its movement. @param {Figure} figure @returns {[number, number, number, number]} */
export function boxOf(figure) {
  const { scene } = rig(figure);
  const last = figure.keys.length - 1;
  const scenes = Array.from({ length: 2 * last + 1 }, (_, i) => scene(i / 2));
  const [left, above, right, below] = bounds(scenes, cameraOf(figure));
  return [left - PAD, above - PAD, right - left + 2 * PAD, below - above + 2 * PAD];
}

/** Leave out of the colours' CSS what a still does not need. @param {string} css */
export const paintRules = (css) =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\s*([{}:;,])\s*/g, "$1")
    .replace(/;}/g, "}")
    .trim();

/**
 * Return the still of an exercise, whole, with its colours in it.
 * @param {Shown} one
 * @param {string} css
 * @returns {{ svg: string, width: number, height: number }}
 */
export function still(one, css) {
  const { figure } = one;
  const { scene } = rig(figure);
  const [x, y, w, h] = boxOf(figure).map(Math.round);
  const last = figure.keys.length - 1;
  const ends =
    figure.loop === "round" ? figure.keys.slice(1).map((_, i) => i) : last ? [0, last] : [0];
  const shown = ends.map(
    (u, i) =>
      `<svg x="${x + i * w}" y="${y}" width="${w}" height="${h}" viewBox="${x} ${y} ${w} ${h}">${draw(scene(u), cameraOf(figure), litOf(one))}</svg>`,
  );
  const width = w * ends.length;
  const title = `${one.name}. ${figure.start} ${last ? figure.end : ""}`.trim();
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" class="figure" viewBox="${x} ${y} ${width} ${h}" width="${width * 2}" height="${h * 2}" role="img"><title>${title.replace(/&/g, "&amp;").replace(/</g, "&lt;")}</title><style>${css}</style>${shown.join("")}</svg>\n`;
  return { svg, width, height: h };
}
