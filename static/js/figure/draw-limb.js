// Draws arms and legs: two parts, what covers them, and the hand or the foot.
import { FLESH, inWorld } from "./body.js";
import { depthOf, UNITS } from "./camera.js";
import { gleam } from "./light.js";
import { dot } from "./vec.js";
/** @typedef {import("./body.js").Ball} Ball */
/** @typedef {import("./shapes.js").Circle} Circle */
/** @typedef {import("./skeleton.js").Frames} Frames */
/** @typedef {import("./camera.js").View} View */
/** @typedef {import("./camera.js").Shape} Shape */
/** @typedef {import("./camera.js").Layer} Layer */

/**
 * How a limb is made: its bones and the end of it; where on them depth is taken; what it is covered with and how far;
 * how far behind the trunk it is in shade.
 * @typedef {{ bones: string[], depth: number[][], cover: [string, number, number], end?: [string, number], trunk: [string, number, number], tip: (get: (name: string, balls?: Ball[]) => Circle[], bent: boolean) => { name: string, parts: Circle[][], shine?: Circle[] } }} Plan
 */

/** @type {Plan} */
export const LEG = {
  bones: ["thigh", "shank", "foot"],
  depth: [
    [0, -20, 0],
    [0, -20, 0],
    [4, -4, 0],
  ],
  cover: ["f-shorts", 0.74, 0.25],
  end: ["f-sock", 0.72],
  trunk: ["pelvis", -12, -2.5],
  tip: (get, bent) => {
    const [foot, toes] = [get("foot"), get("toes")];
    const parts = bent ? [foot, toes] : [[...foot, ...toes]];
    return { name: "f-shoe", parts, shine: [foot[0], foot[2]] };
  },
};

/** @type {Plan} */
export const ARM = {
  bones: ["upperarm", "forearm", "hand"],
  depth: [
    [0, -12, 0],
    [0, -13, 0],
    [0, -7, 0],
  ],
  cover: ["f-jersey", 0.55, 0.4],
  trunk: ["thorax", -6, -5],
  tip: (get, closed) => ({
    name: "f-skin",
    parts: [get("hand", closed ? FLESH.hand : PALM), get("hand", THUMB)],
  }),
};
/** @type {Ball[]} */
const PALM = [...FLESH.hand, [1.4, -15.5, 0.2, 1.5], [-1.4, -14.6, 0.2, 1.5]];
/** @type {Ball[]} */
const THUMB = [
  [1.6, -2.5, 0, 1.7],
  [4.6, -8.5, -0.6, 1.3],
];

/** @type {(frames: Frames, view: View, side: string, plan: Plan, bent?: boolean) => Layer[]} */
export function limb(
  frames,
  view,
  side,
  { bones, depth, cover, end, trunk: [trunkBone, y, behind], tip },
  bent = dot(frames[`foot_${side}`].turn[0], frames[`toes_${side}`].turn[0]) < 0.97,
) {
  const names = bones.map((bone) => `${bone}_${side}`);
  const get = (/** @type {string} */ bone, balls = FLESH[bone]) =>
    view.circles(inWorld(frames, `${bone}_${side}`, balls, side));
  const [upper, lower] = [get(bones[0]), get(bones[1])];
  const [high, low, last] = names.map((bone, i) =>
    depthOf(frames, view, bone, depth[i][0], depth[i][1], depth[i][2]),
  );
  const far =
    depthOf(frames, view, names[0], 0, y, 0) - depthOf(frames, view, trunkBone, 0, 0, 0) < behind;
  /** @type {(name: string, circles: Circle[]) => Shape} */
  const part = (name, circles) => [far ? `${name} f-far` : name, view.hull(circles)];
  const above = [
    part("f-skin", along(upper, cover[1] - 0.1, 1)),
    part(cover[0], along(upper, 0, cover[1], cover[2])),
  ];
  if (bones[0] === "thigh") {
    const hip = view.circles(inWorld(frames, "pelvis", [[-1, 3, 5, 7.6]], side))[0];
    above.push(part("f-shorts f-bare", [upper[0], hip]));
  }
  const below = [part("f-skin", end ? along(lower, 0, end[1] + 0.1) : lower)];
  // The nearer part hides the other's outline at the joint, and has the light of both.
  const seam = part("f-skin f-bare", high < low ? along(upper, 0.7, 1) : along(lower, 0, 0.5));
  const nearer = high < low ? below : above;
  nearer.push(seam);
  if (end) below.push(part(end[0], along(lower, end[1], 1, 0.3)));
  if (!far) nearer.push(gleam(view, [upper[0], upper[2], ...along(lower, 0.62, 0.62).slice(1)]));
  const { name, parts, shine } = tip(get, bent);
  /** @type {Shape[]} */
  const ending = [[far ? `${name} f-far` : name, parts.map(view.hull).join("")]];
  if (shine && !far) ending.push(gleam(view, shine));
  if (!end) ending.push(part("f-skin f-bare", along(lower, 0.75, 1)));
  return [
    { depth: high, shapes: above },
    { depth: low, shapes: below },
    { depth: last + 0.4, shapes: ending },
  ];
}

/** A part of a row of three circles: from `a` to `b`, each 0 to 1. @param {Circle[]} c @param {number} a @param {number} b @param {number} [more] centimetres thicker */
function along(c, a, b, more = 0) {
  const at = (/** @type {number} */ k) => {
    const i = Math.min(c.length - 2, Math.floor(k * (c.length - 1)));
    const t = k * (c.length - 1) - i;
    return /** @type {Circle} */ (
      c[i].map((v, n) => v + (c[i + 1][n] - v) * t + (n === 2 ? more * UNITS : 0))
    );
  };
  const inside = c.map((_, i) => i / (c.length - 1)).filter((k) => k > a && k < b);
  return [a, ...inside, b].map(at);
}
