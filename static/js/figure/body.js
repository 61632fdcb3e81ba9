// The flesh: balls on the bones, in the bone's own axes [x, y, z, radius], in centimetres. What is drawn, and what
// touches the floor, is the hull of these.
import { add, turn } from "./vec.js";
import { FOREARM, SHANK, THIGH, UPPER_ARM } from "./skeleton.js";
/** @typedef {import("./vec.js").Vec} Vec */
/** @typedef {import("./skeleton.js").Frames} Frames */
/** @typedef {[number, number, number, number]} Ball */

/** @type {Record<string, Ball[]>} those of the two sides are for the right one; the left mirrors z */
export const FLESH = {
  pelvis: [
    [-1, 1, 8, 9.6],
    [-1, 1, -8, 9.6],
    [-4.5, 2, 6, 8.5],
    [-4.5, 2, -6, 8.5],
    [0.5, 11, 7, 8],
    [0.5, 11, -7, 8],
  ],
  waist: [
    [0.5, 5, 5.5, 8.2],
    [0.5, 5, -5.5, 8.2],
  ],
  ribs: [
    [0.5, 5, 6.5, 9.3],
    [0.5, 5, -6.5, 9.3],
  ],
  chest: [
    [0, 15, 8, 9.4],
    [0, 15, -8, 9.4],
    [-1.5, 21, 12, 5.6],
    [-1.5, 21, -12, 5.6],
    [-1.6, 24.6, 0, 6],
  ],
  neck: [
    [0, -2, 0, 6],
    [1, 7.5, 0, 5.4],
  ],
  skull: [
    [-0.4, 12.6, 0, 9],
    [1.6, 12.2, 0, 8.6],
  ],
  jaw: [
    [4.2, 5.4, 2.2, 4.2],
    [4.2, 5.4, -2.2, 4.2],
    [5, 11, 0, 6.4],
  ],
  upperarm: [
    [0, -0.5, 0, 5.9],
    [0.3, -UPPER_ARM * 0.45, 0, 4.9],
    [0, -UPPER_ARM, 0, 3.9],
  ],
  forearm: [
    [0, 0, 0, 3.9],
    [0, -FOREARM * 0.28, 0, 4.1],
    [0, -FOREARM, 0, 2.5],
  ],
  hand: [
    [0, 0, 0, 2.5],
    [2.2, -8, 0, 1.8],
    [-2.2, -8, 0, 1.8],
  ],
  thigh: [
    [0, -1, 0, 9.4],
    [0.8, -THIGH * 0.4, 0, 8.6],
    [0, -THIGH, 0, 5.8],
  ],
  shank: [
    [0, 0, 0, 5.7],
    [-1.6, -SHANK * 0.27, 0, 5.7],
    [0, -SHANK, 0, 3.4],
  ],
  foot: [
    [-0.5, -0.5, 0, 3.8],
    [-4.4, -3.6, 0, 3.2],
    [13, -3.9, 1.6, 2.9],
    [13, -4, -1.4, 2.8],
  ],
  toes: [
    [0, 0.1, 1.6, 2.9],
    [0, 0, -1.4, 2.8],
    [6.2, -0.6, 0.6, 2.2],
  ],
};

/**
 * What a contact may name: the bone, and a ball on it or the whole flesh of it. `_l` or `_r` is added for limbs.
 * @type {Record<string, [string, Ball[]]>}
 */
export const PARTS = {
  "upper-back": [
    "thorax",
    [
      [-0.9, 14, 7, 9.4],
      [-0.9, 14, -7, 9.4],
    ],
  ],
  "lower-back": ["lumbar", [[0, 3, 0, 8.6]]],
  sacrum: ["pelvis", FLESH.pelvis.slice(2, 4)],
  belly: ["lumbar", FLESH.waist],
  chest: ["thorax", FLESH.chest.slice(0, 2)],
  ribs: ["thorax", FLESH.ribs],
  head: ["head", [[-0.4, 12.6, 0, 9.6]]],
  forehead: ["head", [[4, 14, 0, 6.6]]],
  nape: ["head", [[-8, 11, 0, 4]]],
  buttock: ["pelvis", [FLESH.pelvis[2]]],
  hip: ["pelvis", [FLESH.pelvis[0]]],
  waist: ["pelvis", [FLESH.pelvis[4]]],
  crease: ["pelvis", [[7, 4, 9, 5]]],
  thigh: ["thigh", FLESH.thigh],
  knee: ["shank", [FLESH.shank[0]]],
  shank: ["shank", FLESH.shank],
  heel: ["foot", [FLESH.foot[1]]],
  toe: ["toes", [FLESH.toes[0], FLESH.toes[2]]],
  ball: ["foot", [[13, -4, 0, 2.8]]],
  instep: ["foot", [[9, -2, 0, 3]]],
  ankle: ["foot", [FLESH.foot[0]]],
  shoulder: ["upperarm", [FLESH.upperarm[0]]],
  elbow: ["forearm", [FLESH.forearm[0]]],
  wrist: ["hand", [FLESH.hand[0]]],
  palm: ["hand", [[0, -6, 0, 1.9]]],
};

/**
 * Return the balls [x, y, z, radius] of a part in the world.
 * @param {Frames} frames
 * @param {string} part such as "knee_l" or "sacrum"
 */
export function partBalls(frames, part) {
  const [name, side] = part.split("_");
  const known = PARTS[name];
  if (!known)
    throw new Error(
      `'${part}' is no part of the body; use one of ${Object.keys(PARTS).join(", ")}`,
    );
  const bone = frames[`${known[0]}_${side}`] ? `${known[0]}_${side}` : known[0];
  return inWorld(frames, bone, known[1], side);
}

/**
 * Return balls of a bone in the world.
 * @param {Frames} frames
 * @param {string} bone
 * @param {Ball[]} balls
 * @param {string} [side]
 * @returns {Ball[]}
 */
export function inWorld(frames, bone, balls, side) {
  const { at, turn: m } = frames[bone];
  const s = side === "l" ? -1 : 1;
  return balls.map(([x, y, z, r]) => [...add(at, turn(m, [x, y, s * z])), r]);
}
