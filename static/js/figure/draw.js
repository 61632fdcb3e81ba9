// Draws a scene as flat shapes: what is farther first, each part with its outline, its colour and its light.
import { FLESH, inWorld } from "./body.js";
import { MUSCLES } from "./muscles.js";
import { drawHead } from "./draw-head.js";
import { drawProps } from "./draw-props.js";
import { hull, line } from "./shapes.js";
import { add, cross, dot, turn } from "./vec.js";
/** @typedef {import("./vec.js").Vec} Vec */
/** @typedef {import("./body.js").Ball} Ball */
/** @typedef {import("./shapes.js").Circle} Circle */
/** @typedef {import("./skeleton.js").Frames} Frames */
/** @typedef {import("./solve.js").Scene} Scene */
/** @typedef {{ yaw: number, pitch: number, flip?: boolean, other?: boolean }} Camera degrees; flip: a mirror held up; other: the body's own sides changed */
/** @typedef {{ work: string[], faint: string[], sides: string, stretch?: boolean }} Lit the muscles that glow */
/** @typedef {[string, string, number?, string?]} Shape class, path data, width of a line, transform */
/** @typedef {{ depth: number, shapes: Shape[] }} Layer */
/** @typedef {ReturnType<typeof viewOf>} View */

const SIDES = ["l", "r"];
/** Units of the picture in a centimetre: whole numbers of them are fine enough for a still. */
export const UNITS = 2;

/**
 * Return how a camera sees: x to the right and y down in units, and how near in centimetres.
 * @param {Camera} camera
 * @param {number} [step] units to which path data are rounded
 */
export function viewOf({ yaw, pitch, flip, other }, step = 1) {
  const [a, b] = [(yaw * Math.PI) / 180, (pitch * Math.PI) / 180];
  /** @type {Vec} */
  const toward = [Math.sin(a) * Math.cos(b), Math.sin(b), Math.cos(a) * Math.cos(b)];
  /** @type {Vec} */
  const right = [Math.cos(a), 0, -Math.sin(a)];
  const up = cross(toward, right);
  const swap = other ? -1 : 1;
  const aside = flip ? -UNITS : UNITS;
  /** @type {(x: number, y: number, z: number, r?: number) => Circle} */
  const circle = (x, y, z, r = 0) => [
    aside * (right[0] * x + right[2] * swap * z),
    -UNITS * (up[0] * x + up[1] * y + up[2] * swap * z),
    r * UNITS,
  ];
  return {
    circle,
    near: (/** @type {Vec} */ [x, y, z]) => dot(toward, [x, y, swap * z]),
    circles: (/** @type {number[][]} */ balls) =>
      balls.map((one) => circle(one[0], one[1], one[2], one[3])),
    hull: (/** @type {Circle[]} */ circles) => hull(circles, step),
    line: (/** @type {number[][]} */ points) => line(points, step),
    toward: /** @type {Vec} */ ([toward[0], toward[1], swap * toward[2]]),
    sin: Math.sin(b),
  };
}

/**
 * Return the shapes of a scene, in the order in which they are painted.
 * @param {Scene} scene
 * @param {Camera} camera
 * @param {Lit} lit
 * @param {number} [step]
 * @returns {Shape[]}
 */
export function draw(scene, camera, lit, step) {
  const view = viewOf(camera, step);
  const { frames } = scene;
  const { ground, layers } = drawProps(scene, view);
  layers.push(...trunk(frames, view), ...glow(frames, view, lit));
  for (const side of SIDES)
    layers.push(...limb(frames, view, side, LEG), ...limb(frames, view, side, ARM));
  layers.sort((a, b) => a.depth - b.depth);
  return [...ground, ...shadow(frames, view), ...layers.flatMap((one) => one.shapes)];
}

/** The light falls from above and the left: where it lies on a part. @type {(circle: Circle) => Circle} */
const shine = ([x, y, r]) => [x - r * 0.12, y - r * 0.24, r * 0.7];

/** Return the light on a part. @param {View} view @param {Circle[]} part @returns {Shape} */
export const light = (view, part) => ["f-lit", view.hull(part.map(shine))];

/** Return the light along a part, as one line. @param {View} view @param {Circle[]} row @returns {Shape} */
const gleam = (view, row) => [
  "f-lit f-line",
  view.line(row.map(shine)),
  Math.round(1.3 * row[1][2]),
];

/** @type {(frames: Frames, view: View, bone: string, x: number, y: number, z: number) => number} */
function depthOf(frames, view, bone, ...at) {
  return view.near(add(frames[bone].at, turn(frames[bone].turn, at)));
}

