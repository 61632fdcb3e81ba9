// Vectors are [x, y, z]; a rotation is its three columns, [x axis, y axis, z axis].
/** @typedef {[number, number, number]} Vec */
/** @typedef {[Vec, Vec, Vec]} Mat */

/** @type {Vec} */
export const UP = [0, 1, 0];
/** Fill up a list with zeros. @type {(list: number[]) => Vec} */
export const vec = (list) => [list[0] ?? 0, list[1] ?? 0, list[2] ?? 0];
/** @type {(a: Vec, b: Vec, k?: number) => Vec} */
export const add = (a, b, k = 1) => [a[0] + k * b[0], a[1] + k * b[1], a[2] + k * b[2]];
/** @type {(a: Vec, b: Vec) => Vec} */
export const sub = (a, b) => add(a, b, -1);
/** @type {(a: Vec, k: number) => Vec} */
export const scale = (a, k) => [a[0] * k, a[1] * k, a[2] * k];
/** @type {(a: Vec, b: Vec) => number} */
export const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
/** @type {(a: Vec, b: Vec) => Vec} */
export const cross = (a, b) => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
/** @type {(a: Vec) => number} */
export const length = (a) => Math.hypot(...a);
/** @type {(a: Vec) => Vec} */
export const unit = (a) => scale(a, 1 / (length(a) || 1));
/** @type {(a: Vec, b: Vec, k: number) => Vec} */
export const mix = (a, b, k) => add(scale(a, 1 - k), b, k);

/** @type {Mat} */
export const IDENTITY = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
/** @type {(m: Mat, v: Vec) => Vec} */
export const turn = (m, v) => add(add(scale(m[0], v[0]), m[1], v[1]), m[2], v[2]);
/** @type {(m: Mat, n: Mat) => Mat} */
export const times = (m, n) => [turn(m, n[0]), turn(m, n[1]), turn(m, n[2])];

/**
 * Return the rotation by `degrees` about `axis` (Rodrigues).
 * @param {Vec} axis
 * @param {number} degrees
 * @returns {Mat}
 */
export function about(axis, degrees) {
  const angle = (degrees * Math.PI) / 180;
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  /** @type {(v: Vec) => Vec} */
  const spin = (v) => add(add(scale(v, c), cross(axis, v), s), axis, dot(axis, v) * (1 - c));
  return [spin([1, 0, 0]), spin([0, 1, 0]), spin([0, 0, 1])];
}

/**
 * Return the rotation by z, then x, then y degrees about the axes as they have been turned.
 * @param {number} z
 * @param {number} x
 * @param {number} y
 * @returns {Mat}
 */
export function euler(z, x, y) {
  const rad = Math.PI / 180;
  const [a, b, c] = [Math.cos(z * rad), Math.cos(x * rad), Math.cos(y * rad)];
  const [p, q, r] = [Math.sin(z * rad), Math.sin(x * rad), Math.sin(y * rad)];
  return [
    [a * c - p * q * r, p * c + a * q * r, -b * r],
    [-p * b, a * b, q],
    [a * r + p * q * c, p * r - a * q * c, b * c],
  ];
}
