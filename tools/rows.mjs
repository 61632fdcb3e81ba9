// One file with a small picture of every exercise, for the rows of lists: one pose each, as large as a
// thumb. A row asks for `small-figures.svg#slug`; a list is one request, and each page after it none.
import { bounds } from "../static/js/figure/bounds.js";
import { draw } from "../static/js/figure/draw.js";
import { rig } from "../static/js/figure/solve.js";
import { cameraOf, litOf } from "../static/js/figure/still.js";
import { brief, path, used } from "./still.mjs";
/** @typedef {import("../static/js/figure/still.js").Shown} Shown */

/** The size of a picture in the file; a row has the same shape, 4 to 3. */
const [WIDE, HIGH] = [144, 108];
/** Units around the figure, and to which its outlines are rounded; a picture is a third of that size. */
const PAD = 5;
const STEP = 4;
/** What nobody sees at this size. */
const FINE = /f-(lit|line|shade|eye|hole|faint|behind)/;

/**
 * Return all small pictures as one SVG, one above the other.
 * @param {Record<string, Shown>} exercises by slug
 * @param {string} css
 */
export function rows(exercises, css) {
  const all = Object.entries(exercises).map(([slug, one], i) => row(slug, one, i * HIGH));
  const drawn = all.join("");
  const high = all.length * HIGH;
  return brief(
    css,
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDE} ${high}" width="${WIDE}" height="${high}"><style>${used(css, drawn)}svg{stroke-width:5}</style>${drawn}</svg>\n`,
  );
}

/** What an exercise comes to, or the middle of a round. @param {string} slug @param {Shown} one @param {number} top */
function row(slug, one, top) {
  const { figure } = one;
  const last = figure.keys.length - 1;
  const scene = rig(figure).scene(figure.loop === "round" ? Math.floor(last / 2) : last);
  const camera = cameraOf(figure);
  const [left, above, right, below] = bounds([scene], camera);
  const box = [left - PAD, above - PAD, right - left + 2 * PAD, below - above + 2 * PAD];
  const shapes = draw(scene, camera, litOf(one), STEP).filter(([name]) => !FINE.test(name));
  const place = `y="${top}" width="${WIDE}" height="${HIGH}" viewBox="${box.map(Math.round).join(" ")}"`;
  return `<view id="${slug}" viewBox="0 ${top} ${WIDE} ${HIGH}"/><svg ${place}>${shapes.map(path).join("")}</svg>`;
}