/** @param {Frames} frames @param {View} view @returns {Layer[]} */
function trunk(frames, view) {
  const get = (/** @type {string} */ bone, /** @type {string} */ name) =>
    view.circles(inWorld(frames, bone, FLESH[name]));
  const [hips, waist, ribs, chest, neck] = [
    get("pelvis", "pelvis"),
    get("lumbar", "waist"),
    get("thorax", "ribs"),
    get("thorax", "chest"),
    get("neck", "neck"),
  ];
  const belly = [...hips.slice(4), ...waist];
  const jersey = [belly, [...waist, ...ribs], [...ribs, ...chest]];
  const middle = depthOf(frames, view, "lumbar", 0, 7, 0);
  const depth = depthOf(frames, view, "thorax", 0, 16, 0);
  const head = depthOf(frames, view, "head", 0, 9, 0);
  return [
    { depth: middle - 1, shapes: [["f-shorts", view.hull(hips)]] },
    {
      depth: middle,
      shapes: [["f-jersey", jersey.map(view.hull).join("")], light(view, [...ribs, ...chest])],
    },
    {
      depth: Math.max(head, depth) - 0.2 * Math.abs(head - depth) - (head < depth ? 12 : 0),
      shapes: [["f-skin", view.hull(neck)]],
    },
    {
      depth: head < depth ? Math.min(head, depth - 6) : head,
      shapes: drawHead(frames, view),
    },
  ];
}

/**
 * How a limb is made: its bones and the end of it; where on them depth is taken; what it is covered with and how far;
 * how far behind the trunk it is in shade.
 * @typedef {{ bones: string[], depth: number[][], cover: [string, number, number], end?: [string, number], trunk: [string, number, number], tip: (get: (name: string, balls?: Ball[]) => Circle[], bent: boolean) => { name: string, parts: Circle[][], shine?: Circle[] } }} Plan
 */

/** @type {Plan} */
const LEG = {
  bones: ["thigh", "shank", "foot"],
  depth: [
    [0, -20, 0],
    [0, -20, 0],
    [4, -4, 0],
  ],
  cover: ["f-shorts", 0.74, 0.25],
  end: ["f-sock", 0.72],
  trunk: ["pelvis", -12, -2.5],
  tip: (get, bent) => {
    const [foot, toes] = [get("foot"), get("toes")];
    const parts = bent ? [foot, toes] : [[...foot, ...toes]];
    return { name: "f-shoe", parts, shine: [foot[0], foot[2]] };
  },
};

/** @type {Plan} */
const ARM = {
  bones: ["upperarm", "forearm", "hand"],
  depth: [
    [0, -12, 0],
    [0, -13, 0],
    [0, -7, 0],
  ],
  cover: ["f-jersey", 0.55, 0.4],
  trunk: ["thorax", -6, -5],
  tip: (get) => ({ name: "f-skin", parts: [get("hand", PALM), get("hand", THUMB)] }),
};
/** @type {Ball[]} */
const PALM = [
  [0, 0, 0, 2.5],
  [2.2, -8, 0, 1.8],
  [-2.2, -8, 0, 1.8],
  [1.4, -15.5, 0.2, 1.5],
  [-1.4, -14.6, 0.2, 1.5],
];
/** @type {Ball[]} */
const THUMB = [
  [1.6, -2.5, 0, 1.7],
  [4.6, -8.5, -0.6, 1.3],
];

/** @type {(frames: Frames, view: View, side: string, plan: Plan) => Layer[]} */
function limb(
  frames,
  view,
  side,
  { bones, depth, cover, end, trunk: [trunkBone, y, behind], tip },
) {
  const names = bones.map((bone) => `${bone}_${side}`);
  const get = (/** @type {string} */ bone, balls = FLESH[bone]) =>
    view.circles(inWorld(frames, `${bone}_${side}`, balls, side));
  const [upper, lower] = [get(bones[0]), get(bones[1])];
  const [high, low, last] = names.map((bone, i) =>
    depthOf(frames, view, bone, depth[i][0], depth[i][1], depth[i][2]),
  );
  const far =
    depthOf(frames, view, names[0], 0, y, 0) - depthOf(frames, view, trunkBone, 0, 0, 0) < behind;
  /** @type {(name: string, circles: Circle[]) => Shape} */
  const part = (name, circles) => [far ? `${name} f-far` : name, view.hull(circles)];
  const above = [
    part("f-skin", along(upper, cover[1] - 0.1, 1)),
    part(cover[0], along(upper, 0, cover[1], cover[2])),
  ];
  if (bones[0] === "thigh") {
    const hip = view.circles(inWorld(frames, "pelvis", [[-1, 3, 5, 7.6]], side))[0];
    above.push(part("f-shorts f-bare", [upper[0], hip]));
  }
  const below = [part("f-skin", end ? along(lower, 0, end[1] + 0.1) : lower)];
  // The nearer part hides the other's outline at the joint, and has the light of both.
  const seam = part("f-skin f-bare", high < low ? along(upper, 0.7, 1) : along(lower, 0, 0.5));
  const nearer = high < low ? below : above;
  nearer.push(seam);
  if (end) below.push(part(end[0], along(lower, end[1], 1, 0.3)));
  if (!far) nearer.push(gleam(view, [upper[0], upper[2], ...along(lower, 0.62, 0.62).slice(1)]));
  const [foot, toes] = [frames[`foot_${side}`], frames[`toes_${side}`]];
  const { name, parts, shine } = tip(get, dot(foot.turn[0], toes.turn[0]) < 0.97);
  /** @type {Shape[]} */
  const ending = [[far ? `${name} f-far` : name, parts.map(view.hull).join("")]];
  if (shine && !far) ending.push(gleam(view, shine));
  if (!end) ending.push(part("f-skin f-bare", along(lower, 0.75, 1)));
  return [
    { depth: high, shapes: above },
    { depth: low, shapes: below },
    { depth: last + 0.4, shapes: ending },
  ];
}

