// How much room a movement takes in the picture.
import { viewOf } from "./camera.js";
import { middle } from "./props.js";
import { add } from "./vec.js";
/** @typedef {import("./vec.js").Vec} Vec */
/** @typedef {import("./solve.js").Scene} Scene */
/** @typedef {import("./camera.js").Camera} Camera */

/**
 * Return the box [left, top, right, bottom] in units that holds some scenes.
 * @param {Scene[]} scenes
 * @param {Camera} camera
 */
export function bounds(scenes, camera) {
  const view = viewOf(camera);
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const put = (/** @type {Vec} */ p, /** @type {number} */ reach) => {
    const [x, y, r] = view.circle(...p, reach);
    box[0] = Math.min(box[0], x - r);
    box[1] = Math.min(box[1], y - r);
    box[2] = Math.max(box[2], x + r);
    box[3] = Math.max(box[3], y + r);
  };
  for (const { frames, props } of scenes) {
    for (const { at, turn: m } of Object.values(frames)) (put(at, 7), put(add(at, m[1], 1), 7));
    put(add(frames.head.at, frames.head.turn[1], 14), 11);
    for (const side of ["l", "r"])
      put(add(frames[`hand_${side}`].at, frames[`hand_${side}`].turn[1], -15), 3);
    for (const { on } of props.filter((one) => one.kind === "push"))
      on.forEach((part, i) =>
        put(add(middle(frames, part), frames.pelvis.turn[2], i ? 26 : -26), 1),
      );
    for (const prop of props.filter((one) => one.kind !== "wall" && one.size[0]))
      for (const k of [-0.5, 0.5]) {
        for (const j of [-0.5, 0.5]) {
          const base = add(
            add(prop.at, prop.ahead, k * prop.size[0]),
            prop.aside,
            j * prop.size[2],
          );
          put(base, 1);
          put(add(base, [0, prop.size[1], 0]), 1);
        }
      }
  }
  return box;
}
