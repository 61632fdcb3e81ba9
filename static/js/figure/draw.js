// Draws a scene as SVG: what is farther first, each part with its outline, its colour and its light.
import { FLESH, inWorld } from "./body.js";
import { MUSCLES } from "./muscles.js";
import { drawHead } from "./draw-head.js";
import { drawProps } from "./draw-props.js";
import { chain, hull } from "./shapes.js";
import { add, cross, dot, turn } from "./vec.js";
/** @typedef {import("./vec.js").Vec} Vec */
/** @typedef {import("./body.js").Ball} Ball */
/** @typedef {import("./shapes.js").Circle} Circle */
/** @typedef {import("./skeleton.js").Frames} Frames */
/** @typedef {import("./solve.js").Scene} Scene */
/** @typedef {{ yaw: number, pitch: number, flip?: boolean, other?: boolean }} Camera degrees; flip: a mirror held up; other: the body's own sides changed */
/** @typedef {{ work: string[], faint: string[], sides: string, stretch?: boolean }} Lit the muscles that glow */
/** @typedef {{ see: (p: Vec) => [number, number, number], circles: (balls: Ball[]) => Circle[], toward: Vec, sin: number }} View */
/** @typedef {{ depth: number, svg: string }} Layer */

const SIDES = ["l", "r"];

/**
 * Return how a camera sees: x to the right and y down in centimetres, and how near.
 * @param {Camera} camera
 * @returns {View}
 */
export function viewOf({ yaw, pitch, flip, other }) {
  const [a, b] = [(yaw * Math.PI) / 180, (pitch * Math.PI) / 180];
  /** @type {Vec} */
  const toward = [Math.sin(a) * Math.cos(b), Math.sin(b), Math.cos(a) * Math.cos(b)];
  /** @type {Vec} */
  const right = [Math.cos(a), 0, -Math.sin(a)];
  const up = cross(toward, right);
  const aside = flip ? -1 : 1;
  const swap = other ? -1 : 1;
  /** @type {View["see"]} */
  const see = ([x, y, z]) => {
    /** @type {Vec} */
    const p = [x, y, swap * z];
    return [aside * dot(right, p), -dot(up, p), dot(toward, p)];
  };
  return {
    see,
    circles: (balls) =>
      balls.map(([x, y, z, r]) => {
        const [sx, sy] = see([x, y, z]);
        return [sx, sy, r];
      }),
    toward: [toward[0], toward[1], swap * toward[2]],
    sin: Math.sin(b),
  };
}

/**
 * Return the shapes of a scene, without the `<svg>` around them.
 * @param {Scene} scene
 * @param {Camera} camera
 * @param {Lit} lit
 */
export function draw(scene, camera, lit) {
  const view = viewOf(camera);
  const { frames } = scene;
  const props = drawProps(scene, view);
  const layers = [
    ...props.layers,
    ...trunk(frames, view),
    ...limbs(frames, view),
    ...glow(frames, view, lit),
  ];
  layers.sort((a, b) => a.depth - b.depth);
  return props.ground + shadow(frames, view) + layers.map((one) => one.svg).join("");
}

/**
 * Return a part: outline and colour, and the light that falls on it from above.
 * @param {string} name its class
 * @param {Circle[][]} shapes
 * @param {(circles: Circle[]) => string} [join]
 */
export function paint(name, shapes, join = hull) {
  const own = `<path class="f-${name}" d="${shapes.map((one) => join(one)).join("")}"/>`;
  return name.includes("f-far") ? own : own + light(shapes, join);
}

/** @param {Circle[][]} shapes @param {(circles: Circle[]) => string} join */
const light = (shapes, join) =>
  `<path class="f-lit" d="${shapes.map((one) => join(one.map(shine))).join("")}"/>`;

/** @type {(circle: Circle) => Circle} */
const shine = ([x, y, r]) => [x - r * 0.12, y - r * 0.24, r * 0.7];

