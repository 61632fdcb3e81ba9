// Puts the mannequin into its place: the anchor carries, and what is pinned stays where it is.
import { partBalls } from "./body.js";
import { keep, pinned } from "./pins.js";
import { gap, outward, placed } from "./props.js";
import { forward, HIP_HEIGHT } from "./skeleton.js";
import {
  about,
  add,
  cross,
  euler,
  IDENTITY,
  length,
  sub,
  times,
  turn,
  unit,
  UP,
  vec,
} from "./vec.js";
import { fullPoses, poseAt } from "./poses.js";
/** @typedef {import("./vec.js").Vec} Vec */
/** @typedef {import("./vec.js").Mat} Mat */
/** @typedef {import("./skeleton.js").Frame} Frame */
/** @typedef {import("./skeleton.js").Frames} Frames */
/** @typedef {import("./skeleton.js").Angles} Angles */
/** @typedef {import("./poses.js").Figure} Figure */
/** @typedef {import("./props.js").Placed} Placed */
/** @typedef {{ frames: Frames, props: Placed[], pose: Angles }} Scene */

/** How the body lies at zero: the pelvis's turn in the world. @type {Record<string, Mat>} */
const BASES = {
  standing: IDENTITY,
  supine: [
    [0, 1, 0],
    [-1, 0, 0],
    [0, 0, 1],
  ],
  prone: [
    [0, -1, 0],
    [1, 0, 0],
    [0, 0, 1],
  ],
  "side-l": [
    [0, 0, 1],
    [1, 0, 0],
    [0, 1, 0],
  ],
  "side-r": [
    [0, 0, 1],
    [-1, 0, 0],
    [0, -1, 0],
  ],
};
/**
 * Return what gives the scene at any `u` along the keys. What is pinned is pinned where the first key has it.
 * @param {Figure} figure
 * @returns {{ poses: Angles[], scene: (u: number, breath?: number) => Scene }}
 */
export function rig(figure) {
  const poses = fullPoses(figure.keys);
  const anchors = (figure.anchor ?? []).map((one) => one.split("@"));
  const first = settle(figure, poses[0], anchors, undefined);
  const pins = Object.entries(figure.pins ?? {}).map(([name, pin]) => pinned(name, pin, first));
  const spot = anchors.length ? spotOf(first.frames, anchors[0][0]) : undefined;
  if (spot) [spot[0], spot[2]] = [spot[0] - poses[0].shift[0], spot[2] - poses[0].shift[2]];
  return {
    poses,
    scene(u, breath = 0) {
      const pose = breathed(poseAt(poses, u), breath);
      const scene = settle(figure, pose, anchors, spot);
      for (const pin of pins) keep(scene, pin);
      return scene;
    },
  };
}

/** @param {Angles} pose @param {number} breath @returns {Angles} */
function breathed(pose, breath) {
  if (!breath) return pose;
  const lift = (pose.thorax?.[0] ?? 0) - 1.6 * breath;
  return { ...pose, thorax: [lift, ...(pose.thorax ?? []).slice(1)] };
}

/**
 * Return the scene with the pelvis placed so that the anchors touch.
 * @param {Figure} figure
 * @param {Angles} pose
 * @param {string[][]} anchors [part, surface] of one or two
 * @param {Vec | undefined} spot where the first anchor stays, if it is known yet
 * @returns {Scene}
 */
function settle(figure, pose, anchors, spot) {
  const props = (figure.props ?? []).map((one) => placed(one, pose.shift));
  const surface = (/** @type {string | undefined} */ name) =>
    props.find((one) => one.kind === name);
  const base = BASES[figure.base ?? "standing"];
  const [tilt, side, twist] = pose.pelvis;
  /** @type {Frame} */
  let root = {
    at: add([0, HIP_HEIGHT, 0], vec(pose.shift)),
    turn: times(base, euler(-tilt, side ?? 0, -(twist ?? 0))),
  };
  let frames = forward(pose, root);
  const [first, second] = anchors;
  for (let pass = 0; first && pass < 6; pass++) {
    if (second && pass)
      root = leaned(
        frames,
        root,
        first[0],
        second[0],
        gap(partBalls(frames, second[0]), surface(second[1])),
      );
    frames = forward(pose, root);
    const on = surface(first[1]);
    const balls = partBalls(frames, first[0]);
    const [x, y, z] = balls[0];
    root = {
      ...root,
      at: add(root.at, on?.kind === "wall" ? outward(on, [x, y, z]) : UP, -gap(balls, on)),
    };
    if (spot) {
      const [dx, , dz] = sub(add(spot, vec(pose.shift)), spotOf(frames, first[0]));
      root.at = add(root.at, [dx, 0, dz]);
    }
    frames = forward(pose, root);
    if (!second && Math.abs(gap(partBalls(frames, first[0]), on)) < 0.01) break;
  }
  return { frames, props, pose };
}

/** @param {Frames} frames @param {string} part @returns {Vec} */
function spotOf(frames, part) {
  const [x, y, z] = partBalls(frames, part)[0];
  return [x, y, z];
}

/** Turn the body about its first anchor until the second is `away` centimetres lower. @type {(frames: Frames, root: Frame, a: string, b: string, away: number) => Frame} */
function leaned(frames, root, a, b, away) {
  const [from, to] = [spotOf(frames, a), spotOf(frames, b)];
  const across = sub(to, from);
  across[1] = 0;
  const by = about(unit(cross(across, UP)), (-away / (length(across) || 1)) * (180 / Math.PI));
  return { at: add(from, turn(by, sub(root.at, from))), turn: times(by, root.turn) };
}
