// One picture without movement: the start and the end side by side, or one where they are the same;
// of a round, every key.
import { UNITS } from "../static/js/figure/camera.js";
import { draw } from "../static/js/figure/draw.js";
import { rig } from "../static/js/figure/solve.js";
import { boxOf, cameraOf, litOf } from "../static/js/figure/still.js";
/** @typedef {import("../static/js/figure/still.js").Shown} Shown */

/**
 * Return the still of an exercise, whole, with the colours that it has in it.
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
