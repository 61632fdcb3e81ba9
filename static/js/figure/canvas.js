// Puts shapes into an <svg>: the elements stay, and only what has changed is written.
/** @typedef {import("./camera.js").Shape} Shape */

const NAMES = ["class", "d", "stroke-width", "transform"];
const NONE = /** @type {Shape} */ (["", ""]);

/**
 * Return a function that shows shapes in `svg`.
 * @param {SVGSVGElement} svg
 * @returns {(shapes: Shape[]) => void}
 */
export function canvas(svg) {
  /** @type {{ path: Element, shape: Shape }[]} */
  const kept = [];
  return (shapes) => {
    while (kept.length < shapes.length) {
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      kept.push({ path: svg.appendChild(path), shape: NONE });
    }
    kept.forEach((one, i) => {
      const shape = shapes[i] ?? NONE;
      NAMES.forEach((name, n) => {
        if (shape[n] !== one.shape[n]) one.path.setAttribute(name, String(shape[n] ?? ""));
      });
      one.shape = shape;
    });
  };
}
