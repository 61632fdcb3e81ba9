// Keeps hands, feet, shins and forearms where the first key has them, whatever the body does above.
import { partBalls } from "./body.js";
import { gap, outward, top } from "./props.js";
import { reach } from "./reach.js";
import { ANKLE, FOREARM, place } from "./skeleton.js";
import {
  about,
  add,
  cross,
  dot,
  euler,
  mix,
  scale,
  sub,
  times,
  turn,
  unit,
  UP,
  vec,
} from "./vec.js";
/** @typedef {import("./vec.js").Vec} Vec */
/** @typedef {import("./vec.js").Mat} Mat */
/** @typedef {import("./skeleton.js").Frame} Frame */
/** @typedef {import("./skeleton.js").Frames} Frames */
/** @typedef {import("./skeleton.js").Angles} Angles */
/** @typedef {import("./props.js").Placed} Placed */
/** @typedef {import("./solve.js").Scene} Scene */
/** @typedef {{ limb: string, side: string, on: string, spot: Vec, ahead: Vec }} Pinned */

/**
 * Return where a hand or a foot is kept: under where the first key has it, or at `at` [x, z].
 * @param {string} name foot_l, foot_r, hand_l or hand_r
 * @param {string | import("./poses.js").Pin} pin
 * @param {Scene} first
 * @returns {Pinned}
 */
export function pinned(name, pin, { frames, props, pose }) {
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

/** Bring what is pinned to its place. @param {Scene} scene @param {Pinned} pin */
export const keep = (scene, pin) => (LAID[pin.limb] ?? hold)(scene, pin);

/** Bring a pinned hand or foot there by the two bones above it. @param {Scene} scene @param {Pinned} pin */
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
