// One picture without movement: the start and the end side by side, or one where they are the same;
// of a round, every key.
import { UNITS } from "../static/js/figure/camera.js";
import { draw } from "../static/js/figure/draw.js";
import { rig } from "../static/js/figure/solve.js";
import { boxOf, cameraOf, litOf } from "../static/js/figure/still.js";
/** @typedef {import("../static/js/figure/still.js").Shown} Shown */

/** @typedef {Shown & { variants?: Record<string, Shown["figure"]> }} Versioned */

/** Return the version that an exercise is known by, where it has one. @param {Versioned} one */
export const knownBy = (one) => one.variants?.[one.figure.also ?? ""];

/** Return what the still of a figure shows, in order. @param {Shown["figure"]} figure */
function scenes(figure) {
  const { scene } = rig(figure);
  const last = figure.keys.length - 1;
  const ends =
    figure.loop === "round" ? figure.keys.slice(1).map((_, i) => i) : last ? [0, last] : [0];
  return ends.map((u) => scene(u));
}

/** Return a box that holds both. @param {number[]} a @param {number[]} b */
function around(a, b) {
  const [x, y] = [0, 1].map((i) => Math.min(a[i], b[i]));
  const [right, below] = [0, 1].map((i) => Math.max(a[i] + a[i + 2], b[i] + b[i + 2]));
  return [x, y, right - x, below - y];
}

/**
 * Return the still of an exercise, whole, with the colours that it has in it.
 * @param {Versioned} one
 * @param {string} css
 */
export function still(one, css) {
  const { figure } = one;
  const also = knownBy(one);
  const own = boxOf(figure);
  const [x, y, w, h] = also ? around(own, boxOf(also)) : own;
  const ends = [...scenes(figure), ...(also ? scenes(also).slice(-1) : [])];
  const shown = ends.map((scene, i) => {
    const paths = draw(scene, cameraOf(figure), litOf(one)).map(path).join("");
    return `<svg x="${x + i * w}" y="${y}" width="${w}" height="${h}" viewBox="${x} ${y} ${w} ${h}">${paths}</svg>`;
  });
  const wide = w * ends.length;
  const size = [wide, h].map((n) => Math.round((2 * n) / UNITS));
  return brief(
    css,
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${x} ${y} ${wide} ${h}" width="${size[0]}" height="${size[1]}"><title>${one.name.replace(/&/g, "&amp;")}</title><style>${used(css, shown.join(""))}</style>${shown.join("")}</svg>\n`,
  );
}

/** Give each class a name of one letter, the same in every still. @param {string} css @param {string} svg */
export function brief(css, svg) {
  const classes = [...new Set(css.match(/f-[a-z]+/g))];
  const letter = (/** @type {string} */ name) =>
    String.fromCharCode(...[classes.indexOf(name)].map((i) => (i < 26 ? 97 : 39) + i));
  return svg.replace(/\bf-[a-z]+/g, letter).replaceAll(".figure{", "svg{");
}

/** @param {import("../static/js/figure/camera.js").Shape} shape */
export const path = ([name, d, wide, moved]) =>
  `<path class="${name}" d="${d}"${wide ? ` stroke-width="${wide}"` : ""}${moved ? ` transform="${moved}"` : ""}/>`;

/**
 * Return the rules of the colours' CSS for the classes that a picture has. The CSS is flat: rules, and @media with rules.
 * @param {string} css
 * @param {string} svg
 * @returns {string}
 */
export function used(css, svg) {
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
