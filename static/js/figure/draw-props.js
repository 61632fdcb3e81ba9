// Draws the things: mats and walls behind all, the others each at its depth.
import { chain, hull } from "./shapes.js";
import { add, dot, mix, scale, turn } from "./vec.js";
import { partBalls } from "./body.js";
/** @typedef {import("./vec.js").Vec} Vec */
/** @typedef {import("./props.js").Placed} Placed */
/** @typedef {import("./draw.js").View} View */
/** @typedef {import("./draw.js").Layer} Layer */
/** @typedef {import("./solve.js").Scene} Scene */
/** @typedef {import("./shapes.js").Circle} Circle */

/** @param {Scene} scene @param {View} view @returns {{ ground: string, layers: Layer[] }} */
export function drawProps(scene, view) {
  let ground = "";
  /** @type {Layer[]} */
  const layers = [];
  for (const prop of scene.props) {
    if (prop.kind === "mat" || prop.kind === "wall") ground += flat(prop, view);
    else layers.push(...(DRAW[prop.kind] ?? box)(prop, view, scene));
  }
  return { ground, layers };
}

/** @type {(view: View, points: Vec[], r?: number) => Circle[]} */
const seen = (view, points, r = 0.6) => view.circles(points.map(([x, y, z]) => [x, y, z, r]));

/** @type {(name: string, circles: Circle[]) => string} */
const face = (name, circles) => `<path class="f-${name}" d="${hull(circles)}"/>`;

/** The corners of a box at height `y`. @param {Placed} prop @param {number} y @param {number} [inset] @returns {Vec[]} */
const corners = (prop, y, inset = 0) =>
  [
    [1, 1],
    [1, -1],
    [-1, -1],
    [-1, 1],
  ].map(([i, j]) =>
    add(
      add([prop.at[0], prop.at[1] + y, prop.at[2]], prop.ahead, i * (prop.size[0] / 2 - inset)),
      prop.aside,
      j * (prop.size[2] / 2 - inset),
    ),
  );

/** @param {Placed} prop @param {View} view */
function flat(prop, view) {
  const upright = prop.kind === "wall";
  const points = upright ? [...corners(prop, 0), ...corners(prop, prop.size[1])] : corners(prop, 0);
  return face(prop.kind, seen(view, points, upright ? 1 : 2.5));
}

/** @param {Placed} prop @param {View} view @returns {Layer[]} */
function box(prop, view) {
  const [low, high] = [corners(prop, 0), corners(prop, prop.size[1])];
  const soft =
    prop.kind === "cushion" || prop.kind === "pillow" ? Math.min(3, prop.size[1] / 2) : 1;
  const name = soft > 1 ? "soft" : "wood";
  const depth = view.see(prop.at)[2] - Math.hypot(prop.size[0], prop.size[2]) / 4;
  const all = face(
    name,
    seen(view, [...corners(prop, soft, soft), ...corners(prop, prop.size[1] - soft, soft)], soft),
  );
  if (soft > 1) return [{ depth, svg: all }];
  const side = [prop.ahead, prop.aside].flatMap((way, i) =>
    [1, -1].map((s) => ({
      facing: s * dot(way, view.toward),
      pick: i ? (s > 0 ? [0, 3] : [1, 2]) : s > 0 ? [0, 1] : [2, 3],
    })),
  );
  const walls = side
    .filter((one) => one.facing > 0.02)
    .map(({ pick: [a, b], facing }) =>
      face(
        facing > 0.7 ? "wood f-front" : "wood f-side",
        seen(view, [low[a], low[b], high[b], high[a]]),
      ),
    );
  return [{ depth, svg: walls.join("") + face("wood", seen(view, high)) }];
}

/** A chair: seat, back and four legs; `ahead` is where one looks who sits on it. @type {(prop: Placed, view: View) => Layer[]} */
function chair(prop, view) {
  const seat = corners(prop, prop.size[1] - 2, 1.5);
  const legs = seat.map((top) =>
    face("wood f-side", seen(view, [top, [top[0], prop.at[1] + 1, top[2]]], 1.3)),
  );
  const back = [seat[2], seat[3]];
  const high = back.map((p) => add(p, [-prop.ahead[0] * 5, 42, -prop.ahead[2] * 5]));
  const posts = back.map((p, i) => face("wood f-side", seen(view, [p, high[i]], 1.3)));
  const rest = face(
    "wood",
    seen(view, [...high, ...back.map((p, i) => mix(p, high[i], 0.5))], 1.6),
  );
  const depth = view.see(prop.at)[2] - 12;
  return [
    { depth, svg: legs.join("") + posts.join("") + rest + face("wood", seen(view, seat, 2)) },
  ];
}