/** @param {Frames} frames @param {View} view */
const depthOf = (frames, view, /** @type {string} */ bone, /** @type {Vec} */ at = [0, 0, 0]) =>
  view.see(add(frames[bone].at, turn(frames[bone].turn, at)))[2];

/** @param {Frames} frames @param {View} view @returns {Layer[]} */
function trunk(frames, view) {
  const get = (/** @type {string} */ bone, /** @type {string} */ name) =>
    view.circles(inWorld(frames, bone, FLESH[name]));
  const [hips, waist, ribs, chest] = [
    get("pelvis", "pelvis"),
    get("lumbar", "waist"),
    get("thorax", "ribs"),
    get("thorax", "chest"),
  ];
  const belly = [...hips.slice(4), ...waist];
  const jersey = [belly, [...waist, ...ribs], [...ribs, ...chest.slice(0, 2)], chest];
  const middle = depthOf(frames, view, "lumbar", [0, 7, 0]);
  const neck = view.circles(inWorld(frames, "neck", FLESH.neck));
  const depth = depthOf(frames, view, "thorax", [0, 16, 0]);
  const head = depthOf(frames, view, "head", [0, 9, 0]);
  return [
    { depth: middle - 1, svg: paint("shorts", [hips]) },
    { depth: middle, svg: paint("jersey", jersey) },
    {
      depth: Math.max(head, depth) - 0.2 * Math.abs(head - depth) - (head < depth ? 12 : 0),
      svg: paint("skin", [neck]),
    },
    { depth: head < depth ? Math.min(head, depth - 6) : head, svg: drawHead(frames, view) },
  ];
}

/** @param {Frames} frames @param {View} view @returns {Layer[]} */
function limbs(frames, view) {
  return SIDES.flatMap((side) => {
    const get = (/** @type {string} */ name) =>
      view.circles(inWorld(frames, `${name}_${side}`, FLESH[name], side));
    const near = (
      /** @type {string} */ bone,
      /** @type {string} */ trunkBone,
      /** @type {Vec} */ at,
    ) => depthOf(frames, view, `${bone}_${side}`, at) - depthOf(frames, view, trunkBone);
    const leg = near("thigh", "pelvis", [0, -12, 0]) < -2.5 ? " f-far" : "";
    const arm = near("upperarm", "thorax", [0, -6, 0]) < -5 ? " f-far" : "";
    return [...legLayers(frames, view, side, get, leg), ...armLayers(frames, view, side, get, arm)];
  });
}

/** A part of a chain of circles: from `a` to `b`, each 0 to 1, along three of them. @param {Circle[]} c @param {number} a @param {number} b @param {number} [more] */
function stretchOf(c, a, b, more = 0) {
  const at = (/** @type {number} */ k) => {
    const i = Math.min(c.length - 2, Math.floor(k * (c.length - 1)));
    const t = k * (c.length - 1) - i;
    return /** @type {Circle} */ (
      c[i].map((v, n) => v + (c[i + 1][n] - v) * t + (n === 2 ? more : 0))
    );
  };
  const inside = c.map((_, i) => i / (c.length - 1)).filter((k) => k > a && k < b);
  return [a, ...inside, b].map(at);
}

/** @typedef {(name: string) => Circle[]} Get */

