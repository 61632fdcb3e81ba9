// What the joints of the mannequin do: their degrees as they really stand, and how far each may go.
import { BONES } from "../../../static/js/figure/skeleton.js";
import { dot } from "../../../static/js/figure/vec.js";
/** @typedef {import("../../../static/js/figure/skeleton.js").Frames} Frames */
/** @typedef {import("../../../static/js/figure/skeleton.js").Angles} Angles */
/** @typedef {import("../../../static/js/figure/vec.js").Vec} Vec */
/** @typedef {import("../../../static/js/figure/vec.js").Mat} Mat */

/** @type {(m: Mat, v: Vec) => Vec} */
export const turnBack = (m, v) => [dot(m[0], v), dot(m[1], v), dot(m[2], v)];

/**
 * The least and most of each angle, in degrees: our defaults, which keep a drawing humanly possible. What is commonly
 * printed, which of it was read, and where ours go beyond it, stands in docs/figures.md, "Where the limits are from".
 * The pelvis and the shift are the whole body's place, which has no limit.
 * @type {Record<string, [number, number][]>}
 */
export const LIMITS = {
  lumbar: [
    [-30, 60],
    [-29, 29],
    [-7, 7],
  ],
  thorax: [
    [-25, 30],
    [-20, 20],
    [-40, 40],
  ],
  neck: [
    [-24, 22],
    [-22, 22],
    [-40, 40],
  ],
  head: [
    [-21, 22],
    [-22, 22],
    [-40, 40],
  ],
  girdle: [
    [-10, 40],
    [-25, 30],
  ],
  shoulder: [
    [-60, 185],
    [-50, 185],
    [-95, 95],
  ],
  elbow: [
    [-5, 150],
    [-95, 95],
  ],
  wrist: [
    [-92, 85],
    [-35, 35],
  ],
  hip: [
    [-30, 140],
    [-25, 60],
    [-40, 60],
  ],
  knee: [[-5, 160]],
  ankle: [
    [-55, 35],
    [-25, 40],
  ],
  toes: [[-40, 90]],
};

/**
 * Return the degrees of every joint as the bones in `frames` really stand, in the order and with
 * the signs of LIMITS; for what no pose says, since hands and feet were pinned.
 * @param {Frames} frames
 * @returns {Angles}
 */
export function measured(frames) {
  /** @type {Angles} */
  const found = {};
  for (const [name, [parent, , joint]] of Object.entries(BONES)) {
    const m = frames[parent].turn;
    const own = frames[name].turn;
    const [z, x, y] = angles([turnBack(m, own[0]), turnBack(m, own[1]), turnBack(m, own[2])]);
    const [kind, side] = joint.split("_");
    const s = side === "l" ? -1 : 1;
    /** @type {Record<string, number[]>} */
    const by = {
      girdle: [-s * x, s * y],
      elbow: [z, s * y],
      wrist: [s * x, z],
      knee: [-z],
      ankle: [z, s * x],
      toes: [z],
    };
    found[joint] = by[kind] ?? (side ? [z, -s * x, -s * y] : [-z, x, -y]);
  }
  return found;
}

/**
 * Return the degrees [z, x, y] that `euler` would make `m` of.
 * @param {Mat} m
 * @returns {Vec}
 */
function angles(m) {
  const deg = 180 / Math.PI;
  return [
    Math.atan2(-m[1][0], m[1][1]) * deg,
    Math.asin(Math.max(-1, Math.min(1, m[1][2]))) * deg,
    Math.atan2(-m[0][2], m[2][2]) * deg,
  ];
}
