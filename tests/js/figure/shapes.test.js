import assert from "node:assert/strict";
import { test } from "node:test";
import { hull, line } from "../../../static/js/figure/shapes.js";
/** @typedef {import("../../../static/js/figure/shapes.js").Circle} Circle */

/** @param {Circle[]} circles */
const corners = (circles) => hull(circles, 1).match(/[Mlhv]/g)?.length;

test("a rubber band round four equal corners has four corners, in whatever order they come", () => {
  /** @type {Circle[]} */
  const square = [
    [100, 0, 1],
    [100, 50, 1],
    [0, 50, 1],
    [0, 0, 1],
  ];
  for (let i = 0; i < 4; i++) assert.equal(corners([...square.slice(i), ...square.slice(0, i)]), 4);
  assert.equal(corners(square.reverse()), 4);
});

test("what lies inside is left out, and one circle alone is a disc", () => {
  assert.equal(
    hull(
      [
        [0, 0, 20],
        [5, 5, 3],
        [-4, 2, 6],
      ],
      1,
    ),
    "M-20 0a20 20 0 1140 0a20 20 0 11-40 0z",
  );
});

test("a disc stays round wherever it lies, and whatever its size", () => {
  for (const [x, r] of [
    [0.3, 20.3],
    [0.7, 20.6],
    [10.4, 3.2],
  ]) {
    const [, radius, chord] = hull([[x, 0, r]], 1).match(/a(\d+) \d+ 0 11(\d+)/) ?? [];
    assert.equal(Number(chord), 2 * Number(radius));
  }
});

test("two circles are joined by their tangents", () => {
  const path = hull(
    [
      [0, 0, 20],
      [100, 0, 20],
    ],
    1,
  );
  assert.equal(path, "M100-20a20 20 0 010 40h-100a20 20 0 010-40z");
});

test("a path of whole steps ends where it began, however small its parts", () => {
  const points = Array.from({ length: 50 }, (_, i) => [i * 0.4, Math.sin(i)]);
  const moves = line(points, 1).matchAll(/[Mlh](-?\d+)/g);
  const across = [...moves].reduce((sum, [, x]) => sum + Number(x), 0);
  assert.equal(across, Math.round(49 * 0.4));
});
