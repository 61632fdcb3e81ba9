// The head: a face that looks somewhere, hair, and a cycling cap.
import { FLESH, inWorld } from "./body.js";
import { hull } from "./shapes.js";
import { dot, turn } from "./vec.js";
import { paint } from "./draw.js";
/** @typedef {import("./vec.js").Vec} Vec */
/** @typedef {import("./body.js").Ball} Ball */

/** @type {Record<string, Ball[]>} */
const PARTS = {
  nose: [
    [11, 9.4, 0, 1.5],
    [10.2, 12, 0, 1.1],
  ],
  cap: [
    [8, 15.2, 4, 2.2],
    [8, 15.2, -4, 2.2],
    [0, 15, 7.6, 2.2],
    [0, 15, -7.6, 2.2],
    [-7.6, 13.8, 4, 2.2],
    [-7.6, 13.8, -4, 2.2],
    [-0.5, 17.6, 0, 6.2],
  ],
  peak: [
    [9, 14.9, 5, 1.1],
    [9, 14.9, -5, 1.1],
    [16, 13.4, 3.2, 0.8],
    [16, 13.4, -3.2, 0.8],
  ],
  hair: [
    [-5.4, 12, 4, 4.4],
    [-5.4, 12, -4, 4.4],
    [-5.2, 6.6, 2.6, 4.2],
    [-5.2, 6.6, -2.6, 4.2],
  ],
};

/** @param {import("./skeleton.js").Frames} frames @param {import("./draw.js").View} view */
export function drawHead(frames, view) {
  const of = (/** @type {Ball[]} */ balls) => view.circles(inWorld(frames, "head", balls));
  const faces = (/** @type {Vec} */ way) => dot(turn(frames.head.turn, way), view.toward);
  const ahead = faces([1, 0, 0]);
  const skin = paint("skin", [
    of(FLESH.skull),
    [...of(FLESH.jaw), ...of([FLESH.skull[1]])],
    of(PARTS.nose),
  ]);
  const hair = `<path class="f-hair" d="${hull(of(PARTS.hair))}"/>`;
  const peak = paint("peak", [of(PARTS.peak)]);
  const cap = paint("cap", [of(PARTS.cap)]);
  const eyes = [-1, 1].map((s) =>
    dots(faces([0.8, 0, 0.6 * s]) > 0.12, of([[9.6, 10.8, 3.5 * s, 0.95]])),
  );
  const ears = [-1, 1].map((s) =>
    faces([0, 0, s]) > 0.2
      ? `<path class="f-skin" d="${hull(
          of([
            [-0.6, 10.6, 8.8 * s, 1.8],
            [-1, 8.4, 8.4 * s, 1.3],
          ]),
        )}"/>`
      : "",
  );
  const front = skin + (ahead > 0.75 ? "" : hair) + ears.join("") + eyes.join("");
  return (
    (ahead > 0.75 ? hair : "") +
    (ahead < -0.25 ? peak : "") +
    front +
    cap +
    (ahead < -0.25 ? "" : peak)
  );
}

/** @param {boolean} seen @param {import("./shapes.js").Circle[]} circles */
const dots = (seen, circles) => (seen ? `<path class="f-eye" d="${hull(circles)}"/>` : "");
