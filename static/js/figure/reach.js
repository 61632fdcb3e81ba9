// Bends an arm or a leg so that its end is where it should be: two bones, one hinge between them.
import { FOREARM, SHANK, THIGH, UPPER_ARM } from "./skeleton.js";
import { add, cross, dot, length, scale, sub, unit } from "./vec.js";
/** @typedef {import("./vec.js").Vec} Vec */
/** @typedef {import("./skeleton.js").Frames} Frames */

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
