// Puts the mannequin into its place: the anchor carries, pinned hands and feet stay where they are.
import { partBalls } from "./body.js";
import { gap, outward, placed, top } from "./props.js";
import { ANKLE, forward, FOREARM, HIP_HEIGHT, place, SHANK, THIGH, UPPER_ARM } from "./skeleton.js";
import {
  about,
  add,
  cross,
  dot,
  euler,
  IDENTITY,
  length,
  mix,
  scale,
  sub,
  times,
  turn,
  unit,
} from "./vec.js";
import { fullPoses, poseAt } from "./poses.js";
/** @typedef {import("./vec.js").Vec} Vec */
/** @typedef {import("./vec.js").Mat} Mat */
/** @typedef {import("./skeleton.js").Frame} Frame */
/** @typedef {import("./skeleton.js").Frames} Frames */
/** @typedef {import("./skeleton.js").Angles} Angles */
/** @typedef {import("./poses.js").Figure} Figure */
/** @typedef {import("./props.js").Placed} Placed */
/** @typedef {{ limb: string, side: string, on: string, spot: Vec, ahead: Vec }} Pinned */
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
/** @type {Vec} */
const UP = [0, 1, 0];

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
      for (const pin of pins) (LAID[pin.limb] ?? hold)(scene, pin);
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

/** @param {number[]} list @returns {Vec} */
const vec = (list) => [list[0] ?? 0, list[1] ?? 0, list[2] ?? 0];

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

/**
 * Return where a hand or a foot is kept: under where the first key has it, or at `at` [x, z].
 * @param {string} name foot_l, foot_r, hand_l or hand_r
 * @param {string | import("./poses.js").Pin} pin
 * @param {Scene} first
 * @returns {Pinned}
 */
function pinned(name, pin, { frames, props, pose }) {
  const [limb, side] = name.split("_");
  const { on = "floor", at, heading } = typeof pin === "string" ? { on: pin } : pin;
  const { at: now, turn: m } = frames[name];
  const points = limb === "foot" ? m[0] : scale(m[1], -1);
  const angle = ((heading ?? 0) * Math.PI) / 180;
  /** @type {Vec} */
  const ahead =
    heading == null ? unit([points[0], 0, points[2]]) : [Math.cos(angle), 0, Math.sin(angle)];
  const lifted = limb === "foot" && (pose[`heel_${side}`]?.[0] ?? 0) > 0;
  const under = lifted ? sub(frames[`toes_${side}`].at, scale(ahead, 13)) : now;
  const wall = props.find((one) => one.kind === on && one.kind === "wall");
  /** @type {Vec} */
  const spot = at ? [at[0], at[2] ?? now[1], at[1]] : [under[0], under[1], under[2]];
  if (wall)
    return {
      limb,
      side,
      on,
      spot: sub(spot, scale(wall.ahead, dot(sub(spot, wall.at), wall.ahead))),
      ahead: heading == null ? UP : unit(add(UP, ahead, 0.8)),
    };
  const isProp = on === "floor" || props.some((one) => one.kind === on);
  if (isProp) spot[1] = at?.[2] ?? top(props.find((one) => one.kind === on));
  return { limb, side, on: isProp ? on : `body:${on}`, spot, ahead };
}

/** Bring a pinned hand or foot to its place by the two bones above it. @param {Scene} scene @param {Pinned} pin */
function hold(scene, pin) {
  const { frames, pose, props } = scene;
  const { side } = pin;
  const name = `${pin.limb}_${side}`;
  const free = pose[`free_${name}`]?.[0] ?? 0;
  if (free >= 1) return;
  const moved = add(pin.spot, vec(pose[`move_${name}`] ?? []));
  const wanted = pin.limb === "foot" ? foot(pose, pin, moved) : hand(frames, pin, moved, props);
  if (free) wanted.at = mix(wanted.at, frames[name].at, free);
  const bones = pin.limb === "foot" ? ["thigh", "shank"] : ["upperarm", "forearm"];
  const [upper, lower] = bones.map((bone) => `${bone}_${side}`);
  // Above a standing foot a knee is up and over the toes, whatever the angles said before.
  const tiptoe = (pose[`heel_${side}`]?.[0] ?? 0) > 15;
  const knee = pin.limb === "foot" && !free ? add(pin.ahead, UP, tiptoe ? 0 : 1) : undefined;
  reach(frames, upper, lower, wanted.at, pin.limb === "foot", knee);
  frames[name] = place(frames, name, pose);
  if (wanted.turn && pin.limb === "hand") rollForearm(frames[upper], frames[lower], wanted.turn[0]);
  if (wanted.turn)
    frames[name].turn = free ? blend(wanted.turn, frames[name].turn, free) : wanted.turn;
  if (pin.limb === "foot") {
    frames[`toes_${side}`] = place(frames, `toes_${side}`, pose);
    if (wanted.toes && !free) frames[`toes_${side}`].turn = wanted.toes;
  }
}

