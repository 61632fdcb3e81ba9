// Draws the things: mats and walls behind all, the others each at its depth.
import { add, cross, dot, mix, scale, turn } from "./vec.js";
import { middle } from "./props.js";
import { UNITS } from "./camera.js";
/** @typedef {import("./vec.js").Vec} Vec */
/** @typedef {import("./props.js").Placed} Placed */
/** @typedef {import("./camera.js").View} View */
/** @typedef {import("./camera.js").Layer} Layer */
/** @typedef {import("./camera.js").Shape} Shape */
/** @typedef {import("./solve.js").Scene} Scene */

/** @param {Scene} scene @param {View} view @returns {{ ground: Shape[], layers: Layer[] }} */
export function drawProps(scene, view) {
  /** @type {Shape[]} */
  const ground = [];
  /** @type {Layer[]} */
  const layers = [];
  for (const prop of scene.props) {
    if (prop.kind === "mat" || prop.kind === "wall") ground.push(flat(prop, view));
    else layers.push((DRAW[prop.kind] ?? box)(prop, view, scene));
  }
  return { ground, layers };
}

/** Points of one thickness, as one face. @type {(view: View, name: string, points: Vec[], r?: number) => Shape} */
const face = (view, name, points, r = 0.6) => [
  `f-${name}`,
  view.hull(points.map(([x, y, z]) => view.circle(x, y, z, r))),
];

/** The corners of a box at height `y`. @param {Placed} prop @param {number} y @param {number} [inset] @returns {Vec[]} */
const corners = ({ at, size, ahead, aside }, y, inset = 0) =>
  [1, 1, -1, -1].map((i, n) =>
    add(
      add([at[0], at[1] + y, at[2]], ahead, i * (size[0] / 2 - inset)),
      aside,
      (n % 3 ? -1 : 1) * (size[2] / 2 - inset),
    ),
  );

/** @param {Placed} prop @param {View} view */
function flat(prop, view) {
  const upright = prop.size[1] ? corners(prop, prop.size[1]) : [];
  return face(view, prop.kind, [...corners(prop, 0), ...upright], upright.length ? 1 : 2.5);
}

/** @param {Placed} prop @param {View} view @returns {Layer} */
function box(prop, view) {
  const { kind, size } = prop;
  const depth = view.near(prop.at) - Math.hypot(size[0], size[2]) / 4;
  if (kind === "cushion" || kind === "pillow") {
    const r = Math.min(3, size[1] / 2);
    const all = [...corners(prop, r, r), ...corners(prop, size[1] - r, r)];
    return { depth, shapes: [face(view, "soft", all, r)] };
  }
  const [low, high] = [corners(prop, 0), corners(prop, size[1])];
  const shapes = [face(view, "wood", high)];
  for (const [way, s, a, b] of /** @type {[Vec, number, number, number][]} */ ([
    [prop.ahead, 1, 0, 1],
    [prop.ahead, -1, 2, 3],
    [prop.aside, 1, 0, 3],
    [prop.aside, -1, 1, 2],
  ])) {
    const facing = s * dot(way, view.toward);
    const name = facing > 0.7 ? "wood f-front" : "wood f-side";
    if (facing > 0.02) shapes.unshift(face(view, name, [low[a], low[b], high[b], high[a]]));
  }
  return { depth, shapes };
}

/** A chair: seat, back and four legs; `ahead` is where one looks who sits on it. @type {(prop: Placed, view: View) => Layer} */
function chair(prop, view) {
  const seat = corners(prop, prop.size[1] - 2, 1.5);
  const back = seat.slice(2);
  const high = back.map((p) => add(p, [-prop.ahead[0] * 5, 42, -prop.ahead[2] * 5]));
  const sticks = [
    ...seat.map((top) => [top, [top[0], prop.at[1] + 1, top[2]]]),
    ...back.map((p, i) => [p, high[i]]),
  ];
  const rest = [...high, ...back.map((p, i) => mix(p, high[i], 0.5))];
  return {
    depth: view.near(prop.at) - 12,
    shapes: [
      ...sticks.map((two) => face(view, "wood f-side", /** @type {Vec[]} */ (two), 1.3)),
      face(view, "wood", rest, 1.6),
      face(view, "wood", seat, 2),
    ],
  };
}

/** A round of foam: at both ends a disc, which is seen as many small ones. @type {(prop: Placed, view: View) => Layer} */
function roller(prop, view) {
  const { at, r, aside, ahead, size } = prop;
  const ring = (/** @type {number} */ s, /** @type {number} */ wide) =>
    Array.from({ length: 24 }, (_, i) => {
      const a = (i * Math.PI) / 12;
      const end = add(add(at, [0, r, 0]), aside, (s * size[2]) / 2);
      return add(add(end, ahead, wide * Math.cos(a)), [0, 1, 0], wide * Math.sin(a));
    });
  const near = dot(aside, view.toward) > 0 ? 1 : -1;
  return {
    depth: view.near(at) - 4,
    shapes: [
      face(view, "roller", [...ring(1, r), ...ring(-1, r)], 0),
      face(view, "roller f-front", ring(near, r - 0.6), 0),
      face(view, "hole", ring(near, r * 0.45), 0),
    ],
  };
}