/** @type {(frames: Frames, view: View, side: string, get: Get, far: string) => Layer[]} */
function legLayers(frames, view, side, get, far) {
  const [thigh, shank, foot, toes] = [get("thigh"), get("shank"), get("foot"), get("toes")];
  const at = (/** @type {string} */ bone, /** @type {Vec} */ p) =>
    depthOf(frames, view, `${bone}_${side}`, p);
  const depths = [at("thigh", [0, -20, 0]), at("shank", [0, -20, 0]), at("foot", [4, -4, 0])];
  const shape = (/** @type {Circle[]} */ c) => [c];
  const seam = bare(
    depths[0] < depths[1] ? stretchOf(thigh, 0.7, 1) : stretchOf(shank, 0, 0.5),
    `skin${far}`,
  );
  const shorts = stretchOf(thigh, 0, 0.74, 0.25);
  const hip = bare(
    [thigh[0], view.circles(inWorld(frames, "pelvis", [[-1, 3, 5, 7.6]], side))[0]],
    `shorts${far}`,
  );
  return [
    {
      depth: depths[0],
      svg:
        paint(`skin${far}`, shape(thigh), chain) +
        paint(`shorts${far}`, shape(shorts), chain) +
        hip +
        (depths[0] > depths[1] ? seam : ""),
    },
    {
      depth: depths[1],
      svg:
        paint(`skin${far}`, shape(shank), chain) +
        (depths[1] >= depths[0] ? seam : "") +
        paint(`sock${far}`, shape(stretchOf(shank, 0.72, 1, 0.3)), chain),
    },
    { depth: depths[2] + 0.5, svg: shoe(foot, toes, far) },
  ];
}

/** @type {(foot: Circle[], toes: Circle[], far: string) => string} */
function shoe(foot, toes, far) {
  return paint(`shoe${far}`, [foot, toes]);
}

/** @type {(frames: Frames, view: View, side: string, get: Get, far: string) => Layer[]} */
function armLayers(frames, view, side, get, far) {
  const [upper, fore] = [get("upperarm"), get("forearm")];
  const at = (/** @type {string} */ bone, /** @type {Vec} */ p) =>
    depthOf(frames, view, `${bone}_${side}`, p);
  const depths = [at("upperarm", [0, -12, 0]), at("forearm", [0, -13, 0]), at("hand", [0, -7, 0])];
  const seam = bare(
    depths[0] < depths[1] ? stretchOf(upper, 0.7, 1) : stretchOf(fore, 0, 0.5),
    `skin${far}`,
  );
  const hand = `hand_${side}`;
  /** @type {(balls: Ball[]) => Circle[]} */
  const of = (balls) => view.circles(inWorld(frames, hand, balls, side));
  const fingers = of([
    [2.2, -8, 0, 1.8],
    [-2.2, -8, 0, 1.8],
    [1.4, -15.5, 0.2, 1.5],
    [-1.4, -14.6, 0.2, 1.5],
  ]);
  const thumb = of([
    [1.6, -2.5, 0, 1.7],
    [4.6, -8.5, -0.6, 1.3],
  ]);
  return [
    {
      depth: depths[0],
      svg:
        paint(`skin${far}`, [upper], chain) +
        paint(`jersey${far}`, [stretchOf(upper, 0, 0.55, 0.4)], chain) +
        (depths[0] > depths[1] ? seam : ""),
    },
    {
      depth: depths[1],
      svg: paint(`skin${far}`, [fore], chain) + (depths[1] >= depths[0] ? seam : ""),
    },
    {
      depth: depths[2] + 0.3,
      svg:
        paint(`skin${far}`, [of(FLESH.hand), fingers, thumb]) +
        bare(stretchOf(fore, 0.75, 1), `skin${far}`),
    },
  ];
}

/** Colour without outline, to close the seam at a joint. @param {Circle[]} circles @param {string} name */
const bare = (circles, name) =>
  `<path class="f-${name} f-bare" d="${chain(circles)}"/>` +
  (name.includes("f-far") ? "" : light([circles], chain));

/** @param {Frames} frames @param {View} view @param {Lit} lit @returns {Layer[]} */
function glow(frames, view, lit) {
  const sides = lit.sides === "both" ? SIDES : [lit.sides];
  return [...lit.faint.map((m) => [m, " f-faint"]), ...lit.work.map((m) => [m, ""])].flatMap(
    ([muscle, faint]) =>
      sides.map((side) =>
        patch(frames, view, muscle, side, `${lit.stretch ? "f-stretch" : "f-work"}${faint}`),
      ),
  );
}