/** What is laid down by its own joint instead of being reached for: a kneeling shin, a forearm. @type {Record<string, (scene: Scene, pin: Pinned) => void>} */
const LAID = {
  shank({ frames, pose, props }, { side, on }) {
    const surface = props.find((one) => one.kind === on);
    for (let pass = 0; pass < 5; pass++) {
      const away = gap(
        [...partBalls(frames, `instep_${side}`), ...partBalls(frames, `toe_${side}`)],
        surface,
      );
      const name = `shank_${side}`;
      const lower = frames[`foot_${side}`].at;
      const [reachX, , reachZ] = sub(lower, frames[name].at);
      const flat = Math.hypot(reachX, reachZ) || 1;
      const spin = about(unit(cross([reachX, 0, reachZ], UP)), (-away / flat) * (180 / Math.PI));
      frames[name] = { at: frames[name].at, turn: times(spin, frames[name].turn) };
      for (const below of [`foot_${side}`, `toes_${side}`])
        frames[below] = place(frames, below, pose);
    }
  },
  forearm({ frames }, { side, ahead }) {
    const name = `forearm_${side}`;
    const low = partBalls(frames, `elbow_${side}`)[0];
    const [, drop] = [0, (low[3] - 2.5) / FOREARM];
    const way = unit([ahead[0], -drop, ahead[2]]);
    const palm = unit(sub(UP, scale(way, dot(UP, way))));
    const up = scale(way, -1);
    const z = side === "l" ? scale(palm, -1) : palm;
    frames[name] = { at: frames[name].at, turn: [cross(up, z), up, z] };
    frames[`hand_${side}`] = { at: add(frames[name].at, way, FOREARM), turn: frames[name].turn };
  },
};

/** Where a flat foot's ankle is; heel raised: about the ball; toes raised: about the heel. @param {Angles} pose @param {Pinned} pin @param {Vec} spot */
function foot(pose, { side, ahead }, spot) {
  const lift = pose[`heel_${side}`]?.[0] ?? 0;
  /** @type {Mat} */
  const flat = [ahead, UP, cross(ahead, UP)];
  const tipped = times(flat, euler(-lift, 0, 0));
  const ankle = add(spot, UP, ANKLE);
  if (!lift) return { at: ankle, turn: tipped, toes: tipped };
  /** @type {Vec} */
  const pivot = lift > 0 ? [13, -4, 0] : [-4.4, -3.6, 0];
  return {
    at: sub(add(ankle, turn(flat, pivot)), turn(tipped, pivot)),
    turn: tipped,
    toes: lift > 0 ? flat : undefined,
  };
}

/**
 * Turn a forearm about its length, so that the wrist only bends; a nearly straight arm turns along
 * from the shoulder, as ours do once the forearm has turned as far as it likes.
 * @param {Frame} arm
 * @param {Frame} forearm
 * @param {Vec} side the hand's x axis
 */
function rollForearm(arm, forearm, side) {
  const up = forearm.turn[1];
  const x = unit(sub(side, scale(up, dot(side, up))));
  forearm.turn = [x, up, cross(x, up)];
  const [ahead, along, aside] = arm.turn;
  if (dot(along, up) < 0.7) return;
  const turned = Math.atan2(-dot(x, aside), dot(x, ahead)) * (180 / Math.PI);
  const more = turned - Math.max(-EASY, Math.min(EASY, turned));
  arm.turn = times(about(along, more), arm.turn);
}
/** Degrees that a forearm turns in or out before the shoulder helps: our choice, below its limit. */
const EASY = 75;

/** @type {(frames: Frames, pin: Pinned, spot: Vec, props: Placed[]) => { at: Vec, turn?: Mat, toes?: Mat }} */
function hand(frames, { side, ahead, on }, spot, props) {
  if (on.startsWith("body:")) return { at: grip(frames, on.slice(5), side) };
  const out = outward(
    props.find((one) => one.kind === on && on === "wall"),
    spot,
  );
  const palm = side === "l" ? scale(out, -1) : out;
  const up = scale(ahead, -1);
  return { at: add(spot, out, 1.9), turn: [cross(up, palm), up, palm] };
}

/** Where the wrist is when the hand lies on a part of the body. @param {Frames} frames @param {string} part @param {string} side @returns {Vec} */
function grip(frames, part, side) {
  const [x, y, z, r] = partBalls(frames, part)[0];
  const from = frames[`forearm_${side}`].at;
  const way = unit(sub(from, [x, y, z]));
  return add([x, y, z], way, r + 4);
}

/** @type {(a: Mat, b: Mat, k: number) => Mat} */
function blend(a, b, k) {
  const x = unit(mix(a[0], b[0], k));
  const z = unit(cross(x, mix(a[1], b[1], k)));
  return [x, cross(z, x), z];
}

/**
 * Turn two bones so that the second ends at `goal`, the joint between them staying on its side.
 * @param {Frames} frames
 * @param {string} upper
 * @param {string} lower
 * @param {Vec} goal
 * @param {boolean} leg
 * @param {Vec} [knee] where a knee goes by nature
 */
export function reach(frames, upper, lower, goal, leg, knee) {
  const [a, b] = leg ? [THIGH, SHANK] : [UPPER_ARM, FOREARM];
  const from = frames[upper].at;
  const way = sub(goal, from);
  const far = Math.min(Math.max(length(way), Math.abs(a - b) + 0.1), a + b - 0.02);
  const along = unit(way);
  const near = (far * far + a * a - b * b) / (2 * far);
  const across = (/** @type {Vec} */ v) => unit(sub(v, scale(along, dot(v, along))));
  const posed = across(sub(frames[lower].at, from));
  const out = knee ? across(add(posed, across(knee), 2)) : posed;
  const middle = add(add(from, along, near), out, Math.sqrt(Math.max(0, a * a - near * near)));
  const end = add(from, along, far);
  const [u, v] = [unit(sub(middle, from)), unit(sub(end, middle))];
  const bend = cross(u, v);
  const hinge = length(bend) > 0.03 ? scale(unit(bend), leg ? -1 : 1) : frames[upper].turn[2];
  const axis = unit(sub(hinge, scale(u, dot(hinge, u))));
  frames[upper] = { at: from, turn: [cross(scale(u, -1), axis), scale(u, -1), axis] };
  const low = unit(sub(axis, scale(v, dot(axis, v))));
  frames[lower] = { at: middle, turn: [cross(scale(v, -1), low), scale(v, -1), low] };
}
