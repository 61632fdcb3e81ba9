// The things around the body: their sizes in centimetres, where they stand, and how far a part of the body is from them.
import { add, dot, length, mix, sub, unit } from "./vec.js";
import { partBalls } from "./body.js";
/** @typedef {import("./vec.js").Vec} Vec */
/** @typedef {import("./skeleton.js").Frames} Frames */
/** @typedef {import("./body.js").Ball} Ball */
/**
 * @typedef {{ kind: string, at?: number[], turn?: number, h?: number, on?: string[], rolls?: number, size?: number[] }} Prop
 * @typedef {{ kind: string, at: Vec, ahead: Vec, aside: Vec, size: Vec, r: number, on: string[] }} Placed
 */

/** [along its ahead, height, along its aside] and, for round things, the radius. @type {Record<string, [Vec, number]>} */
const SIZES = {
  mat: [[190, 0, 64], 0],
  roller: [[15, 15, 45], 7.5],
  ball: [[7, 7, 7], 3.4],
  wall: [[0, 205, 150], 0],
  step: [[34, 15, 70], 0],
  bench: [[48, 42, 110], 0],
  bed: [[110, 48, 190], 0],
  chair: [[42, 45, 42], 0],
  cushion: [[34, 5, 34], 0],
  pillow: [[34, 9, 46], 0],
  weight: [[9, 9, 26], 0],
};

/**
 * Return the prop as it stands when the body has been shifted by `shift` from where it began.
 * @param {Prop} prop
 * @param {number[]} shift
 * @returns {Placed}
 */
export function placed(prop, shift) {
  const [size, r] = SIZES[prop.kind] ?? [[0, 0, 0], 0];
  const [x, z, y = 0] = prop.at ?? [0, 0];
  const angle = ((prop.turn ?? 0) * Math.PI) / 180;
  const part = prop.rolls ?? 0;
  const [w, h, d] = prop.size ?? size;
  return {
    kind: prop.kind,
    at: add([x, y, z], [shift[0] ?? 0, r < 5 ? (shift[1] ?? 0) : 0, shift[2] ?? 0], part),
    ahead: [Math.cos(angle), 0, -Math.sin(angle)],
    aside: [Math.sin(angle), 0, Math.cos(angle)],
    size: [w, prop.h ?? h, d],
    r,
    on: prop.on ?? [],
  };
}

/** Return the height of what lies flat there: 0 for the floor. @param {Placed | undefined} prop */
export const top = (prop) => (prop ? prop.at[1] + prop.size[1] : 0);

/**
 * Return the way out of a surface at `from`: up, except for walls and round things.
 * @param {Placed | undefined} prop
 * @param {Vec} from
 * @returns {Vec}
 */
export function outward(prop, from) {
  if (prop?.kind === "wall") return prop.ahead;
  if (prop?.r) return unit(sub(from, nearest(prop, from)));
  return [0, 1, 0];
}

/**
 * Return how many centimetres lie between balls (each joined to the next) and a surface; negative where they sink in.
 * @param {Ball[]} balls
 * @param {Placed | undefined} prop the floor, if undefined
 */
export function gap(balls, prop) {
  const away = balls.map((one) => distance(one, prop));
  if (!prop?.r) return Math.min(...away);
  for (let i = 1; i < balls.length; i++)
    for (let k = 0.05; k < 1; k += 0.05)
      away.push(distance(between(balls[i - 1], balls[i], k), prop));
  return Math.min(...away);
}

/** @type {(a: Ball, b: Ball, k: number) => Ball} */
const between = (a, b, k) => [
  ...mix([a[0], a[1], a[2]], [b[0], b[1], b[2]], k),
  a[3] + (b[3] - a[3]) * k,
];

/** @type {(ball: Ball, prop: Placed | undefined) => number} */
function distance([x, y, z, r], prop) {
  if (prop?.kind === "wall") return dot(sub([x, y, z], prop.at), prop.ahead) - r;
  if (prop?.r) return length(sub([x, y, z], nearest(prop, [x, y, z]))) - prop.r - r;
  return y - top(prop) - r;
}

/** Return the point of a round prop's axis (a ball's is its centre) nearest to `from`. @param {Placed} prop @param {Vec} from */
function nearest(prop, from) {
  const middle = add(prop.at, [0, prop.r, 0]);
  const half = (prop.size[2] - 2 * prop.r) / 2;
  const along = Math.max(-half, Math.min(half, dot(sub(from, middle), prop.aside)));
  return add(middle, prop.aside, Math.max(0, half) && along);
}

/** Return the middle of a part. @param {Frames} frames @param {string} part @returns {Vec} */
export function middle(frames, part) {
  const balls = partBalls(frames, part);
  const [a, b] = [balls[0], balls[balls.length - 1]];
  return mix([a[0], a[1], a[2]], [b[0], b[1], b[2]], 0.5);
}
