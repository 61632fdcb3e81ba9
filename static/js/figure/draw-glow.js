// Draws what glows on the body where muscles work or stretch.
import { inWorld } from "./body.js";
import { depthOf } from "./camera.js";
import { MUSCLES } from "./muscles.js";
import { dot, turn } from "./vec.js";
/** @typedef {import("./vec.js").Vec} Vec */
/** @typedef {import("./skeleton.js").Frames} Frames */
/** @typedef {import("./camera.js").View} View */
/** @typedef {import("./camera.js").Layer} Layer */
/** @typedef {{ work: string[], faint: string[], sides: string, stretch?: boolean }} Lit the muscles that glow */

const SIDES = ["l", "r"];

/** How wide the lines of a glow are: one in the other. An effort without a movement swells. */
const [FAINT, FULL, STRONG] = [[0.9], [1, 0.65], [1.3, 1, 0.65]];

/** @param {Frames} frames @param {View} view @param {Lit} lit @param {number} [effort] 0 to 1, where it is all that changes @returns {Layer[]} */
export function glow(frames, view, { work, faint, sides, stretch }, effort) {
  const name = stretch ? "f-stretch" : "f-work";
  const lines = effort === undefined ? FULL : STRONG.map((k) => k * (0.6 + 0.4 * effort));
  const resting = effort !== undefined && effort < 0.15;
  const all = [...faint, ...work].map((muscle, i) =>
    (sides === "both" ? SIDES : [sides]).map((side) =>
      i < faint.length || resting
        ? patch(frames, view, muscle, side, `${name} f-faint`, FAINT)
        : patch(frames, view, muscle, side, name, lines),
    ),
  );
  return all.flat(2);
}

/** A muscle: lines along it. @type {(frames: Frames, view: View, muscle: string, side: string, name: string, lines: number[]) => Layer[]} */
function patch(frames, view, muscle, side, name, lines) {
  const [spots, [x, y, z]] = MUSCLES[muscle] ?? [[], [0, 0, 0]];
  if (!spots.length) return [];
  const bone = (/** @type {string} */ of) => (frames[`${of}_${side}`] ? `${of}_${side}` : of);
  const way = turn(frames[bone(spots[0][0])].turn, [x, y, side === "l" ? -z : z]);
  const behind = dot(way, view.toward) < -0.35;
  if (behind && name.includes("f-faint")) return [];
  const circles = view.circles(
    spots.flatMap(([of, ...ball]) => inWorld(frames, bone(of), [ball], side)),
  );
  const path = view.line(circles);
  const wide = (2 * circles.reduce((sum, one) => sum + one[2], 0)) / circles.length;
  // The nearer part is drawn over the knee.
  const bones = spots.flatMap(([of]) => (of === "shank" ? [of, "thigh"] : of));
  const owners = bones.map((of) => {
    // The trunk lies at the depth of the jersey.
    const own = /pelvis|thorax/.test(of) ? "lumbar" : of;
    const [px, py, pz] = OWN_DEPTH[own];
    return depthOf(frames, view, bone(own), px, py, pz);
  });
  const full = behind ? `${name} f-behind` : name;
  return [
    {
      depth: (behind ? Math.min(...owners) : Math.max(...owners)) + 0.2,
      shapes: (behind ? FAINT : lines).map((k) => [full, path, Math.round(wide * k)]),
    },
  ];
}

/** Where on a bone the layer's own depth is taken. @type {Record<string, Vec>} */
const OWN_DEPTH = {
  thigh: [0, -20, 0],
  shank: [0, -20, 0],
  lumbar: [0, 7, 0],
  upperarm: [0, -12, 0],
};