/** @type {(frames: Frames, view: View, muscle: string, side: string, name: string) => Layer} */
function patch(frames, view, muscle, side, name) {
  const [spots, [x, y, z]] = MUSCLES[muscle] ?? [[], [0, 0, 0]];
  if (!spots.length) return { depth: 0, svg: "" };
  const s = side === "l" ? -1 : 1;
  const bone = (/** @type {string} */ of) => (frames[`${of}_${side}`] ? `${of}_${side}` : of);
  const balls = spots.flatMap(([of, ...ball]) => inWorld(frames, bone(of), [ball], side));
  const circles = view.circles(balls);
  const facing = dot(turn(frames[bone(spots[0][0])].turn, [x, y, s * z]), view.toward);
  const owners = [...new Set(spots.map(([of]) => bone(of)))].map((of) =>
    depthOf(frames, view, of, OWN_DEPTH[of.split("_")[0]]),
  );
  const rings = [1, 0.65].map(
    (k) => `<path d="${chain(circles.map(([cx, cy, r]) => [cx, cy, r * k]))}"/>`,
  );
  const hidden = facing < -0.35 ? " f-behind" : "";
  return {
    depth: (facing < -0.35 ? Math.min(...owners) : Math.max(...owners)) + 0.2,
    svg: `<g class="${name}${hidden}">${rings.join("")}</g>`,
  };
}

/** Where on a bone the layer's own depth is taken. @type {Record<string, Vec>} */
const OWN_DEPTH = {
  thigh: [0, -20, 0],
  shank: [0, -20, 0],
  pelvis: [0, 17, 0],
  lumbar: [0, 7, 0],
  thorax: [0, 0, 0],
  upperarm: [0, -12, 0],
};

const CAST = ["thigh", "shank", "foot", "toes", "forearm", "hand", "upperarm"];

/** The soft shadow on the floor: the higher a part, the less of it. @param {Frames} frames @param {View} view */
function shadow(frames, view) {
  /** @type {Ball[][]} */
  const casting = [
    inWorld(frames, "pelvis", FLESH.pelvis),
    [...inWorld(frames, "lumbar", FLESH.waist), ...inWorld(frames, "thorax", FLESH.ribs)],
    inWorld(frames, "thorax", FLESH.chest),
    inWorld(frames, "head", FLESH.skull),
    ...SIDES.flatMap((side) =>
      CAST.map((name) => inWorld(frames, `${name}_${side}`, FLESH[name], side)),
    ),
  ];
  const cast = (/** @type {number} */ reach, /** @type {number} */ wide) =>
    casting
      .map((balls) => {
        const low = balls.filter(([, y, , r]) => y - r < reach);
        if (!low.length) return "";
        return hull(
          low.map(([x, y, z, r]) => {
            const [sx, sy] = view.see([x, 0, z]);
            return [sx, sy / view.sin, (r + wide) * (1 - Math.max(0, y - r) / reach / 1.5)];
          }),
          view.sin,
        );
      })
      .join("");
  if (view.sin < 0.03) return "";
  return `<path class="f-shade" d="${cast(60, 2.5)}"/><path class="f-shade" d="${cast(7, 0.5)}"/>`;
}

/**
 * Return the box [left, top, right, bottom] in centimetres that holds some scenes.
 * @param {Scene[]} scenes
 * @param {Camera} camera
 */
export function bounds(scenes, camera) {
  const view = viewOf(camera);
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const put = (/** @type {Vec} */ p, /** @type {number} */ r) => {
    const [x, y] = view.see(p);
    [box[0], box[1], box[2], box[3]] = [
      Math.min(box[0], x - r),
      Math.min(box[1], y - r),
      Math.max(box[2], x + r),
      Math.max(box[3], y + r),
    ];
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
