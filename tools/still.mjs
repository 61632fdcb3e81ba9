// One picture without movement: the start and the end side by side, or one where they are the same;
// of a round, every key.
import { bounds } from "../static/js/figure/bounds.js";
import { UNITS } from "../static/js/figure/camera.js";
import { draw } from "../static/js/figure/draw.js";
import { rig } from "../static/js/figure/solve.js";
import { boxOf, cameraOf, litOf } from "../static/js/figure/still.js";
/** @typedef {import("../static/js/figure/still.js").Shown} Shown */

/** As small as a thumb the outlines are thicker, or they would be gone. */
const SMALL = "@media(max-width:120px){.figure{stroke-width:5}}";

/**
 * Return the still of an exercise, whole, with the colours that it has in it. Asked for as `…svg#small`, it
 * shows one pose only, what the exercise comes to, for the rows of lists.
 * @param {Shown} one
 * @param {string} css
 */
export function still(one, css) {
  const { figure } = one;
  const { scene } = rig(figure);
  const [x, y, w, h] = boxOf(figure);
  const last = figure.keys.length - 1;
  const ends =
    figure.loop === "round" ? figure.keys.slice(1).map((_, i) => i) : last ? [0, last] : [0];
  const shown = ends.map((u, i) => {
    const paths = draw(scene(u), cameraOf(figure), litOf(one)).map(path).join("");
    return `<svg x="${x + i * w}" y="${y}" width="${w}" height="${h}" viewBox="${x} ${y} ${w} ${h}">${paths}</svg>`;
  });
  const wide = w * ends.length;
  const main = figure.loop === "round" ? Math.floor((ends.length - 1) / 2) : ends.length - 1;
  const [left, above, right, below] = bounds([scene(ends[main])], cameraOf(figure)).map(Math.round);
  const box = [left - 4 + main * w, above - 4, right - left + 8, below - above + 8];
  const part = `<view id="small" viewBox="${box.join(" ")}"/>`;
  const rules = `${used(css, shown.join(""))}#small:target~svg:not(:nth-of-type(${main + 1})){display:none}${SMALL}`;
  const size = [wide, h].map((n) => Math.round((2 * n) / UNITS));
  return brief(
    css,
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${x} ${y} ${wide} ${h}" width="${size[0]}" height="${size[1]}"><title>${one.name.replace(/&/g, "&amp;")}</title>${part}<style>${rules}</style>${shown.join("")}</svg>\n`,
  );
}

/** Give each class a name of one letter, the same in every still. @param {string} css @param {string} svg */
function brief(css, svg) {
  const classes = [...new Set(css.match(/f-[a-z]+/g))];
  const letter = (/** @type {string} */ name) =>
    String.fromCharCode(...[classes.indexOf(name)].map((i) => (i < 26 ? 97 : 39) + i));
  return svg.replace(/\bf-[a-z]+/g, letter).replaceAll(".figure{", "svg{");
}

/** @param {import("../static/js/figure/camera.js").Shape} shape */
const path = ([name, d, wide, moved]) =>
  `<path class="${name}" d="${d}"${wide ? ` stroke-width="${wide}"` : ""}${moved ? ` transform="${moved}"` : ""}/>`;

/**
 * Return the rules of the colours' CSS for the classes that a picture has. The CSS is flat: rules, and @media with rules.
 * @param {string} css
 * @param {string} svg
 * @returns {string}
 */
function used(css, svg) {
  const classes = new Set(["figure", ...(svg.match(/f-[a-z]+/g) ?? [])]);
  const has = (/** @type {string} */ selector) =>
    [...selector.matchAll(/\.([a-z-]+)/g)].every(([, name]) => classes.has(name));
  return css.replace(
    /(@[^{]+)\{((?:[^{}]*\{[^{}]*\})*)\}|([^{}]*)\{([^{}]*)\}/g,
    (_, media, inner, names, body) => {
      if (media) return ((kept) => kept && `${media}{${kept}}`)(used(inner, svg));
      const kept = names.split(",").filter(has).join();
      return kept && `${kept}{${body}}`;
    },
  );
}

/** Return the colours' CSS without comments and spaces. @param {string} css */
export const paintRules = (css) =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\s*([{}:;,])\s*/g, "$1")
    .replace(/;}/g, "}")
    .replace(/:0\./g, ":.")
    .trim();
