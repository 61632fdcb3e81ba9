// The light on a part, which falls from above and the left.
/** @typedef {import("./shapes.js").Circle} Circle */
/** @typedef {import("./camera.js").View} View */
/** @typedef {import("./camera.js").Shape} Shape */

/** The light falls from above and the left: where it lies on a part. @type {(circle: Circle) => Circle} */
const shine = ([x, y, r]) => [x - r * 0.12, y - r * 0.24, r * 0.7];

/** Return the light on a part. @param {View} view @param {Circle[]} part @returns {Shape} */
export const light = (view, part) => ["f-lit", view.hull(part.map(shine))];

/** Return the light along a part, as one line. @param {View} view @param {Circle[]} row @returns {Shape} */
export const gleam = (view, row) => [
  "f-lit f-line",
  view.line(row.map(shine)),
  Math.round(1.3 * row[1][2]),
];