/** @type {(prop: Placed, view: View) => Layer} */
const ball = ({ at, r }, view) => ({
  depth: view.near(at) + 1,
  shapes: [face(view, "ball", [add(at, [0, r, 0])], r)],
});

/** A strap runs through all that `on` names. @type {(prop: Placed, view: View, scene: Scene) => Layer} */
function strap({ on }, view, { frames }) {
  const points = on.map((part) => middle(frames, part));
  const path = view.line(view.circles(points));
  return {
    depth: Math.max(...points.map(view.near)) + 4,
    shapes: [
      ["f-strap f-edge", path, 2.25 * UNITS],
      ["f-strap", path, 1.75 * UNITS],
    ],
  };
}

/** A roller stick: `on` names the two hands that hold it. @type {(prop: Placed, view: View, scene: Scene) => Layer} */
function stick({ on }, view, { frames }) {
  const [a, b] = on.map((part) => middle(frames, part));
  const bar = (/** @type {string} */ name, /** @type {number} */ k, /** @type {number} */ r) =>
    face(view, name, [mix(a, b, k), mix(a, b, 1 - k)], r);
  return {
    depth: view.near(mix(a, b, 0.5)) + 5,
    shapes: [bar("bar", -0.2, 1.4), bar("ball", 0.2, 2.4)],
  };
}

/** Where on a leg a loop lies, and how far from the bone's middle it is. @type {Record<string, [Vec, number]>} */
const ROUND = { thigh: [[0, -36, 0], 7], shank: [[0, -36, 0], 5], foot: [[9, -2, 0], 4.5] };

/** A loop round both legs at `on` (thigh, shank or foot). @type {(prop: Placed, view: View, scene: Scene) => Layer} */
function loop({ on }, view, { frames }) {
  const [from, wide] = ROUND[on[0]];
  const legs = ["l", "r"].map((side) => {
    const { at, turn: m } = frames[`${on[0]}_${side}`];
    return add(at, turn(m, from));
  });
  const [a, b] = view.circles(legs);
  const far = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]].map((d) => (d / far) * wide * UNITS);
  const r = 1.7 * UNITS;
  return {
    depth: Math.max(...[...legs, frames.thigh_l.at, frames.thigh_r.at].map(view.near)) + 8,
    shapes: [
      [
        "f-band",
        view.hull([
          [a[0] - dx, a[1] - dy, r],
          [b[0] + dx, b[1] + dy, r],
        ]),
      ],
    ],
  };
}

/** A dumbbell in the hands that `on` names, or between them. @type {(prop: Placed, view: View, scene: Scene) => Layer} */
function weight({ on, aside }, view, { frames }) {
  const grips = on.map((part) => middle(frames, part));
  const held = scale(
    grips.reduce((a, b) => add(a, b)),
    1 / grips.length,
  );
  const plate = (/** @type {number} */ s) => [
    add(held, aside, s * 7.5),
    add(held, aside, s * 12.5),
  ];
  return {
    depth: view.near(held) - 1,
    shapes: [
      face(view, "bar", [add(held, aside, -10), add(held, aside, 10)], 1.4),
      face(view, "weight", plate(-1), 5),
      face(view, "weight", plate(1), 5),
    ],
  };
}

/** Arrows outward, or inward where it is less than 0, by the pose's `push`. @type {(prop: Placed, view: View, scene: Scene) => Layer} */
function push({ on }, view, { frames, pose }) {
  const effort = pose.push?.[0] ?? 1;
  const long = 9 * Math.abs(effort);
  const aside = frames.pelvis.turn[2];
  const across = cross(aside, view.toward);
  const ends = [0, long, 7 + long].map((far) => 9 + (effort < 0 ? 7 + long - far : far));
  const shapes = on.map((part, i) => {
    const [from, end, tip] = ends.map((far) => add(middle(frames, part), aside, i ? far : -far));
    const arrow = face(view, "push", [from, end], 1.5);
    arrow[1] += face(view, "push", [tip, add(end, across, 6), add(end, across, -6)])[1];
    return arrow;
  });
  return { depth: Infinity, shapes: long ? shapes : [] };
}

/** @type {Record<string, (prop: Placed, view: View, scene: Scene) => Layer>} */
const DRAW = { chair, roller, ball, strap, "loop-band": loop, stick, weight, push };
