// Draws a scene as flat shapes: what is farther first, each part with its outline, its colour and its light.
import { FLESH, inWorld } from "./body.js";
import { depthOf, viewOf } from "./camera.js";
import { glow } from "./draw-glow.js";
import { drawHead } from "./draw-head.js";
import { ARM, LEG, limb } from "./draw-limb.js";
import { drawProps } from "./draw-props.js";
import { shadow } from "./draw-shadow.js";
import { light } from "./light.js";
/** @typedef {import("./skeleton.js").Frames} Frames */
/** @typedef {import("./solve.js").Scene} Scene */
/** @typedef {import("./camera.js").Camera} Camera */
/** @typedef {import("./camera.js").View} View */
/** @typedef {import("./camera.js").Shape} Shape */
/** @typedef {import("./camera.js").Layer} Layer */
/** @typedef {import("./draw-glow.js").Lit} Lit */

/**
 * Return the shapes of a scene, in the order in which they are painted.
 * @param {Scene} scene
 * @param {Camera} camera
 * @param {Lit} lit
 * @param {number} [step]
 * @returns {Shape[]}
 */
export function draw(scene, camera, lit, step) {
  const view = viewOf(camera, step);
  const { frames } = scene;
  const { ground, layers } = drawProps(scene, view);
  const push = scene.pose.push?.[0];
  layers.push(...trunk(frames, view), ...glow(frames, view, lit, push && Math.abs(push)));
  for (const side of ["l", "r"]) {
    const holds = scene.props.some(({ on }) => on.includes(`palm_${side}`));
    layers.push(...limb(frames, view, side, LEG));
    layers.push(...limb(frames, view, side, ARM, holds));
  }
  layers.sort((a, b) => a.depth - b.depth);
  return [...ground, ...shadow(frames, view), ...layers.flatMap((one) => one.shapes)];
}

/** @param {Frames} frames @param {View} view @returns {Layer[]} */
function trunk(frames, view) {
  const get = (/** @type {string} */ bone, /** @type {string} */ name) =>
    view.circles(inWorld(frames, bone, FLESH[name]));
  const [hips, waist, ribs, chest, neck] = [
    get("pelvis", "pelvis"),
    get("lumbar", "waist"),
    get("thorax", "ribs"),
    get("thorax", "chest"),
    get("neck", "neck"),
  ];
  const belly = [...hips.slice(4), ...waist];
  const jersey = [belly, [...waist, ...ribs], [...ribs, ...chest]];
  const middle = depthOf(frames, view, "lumbar", 0, 7, 0);
  const depth = depthOf(frames, view, "thorax", 0, 16, 0);
  const head = depthOf(frames, view, "head", 0, 9, 0);
  return [
    { depth: middle - 1, shapes: [["f-shorts", view.hull(hips)]] },
    {
      depth: middle,
      shapes: [
        ["f-jersey", jersey.map(view.hull).join("")],
        light(view, [...ribs, ...chest.slice(0, 2)]),
      ],
    },
    {
      depth:
        depthOf(frames, view, "thorax", 1, 16, 0) < depth - 0.5
          ? middle - 0.5 // from behind, the collar is over it
          : Math.max(head, depth) - 0.2 * Math.abs(head - depth) - (head < depth ? 12 : 0),
      shapes: [["f-skin", view.hull(neck)]],
    },
    {
      depth: head < depth ? Math.min(head, depth - 6) : head,
      shapes: drawHead(frames, view),
    },
  ];
}