/** A part of a row of three circles: from `a` to `b`, each 0 to 1. @param {Circle[]} c @param {number} a @param {number} b @param {number} [more] centimetres thicker */
function along(c, a, b, more = 0) {
  const at = (/** @type {number} */ k) => {
    const i = Math.min(c.length - 2, Math.floor(k * (c.length - 1)));
    const t = k * (c.length - 1) - i;
    return /** @type {Circle} */ (
      c[i].map((v, n) => v + (c[i + 1][n] - v) * t + (n === 2 ? more * UNITS : 0))
    );
  };
  const inside = c.map((_, i) => i / (c.length - 1)).filter((k) => k > a && k < b);
  return [a, ...inside, b].map(at);
}

/** @param {Frames} frames @param {View} view @param {Lit} lit @returns {Layer[]} */
function glow(frames, view, { work, faint, sides, stretch }) {
  const name = stretch ? "f-stretch" : "f-work";
  const all = [...faint, ...work].map((muscle, i) =>
    (sides === "both" ? SIDES : [sides]).map((side) =>
      patch(frames, view, muscle, side, i < faint.length ? `${name} f-faint` : name),
    ),
  );
  return all.flat(2);
}

/** A muscle: two lines along it, one in the other. @type {(frames: Frames, view: View, muscle: string, side: string, name: string) => Layer[]} */
function patch(frames, view, muscle, side, name) {
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
  const owners = spots.map(([of]) => {
    // The shorts lie at the depth of the jersey above them, however the back is bent.
    const own = of === "pelvis" ? "lumbar" : of;
    const [px, py, pz] = OWN_DEPTH[own];
    return depthOf(frames, view, bone(own), px, py, pz);
  });
  const full = behind ? `${name} f-behind` : name;
  return [
    {
      depth: (behind ? Math.min(...owners) : Math.max(...owners)) + 0.2,
      shapes: (full === name && !name.includes("f-faint") ? [1, 0.65] : [0.9]).map((k) => [
        full,
        path,
        Math.round(wide * k),
      ]),
    },
  ];
}

/** Where on a bone the layer's own depth is taken. @type {Record<string, Vec>} */
const OWN_DEPTH = {
  thigh: [0, -20, 0],
  shank: [0, -20, 0],
  lumbar: [0, 7, 0],
  thorax: [0, 0, 0],
  upperarm: [0, -12, 0],
};

/** What throws a shadow: rows of joints, and how wide in centimetres. @type {[number, string[][]][]} */
const CAST = [
  [24, [["pelvis", "thorax", "head"]]],
  [
    12,
    SIDES.flatMap((side) =>
      [
        ["thigh", "shank", "foot", "toes"],
        ["upperarm", "forearm", "hand"],
      ].map((row) => row.map((bone) => `${bone}_${side}`)),
    ),
  ],
];
/** A shadow is so soft that its joints need not be where they are to a unit. */
const SOFT = 4;
/** Centimetres above the floor from which on a joint throws none. */
const HIGH = 50;

/** The soft shadow on the floor, as lines that the slanting look flattens. @param {Frames} frames @param {View} view @returns {Shape[]} */
function shadow(frames, view) {
  if (view.sin < 0.03) return [];
  return CAST.flatMap(([wide, rows]) => {
    const path = rows.map((row) => {
      const low = row.map((bone) => frames[bone].at).filter(([, y]) => y < HIGH);
      const points = low.map(([x, , z]) => view.circle(x, 0, z));
      return low.length ? view.line(points.map(([x, y]) => [x / SOFT, y / SOFT / view.sin])) : "";
    });
    /** @type {Shape} */
    const shape = [
      "f-shade",
      path.join(""),
      (wide * UNITS) / SOFT,
      `scale(${SOFT} ${(SOFT * view.sin).toFixed(2)})`,
    ];
    return shape[1] ? [shape] : [];
  });
}

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
    for (const side of SIDES)
      put(add(frames[`hand_${side}`].at, frames[`hand_${side}`].turn[1], -15), 3);
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
