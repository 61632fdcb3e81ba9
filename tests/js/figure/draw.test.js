import assert from "node:assert/strict";
import { test } from "node:test";
import { draw } from "../../../static/js/figure/draw.js";
import { rig } from "../../../static/js/figure/solve.js";
/** @typedef {import("../../../static/js/figure/poses.js").Key} Key */
/** @typedef {import("../../../static/js/figure/props.js").Prop} Prop */

const none = { work: [], faint: [], sides: "both" };

/** Shapes of a standing body, as they are painted. @param {number} yaw @param {Prop[]} [props] @param {Key} [key] */
const shapes = (yaw, props = [], key = {}) =>
  draw(rig({ start: "", end: "", props, keys: [key] }).scene(0), { yaw, pitch: 8 }, none);

/** @param {number} yaw */
const names = (yaw) => shapes(yaw).map(([name]) => name);

test("from in front the throat shows over the jersey, from behind the collar closes over the neck", () => {
  const jersey = (/** @type {number} */ yaw) => names(yaw).indexOf("f-jersey");
  assert.ok(names(90).slice(jersey(90)).includes("f-skin"));
  const neck = (/** @type {number} */ yaw) => names(yaw)[jersey(yaw) - 1];
  assert.equal(neck(-90), "f-skin");
  assert.notEqual(neck(90), "f-skin");
});

test("the hand that holds a weight is before it, and closed", () => {
  const free = shapes(0).map(([, d]) => d);
  const held = shapes(0, [{ kind: "weight", on: ["palm_r"], turn: 90 }]);
  const order = held.filter(([, d]) => !free.includes(d)).map(([name]) => name);
  assert.deepEqual(order, ["f-bar", "f-weight", "f-weight", "f-skin"]);
});

test("a push is two arrows, and none while nothing pushes", () => {
  /** @type {Prop[]} */
  const push = [{ kind: "push", on: ["knee_l", "knee_r"] }];
  const arrows = (/** @type {number} */ k) =>
    shapes(90, push, { push: k }).filter(([name]) => name === "f-push");
  assert.deepEqual([arrows(0).length, arrows(1).length], [0, 2]);
  const middle = (/** @type {string} */ d) => Number(d.match(/M(-?\d+)/)?.[1]);
  const [left, right] = arrows(1).map(([, d]) => middle(d));
  assert.ok(Math.sign(left) !== Math.sign(right));
});

test("a squeeze is two arrows inward", () => {
  /** @type {Prop[]} */
  const push = [{ kind: "push", on: ["knee_l", "knee_r"] }];
  /** The points of the left arrow, from the middle of the body. @param {number} k */
  const left = (k) => {
    const d = shapes(90, push, { push: k }).find(([name]) => name === "f-push")?.[1] ?? "";
    const [shaft, head] = d.split(/(?=M)/).map((part) => Number(part.match(/M(-?\d+)/)?.[1]));
    return Math.abs(head) - Math.abs(shaft);
  };
  assert.ok(left(1) > 0 && left(-1) < 0, `${left(1)}, ${left(-1)}`);
});

test("an effort without a movement is seen in the glow, any other glow stays as it is", () => {
  const lit = { work: ["gluteus-maximus"], faint: [], sides: "r" };
  /** @param {Key} key */
  const glow = (key) =>
    draw(rig({ start: "", end: "", keys: [key] }).scene(0), { yaw: -90, pitch: 8 }, lit).filter(
      ([name]) => name.startsWith("f-work"),
    );
  const wide = (/** @type {Key} */ key) => Math.max(...glow(key).map((one) => one[2] ?? 0));
  assert.deepEqual([glow({}).length, glow({ push: -1 }).length], [2, 3]);
  assert.ok(wide({ push: -1 }) > wide({}) && wide({ push: 1 }) > wide({ push: 0.5 }));
  assert.ok(glow({ push: 0 }).every(([name]) => name.includes("f-faint")));
});
