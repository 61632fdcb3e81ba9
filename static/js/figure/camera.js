// How a camera sees the body, and what the picture is made of.
import { hull, line } from "./shapes.js";
import { add, cross, dot, turn } from "./vec.js";
/** @typedef {import("./vec.js").Vec} Vec */
/** @typedef {import("./shapes.js").Circle} Circle */
/** @typedef {import("./skeleton.js").Frames} Frames */
/** @typedef {{ yaw: number, pitch: number, flip?: boolean, other?: boolean }} Camera degrees; flip: a mirror held up; other: the body's own sides changed */
/** @typedef {[string, string, number?, string?]} Shape class, path data, width of a line, transform */
/** @typedef {{ depth: number, shapes: Shape[] }} Layer */
/** @typedef {ReturnType<typeof viewOf>} View */

/** Units of the picture in a centimetre: whole numbers of them are fine enough for a still. */
export const UNITS = 2;

/**
 * Return how a camera sees: x to the right and y down in units, and how near in centimetres.
 * @param {Camera} camera
 * @param {number} [step] units to which path data are rounded
 */
export function viewOf({ yaw, pitch, flip, other }, step = 1) {
  const [a, b] = [(yaw * Math.PI) / 180, (pitch * Math.PI) / 180];
  /** @type {Vec} */
  const toward = [Math.sin(a) * Math.cos(b), Math.sin(b), Math.cos(a) * Math.cos(b)];
  /** @type {Vec} */
  const right = [Math.cos(a), 0, -Math.sin(a)];
  const up = cross(toward, right);
  const swap = other ? -1 : 1;
  const aside = flip ? -UNITS : UNITS;
  /** @type {(x: number, y: number, z: number, r?: number) => Circle} */
  const circle = (x, y, z, r = 0) => [
    aside * (right[0] * x + right[2] * swap * z),
    -UNITS * (up[0] * x + up[1] * y + up[2] * swap * z),
    r * UNITS,
  ];
  return {
    circle,
    near: (/** @type {Vec} */ [x, y, z]) => dot(toward, [x, y, swap * z]),
    circles: (/** @type {number[][]} */ balls) =>
      balls.map((one) => circle(one[0], one[1], one[2], one[3])),
    hull: (/** @type {Circle[]} */ circles) => hull(circles, step),
    line: (/** @type {number[][]} */ points) => line(points, step),
    toward: /** @type {Vec} */ ([toward[0], toward[1], swap * toward[2]]),
    sin: Math.sin(b),
  };
}

/** @type {(frames: Frames, view: View, bone: string, x: number, y: number, z: number) => number} */
export function depthOf(frames, view, bone, ...at) {
  return view.near(add(frames[bone].at, turn(frames[bone].turn, at)));
}