/** @type {(prop: Placed, view: View) => Layer[]} */
function roller(prop, view) {
  const half = prop.size[2] / 2;
  const middle = add(prop.at, [0, prop.r, 0]);
  const ring = (/** @type {number} */ s, /** @type {number} */ r) =>
    Array.from({ length: 28 }, (_, i) => {
      const a = (i * Math.PI) / 14;
      return add(
        add(add(middle, prop.aside, s * half), prop.ahead, r * Math.cos(a)),
        [0, 1, 0],
        r * Math.sin(a),
      );
    });
  const near = dot(prop.aside, view.toward) > 0 ? 1 : -1;
  const body = seen(view, [...ring(1, prop.r), ...ring(-1, prop.r)], 0);
  const svg =
    face("roller", body) +
    face("roller f-front", seen(view, ring(near, prop.r - 0.6), 0)) +
    face("hole", seen(view, ring(near, prop.r * 0.45), 0));
  return [{ depth: view.see(prop.at)[2] - 4, svg }];
}

/** @type {(prop: Placed, view: View) => Layer[]} */
const ball = (prop, view) => [
  {
    depth: view.see(prop.at)[2] + 1,
    svg: face("ball", view.circles([[...add(prop.at, [0, prop.r, 0]), prop.r]])),
  },
];

/** A strap runs through all that `on` names. @type {(prop: Placed, view: View, scene: Scene) => Layer[]} */
function strap(prop, view, { frames }) {
  const points = prop.on.map((part) => middleOf(partBalls(frames, part)));
  const depth = Math.max(...points.map((p) => view.see(p)[2])) + 4;
  return [{ depth, svg: `<path class="f-strap" d="${chain(seen(view, points, 0.9))}"/>` }];
}

/** @param {import("./body.js").Ball[]} balls @returns {Vec} */
const middleOf = (balls) => {
  const [a, b] = [balls[0], balls[balls.length - 1]];
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2];
};

/** A loop round both legs at `on` (thigh, shank or foot), `at` of the bone down. @type {(prop: Placed, view: View, scene: Scene) => Layer[]} */
function loop(prop, view, { frames }) {
  const bone = prop.on[0] ?? "thigh";
  const part = { thigh: [-36, 7], shank: [-36, 5], foot: [0, 4.5] }[bone] ?? [-36, 7];
  const legs = ["l", "r"].map((side) => {
    const { at, turn: m } = frames[`${bone}_${side}`];
    /** @type {Vec} */
    const middle = bone === "foot" ? [9, -2, 0] : [0, part[0], 0];
    return { at: add(at, turn(m, middle)), depth: view.see(at)[2] };
  });
  const across = view.see(add(legs[1].at, scale(legs[0].at, -1)));
  const far = Math.hypot(across[0], across[1]) || 1;
  const ends = legs.map(({ at }, i) => {
    const [x, y] = view.see(at);
    const s = i ? 1 : -1;
    return /** @type {Circle} */ ([
      x + (s * part[1] * across[0]) / far,
      y + (s * part[1] * across[1]) / far,
      1.7,
    ]);
  });
  return [
    {
      depth:
        Math.max(...legs.map((one) => one.depth), ...legs.map(({ at }) => view.see(at)[2])) + 8,
      svg: `<path class="f-band" d="${hull(ends)}"/>`,
    },
  ];
}

/** A dumbbell in the hands that `on` names, or between them. @type {(prop: Placed, view: View, scene: Scene) => Layer[]} */
function weight(prop, view, { frames }) {
  const grips = prop.on.map((part) => middleOf(partBalls(frames, part)));
  const middle = scale(
    grips.reduce((a, b) => add(a, b)),
    1 / grips.length,
  );
  const [a, b] = [-1, 1].map((s) => add(middle, prop.aside, s * 10));
  const svg =
    face("bar", seen(view, [a, b], 1.4)) +
    [a, b]
      .map((p) =>
        face("weight", seen(view, [add(p, prop.aside, -2.5), add(p, prop.aside, 2.5)], 5)),
      )
      .join("");
  return [{ depth: view.see(middle)[2] + 1, svg }];
}

/** @type {Record<string, (prop: Placed, view: View, scene: Scene) => Layer[]>} */
const DRAW = { chair, roller, ball, strap, "loop-band": loop, weight };
