// Draws the soft shadow on the floor.
import { UNITS } from "./camera.js";
/** @typedef {import("./skeleton.js").Frames} Frames */
/** @typedef {import("./camera.js").View} View */
/** @typedef {import("./camera.js").Shape} Shape */

const SIDES = ["l", "r"];

/** What throws a shadow: rows of joints, and how wide in centimetres. @type {[number, string[][]][]} */
const CAST = [
  [24, [["pelvis", "thorax", "head"]]],
  [
    12,
    SIDES.flatMap((side) =>
      [
        ["thigh", "shank", "foot", "toes"],
        ["upperarm", "forearm", "hand"],
      ].map((row) => row.map((bone) => `${bone}_${side}`)),
    ),
  ],
];
/** A shadow is so soft that its joints need not be where they are to a unit. */
const SOFT = 4;
/** Centimetres above the floor from which on a joint throws none. */
const HIGH = 50;

/** The soft shadow on the floor, as lines that the slanting look flattens. @param {Frames} frames @param {View} view @returns {Shape[]} */
export function shadow(frames, view) {
  if (view.sin < 0.03) return [];
  return CAST.flatMap(([wide, rows]) => {
    const path = rows.map((row) => {
      const low = row.map((bone) => frames[bone].at).filter(([, y]) => y < HIGH);
      const points = low.map(([x, , z]) => view.circle(x, 0, z));
      return low.length ? view.line(points.map(([x, y]) => [x / SOFT, y / SOFT / view.sin])) : "";
    });
    /** @type {Shape} */
    const shape = [
      "f-shade",
      path.join(""),
      (wide * UNITS) / SOFT,
      `scale(${SOFT} ${(SOFT * view.sin).toFixed(2)})`,
    ];
    return shape[1] ? [shape] : [];
  });
}
