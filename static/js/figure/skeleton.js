// The mannequin: 21 bones in a tree, 7.5 heads tall. At anatomical zero it stands upright, x ahead,
// y up, z to its right (the axes of Wu 2002, International Society of Biomechanics). Lengths are in
// centimetres of a body of 175 cm. Proportions: Drillis & Contini 1966, as Winter, "Biomechanics and
// Motor Control of Human Movement", figure 4.1 gives them; what that figure lacks (the parts of the
// spine, the width between the hip joints) is our drawing's choice, made to add up to it.
import { add, euler, times, turn } from "./vec.js";
/** @typedef {import("./vec.js").Vec} Vec */
/** @typedef {import("./vec.js").Mat} Mat */
/** @typedef {{ at: Vec, turn: Mat }} Frame where a bone begins, and how it is turned */
/** @typedef {Record<string, Frame>} Frames */
/** @typedef {Record<string, number[]>} Angles degrees by joint: see docs/figures.md */

export const STATURE = 175;
/** One head height, the artist's unit, in centimetres. */
export const HEAD = STATURE / 7.5;

/** Lengths in head heights: a share of the stature times 7.5. */
const SHARE = { thigh: 0.245, shank: 0.246, ankle: 0.039, upperArm: 0.186, forearm: 0.146 };
/** @type {(share: number) => number} */
const cm = (share) => share * 7.5 * HEAD;

export const THIGH = cm(SHARE.thigh);
export const SHANK = cm(SHARE.shank);
export const ANKLE = cm(SHARE.ankle);
export const UPPER_ARM = cm(SHARE.upperArm);
export const FOREARM = cm(SHARE.forearm);
export const HIP_HEIGHT = THIGH + SHANK + ANKLE;

/**
 * Each bone: its parent, where on the parent it begins, and the joint that turns it.
 * @type {Record<string, [string, Vec, string]>}
 */
export const BONES = {
  lumbar: ["pelvis", [-1, 11, 0], "lumbar"],
  thorax: ["lumbar", [0, 15.5, 0], "thorax"],
  neck: ["thorax", [-1, 26, 0], "neck"],
  head: ["neck", [1.5, 7, 0], "head"],
};
for (const [side, s] of /** @type {[string, number][]} */ ([
  ["l", -1],
  ["r", 1],
])) {
  BONES[`clavicle_${side}`] = ["thorax", [0, 22, s * 3], `girdle_${side}`];
  BONES[`upperarm_${side}`] = [`clavicle_${side}`, [0, 0, s * 14.5], `shoulder_${side}`];
  BONES[`forearm_${side}`] = [`upperarm_${side}`, [0, -UPPER_ARM, 0], `elbow_${side}`];
  BONES[`hand_${side}`] = [`forearm_${side}`, [0, -FOREARM, 0], `wrist_${side}`];
  BONES[`thigh_${side}`] = ["pelvis", [0, 0, s * 8.6], `hip_${side}`];
  BONES[`shank_${side}`] = [`thigh_${side}`, [0, -THIGH, 0], `knee_${side}`];
  BONES[`foot_${side}`] = [`shank_${side}`, [0, -SHANK, 0], `ankle_${side}`];
  BONES[`toes_${side}`] = [`foot_${side}`, [13, -4, 0], `toes_${side}`];
}

/**
 * How each joint's degrees [first, second, third] become turns about z, x and y: for each axis,
 * which of the degrees it takes and its sign. `s` is 1 on the right and -1 on the left, so that
 * abduction and external rotation mean the same on both.
 * @type {Record<string, (a: number[], s: number) => Mat>}
 */
const TURN = {
  trunk: ([flex = 0, side = 0, twist = 0]) => euler(-flex, side, -twist),
  limb: ([flex = 0, abd = 0, ext = 0], s) => euler(flex, -s * abd, -s * ext),
  girdle: ([up = 0, forward = 0], s) => euler(0, -s * up, s * forward),
  elbow: ([flex = 0, pronation = 0], s) => euler(flex, 0, s * pronation),
  wrist: ([flex = 0, towardsThumb = 0], s) => euler(towardsThumb, s * flex, 0),
  knee: ([flex = 0]) => euler(-flex, 0, 0),
  ankle: ([up = 0, inversion = 0], s) => euler(up, s * inversion, 0),
};
/** @type {Record<string, string>} */
const KIND = { shoulder: "limb", hip: "limb", toes: "ankle" };

/**
 * Return where every bone is.
 * @param {Angles} pose
 * @param {Frame} pelvis
 * @returns {Frames}
 */
export function forward(pose, pelvis) {
  /** @type {Frames} */
  const frames = { pelvis };
  for (const name in BONES) frames[name] = place(frames, name, pose);
  return frames;
}

/**
 * Return where the bone `name` is, its parent being in `frames`.
 * @param {Frames} frames
 * @param {string} name
 * @param {Angles} pose
 * @returns {Frame}
 */
export function place(frames, name, pose) {
  const [parent, from, joint] = BONES[name];
  const above = frames[parent];
  const own = pose[joint];
  const at = add(above.at, turn(above.turn, from));
  return { at, turn: own ? times(above.turn, rotation(joint, own)) : above.turn };
}

/**
 * Return the rotation that a joint's degrees make.
 * @param {string} joint such as "hip_l"
 * @param {number[]} degrees
 */
export function rotation(joint, degrees) {
  const [name, side] = joint.split("_");
  return (TURN[KIND[name] ?? name] ?? TURN.trunk)(degrees, side === "l" ? -1 : 1);
}
