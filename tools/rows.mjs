// Files with many pictures of one pose each. For the rows of lists, as large as a thumb: a row asks for
// `small-figures.svg#slug`; a list is one request, and each page after it none. And for the easier and
// harder versions, a little larger, beside their words.
import { bounds } from "../static/js/figure/bounds.js";
import { draw } from "../static/js/figure/draw.js";
import { rig } from "../static/js/figure/solve.js";
import { cameraOf, litOf } from "../static/js/figure/still.js";
import { brief, knownBy, path, used } from "./still.mjs";
/** @typedef {import("../static/js/figure/still.js").Shown} Shown */

/** The size of a picture in the file; a row has the same shape, 4 to 3. */
const [WIDE, HIGH] = [144, 108];
/** Units around the figure. */
const PAD = 5;

/**
 * How fine a picture is: units to which outlines are rounded, how thick they are, and what nobody sees.
 * @typedef {{ step: number, stroke: number, unseen: RegExp }} Look
 */
/** A row's picture is a third of the size at which it is drawn. @type {Look} */
export const THUMB = { step: 4, stroke: 5, unseen: /f-(lit|line|shade|eye|hole|faint|behind)/ };
/** A version's is as large as in its file. @type {Look} */
export const BESIDE = { step: 4, stroke: 4, unseen: /f-(lit|line|hole|faint|behind)/ };

/**
 * Return the posed versions of all exercises as exercises, by `slug-easier` and `slug-harder`.
 * @param {Record<string, Shown & { variants: Record<string, Shown["figure"]> }>} exercises by slug
 * @returns {Record<string, Shown>}
 */
export const versions = (exercises) =>
  Object.fromEntries(
    Object.entries(exercises).flatMap(([slug, one]) =>
      Object.entries(one.variants).map(([name, figure]) => [
        `${slug}-${name}`,
        { ...one, figure, variants: {} },
      ]),
    ),
  );

/**
 * Return all small pictures as one SVG, one above the other.
 * @param {Record<string, Shown>} exercises by slug
 * @param {string} css
 * @param {Look} [look]
 */
export function rows(exercises, css, look = THUMB) {
  const all = Object.entries(exercises).map(([slug, one], i) => row(slug, one, i * HIGH, look));
  const drawn = all.join("");
  const high = all.length * HIGH;
  return brief(
    css,
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDE} ${high}" width="${WIDE}" height="${high}"><style>${used(css, drawn)}svg{stroke-width:${look.stroke}}</style>${drawn}</svg>\n`,
  );
}

/** What an exercise comes to, or is known by; the middle of a round. @param {string} slug @param {Shown} one @param {number} top @param {Look} look */
function row(slug, one, top, { step, unseen }) {
  const figure = knownBy(one) ?? one.figure;
  const last = figure.keys.length - 1;
  const scene = rig(figure).scene(figure.loop === "round" ? Math.floor(last / 2) : last);
  const camera = cameraOf(figure);
  const [left, above, right, below] = bounds([scene], camera);
  const box = [left - PAD, above - PAD, right - left + 2 * PAD, below - above + 2 * PAD];
  const shapes = draw(scene, camera, litOf(one), step).filter(([name]) => !unseen.test(name));
  const place = `y="${top}" width="${WIDE}" height="${HIGH}" viewBox="${box.map(Math.round).join(" ")}"`;
  return `<view id="${slug}" viewBox="0 ${top} ${WIDE} ${HIGH}"/><svg ${place}>${shapes.map(path).join("")}</svg>`;
}
