// The head: a face that looks somewhere, hair, and a cycling cap.
import { FLESH, inWorld } from "./body.js";
import { dot, turn } from "./vec.js";
import { UNITS } from "./camera.js";
import { light } from "./light.js";
/** @typedef {import("./vec.js").Vec} Vec */
/** @typedef {import("./body.js").Ball} Ball */
/** @typedef {import("./camera.js").Shape} Shape */

/** @type {Ball[]} */
const NOSE = [
  [11, 9.4, 0, 1.5],
  [10.2, 12, 0, 1.1],
];
/** @type {Ball[]} */
const CAP = [
  [8, 15.2, 4, 2.2],
  [8, 15.2, -4, 2.2],
  [0, 15, 7.6, 2.2],
  [0, 15, -7.6, 2.2],
  [-7.6, 13.8, 4, 2.2],
  [-7.6, 13.8, -4, 2.2],
  [-0.5, 17.6, 0, 6.2],
];
/** @type {Ball[]} */
const PEAK = [
  [9, 14.9, 5, 1.1],
  [9, 14.9, -5, 1.1],
  [16, 13.4, 3.2, 0.8],
  [16, 13.4, -3.2, 0.8],
];
/** @type {Ball[]} */
const HAIR = [
  [-5.4, 12, 4, 4.4],
  [-5.4, 12, -4, 4.4],
  [-5.2, 6.6, 2.6, 4.2],
  [-5.2, 6.6, -2.6, 4.2],
];

/** @param {import("./skeleton.js").Frames} frames @param {import("./camera.js").View} view @returns {Shape[]} */
export function drawHead(frames, view) {
  const of = (/** @type {Ball[]} */ balls) => view.circles(inWorld(frames, "head", balls));
  /** @type {(name: string, balls: Ball[]) => Shape} */
  const part = (name, balls) => [name, view.hull(of(balls))];
  const faces = (/** @type {Vec} */ way) => dot(turn(frames.head.turn, way), view.toward);
  const ahead = faces([1, 0, 0]);
  const face = [[...FLESH.jaw, ...FLESH.skull], NOSE].map((one) => view.hull(of(one)));
  const hair = part("f-hair", HAIR);
  const peak = part("f-peak", PEAK);
  /** @type {Shape[]} */
  const shapes = [["f-skin", face.join("")]];
  if (ahead > 0.75) shapes.unshift(hair);
  else shapes.push(hair);
  for (const s of [-1, 1]) {
    if (faces([0, 0, s]) > 0.2)
      shapes.push(
        part("f-skin", [
          [-0.6, 10.6, 8.8 * s, 1.8],
          [-1, 8.4, 8.4 * s, 1.3],
        ]),
      );
    if (faces([0.8, 0, 0.6 * s]) > 0.12)
      shapes.push(["f-eye", view.line(of([[9.6, 10.8, 3.5 * s, 0]])), 2 * UNITS]);
  }
  shapes.push(part("f-cap", CAP), light(view, of([CAP[0], CAP[1], CAP[6]])));
  if (ahead < -0.25) shapes.unshift(peak);
  else shapes.push(peak);
  return shapes;
}
