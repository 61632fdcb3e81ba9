// What may be wrong with a figure's movement, in words, looked for in many frames of it.
import { gap } from "../../../static/js/figure/props.js";
import { FLESH, inWorld, partBalls } from "../../../static/js/figure/body.js";
import { BONES } from "../../../static/js/figure/skeleton.js";
import { rig } from "../../../static/js/figure/solve.js";
import { dot, length, sub } from "../../../static/js/figure/vec.js";
import { LIMITS, measured, turnBack } from "./limits.js";
/** @typedef {import("../../../static/js/figure/solve.js").Scene} Scene */
/** @typedef {import("../../../static/js/figure/poses.js").Figure} Figure */
/** @typedef {import("../../../static/js/figure/props.js").Placed} Placed */
/** @typedef {import("../../../static/js/figure/body.js").Ball} Ball */
/** @typedef {import("../../../static/js/figure/vec.js").Vec} Vec */

const FRAMES = 24;
/** Centimetres at 175 cm of height. Flesh gives way, so a limb may press 3.5 cm into trunk or limb. */
const TOUCH = 1;
const PRESS = 3.5;
/** Degrees that a rounded limit may be passed by. */
const SLACK = 1;

/** Return what is wrong, each with the place along the keys. @param {Figure} figure @returns {string[]} */
export function problems(figure) {
  const { scene } = rig(figure);
  const last = figure.keys.length - 1;
  const scenes = Array.from({ length: last ? FRAMES : 1 }, (_, i) => ({
    u: (last * i) / (FRAMES - 1),
    ...scene((last * i) / (FRAMES - 1)),
  }));
  const found = scenes.flatMap((one) =>
    [
      ...bones(one),
      ...joints(one),
      ...contacts(one, figure),
      ...below(one),
      ...through(one),
      ...inside(one),
    ].map((what) => [what, one.u]),
  );
  return [
    ...summed(found),
    ...sliding(scenes, figure),
    ...drifting(scenes, figure),
    ...open(figure, scenes),
  ];
}

/** Each sentence once, with where it was. @param {(string | number)[][]} found */
function summed(found) {
  /** @type {Map<string, { what: string, from: number, to: number }>} */
  const by = new Map();
  for (const [what, u] of found) {
    const key = String(what).replace(/-?\d+(\.\d+)?/g, "");
    const old = by.get(key) ?? { what: String(what), from: Number(u), to: Number(u) };
    by.set(key, { ...old, to: Number(u) });
  }
  return [...by.values()].map(
    ({ what, from, to }) => `${what} (key ${(from + 1).toFixed(1)} to ${(to + 1).toFixed(1)})`,
  );
}

/** @param {Scene} scene */
function bones({ frames }) {
  return Object.entries(BONES).flatMap(([name, [parent, from]]) => {
    const real = length(sub(frames[name].at, frames[parent].at));
    const square = frames[name].turn.every(
      (a, i, m) => Math.abs(dot(a, m[(i + 1) % 3])) < 1e-6 && Math.abs(length(a) - 1) < 1e-6,
    );
    return Math.abs(real - length(from)) > 0.05 || !square
      ? [`${name} is ${real.toFixed(1)} cm from its ${parent}`]
      : [];
  });
}

/** @param {Scene} scene */
function joints({ frames, pose }) {
  return Object.entries(measured(frames)).flatMap(([joint, degrees]) => {
    const name = joint.split("_")[0];
    if (name === "shoulder") return shoulder(joint, frames);
    // While a hand leaves the floor it goes from one posture to another, neither joint's.
    const free = pose[`free_hand_${joint.at(-1)}`]?.[0] ?? 0;
    if (name === "wrist" && free > 0 && free < 1) return [];
    return LIMITS[name].flatMap(([least, most], i) =>
      degrees[i] < least - SLACK || degrees[i] > most + SLACK
        ? [`${joint}[${i}] is ${degrees[i].toFixed(0)} degrees, allowed ${least} to ${most}`]
        : [],
    );
  });
}

/** An arm's two planes mix overhead; so its elevation backwards and across is what has limits. @param {string} joint @param {Scene["frames"]} frames */
function shoulder(joint, frames) {
  const side = joint.at(-1) === "l" ? -1 : 1;
  const [x, y, z] = turnBack(frames.thorax.turn, frames[`upperarm_${joint.at(-1)}`].turn[1]);
  const back = Math.asin(Math.max(-1, Math.min(1, x))) * (180 / Math.PI);
  const across = Math.asin(Math.max(-1, Math.min(1, side * z))) * (180 / Math.PI);
  const overhead = y < -0.3;
  return [
    ...(back > 62 && !overhead
      ? [`${joint} reaches ${back.toFixed(0)} degrees back, allowed 60`]
      : []),
    ...(across > 52 && x > -0.5
      ? [`${joint} reaches ${across.toFixed(0)} degrees across, allowed 50`]
      : []),
  ];
}

const LIMB_PART = { foot: "ball", hand: "palm", shank: "instep", forearm: "wrist" };

/** @param {Scene & { u: number }} scene @param {Figure} figure */
function contacts({ frames, props, pose, u }, figure) {
  const surface = (/** @type {string} */ name) => props.find((one) => one.kind === name);
  const pinned = Object.entries(figure.pins ?? {}).flatMap(([name, pin]) => {
    const on = typeof pin === "string" ? pin : (pin.on ?? "floor");
    const [limb, side] = /** @type {[keyof typeof LIMB_PART, string]} */ (name.split("_"));
    const moved = pose[`move_${name}`]?.some(Boolean) || pose[`free_${name}`]?.[0];
    const heelOnly = (pose[`heel_${side}`]?.[0] ?? 0) < 0 && limb === "foot";
    const high = typeof pin !== "string" && pin.at?.[2] != null && surface(on)?.kind !== "wall";
    if (moved || high || (on !== "floor" && !surface(on))) return [];
    return [[`${heelOnly ? "heel" : LIMB_PART[limb]}_${side}`, on]];
  });
  const anchors = (figure.anchor ?? []).map((one) => one.split("@"));
  const touching = (figure.touch ?? [])
    .map((one) => one.split("#"))
    .filter(([, key]) => !key || Math.abs(Number(key) - 1 - u) < 1e-6)
    .map(([one]) => one.split("@"));
  return [...anchors, ...pinned, ...touching].flatMap(([part, on]) => {
    const laid = part.startsWith("instep") && figure.pins?.[part.replace("instep", "shank")];
    const balls = partBalls(frames, part);
    if (laid) balls.push(...partBalls(frames, part.replace("instep", "toe")));
    const away = gap(balls, surface(on));
    return Math.abs(away) > TOUCH
      ? [`${part} is ${away.toFixed(1)} cm from the ${on ?? "floor"}`]
      : [];
  });
}

const ALL = ["thigh", "shank", "foot", "toes", "upperarm", "forearm", "hand"].flatMap((name) => [
  `${name}_l`,
  `${name}_r`,
]);

/** The flesh of every bone that may meet a thing. @param {Scene} scene */
function flesh({ frames }) {
  return [
    ...ALL.map((bone) => ({
      bone,
      balls: inWorld(frames, bone, FLESH[bone.split("_")[0]], bone.at(-1)),
    })),
    { bone: "pelvis", balls: inWorld(frames, "pelvis", FLESH.pelvis) },
    {
      bone: "thorax",
      balls: [...inWorld(frames, "thorax", FLESH.ribs), ...inWorld(frames, "thorax", FLESH.chest)],
    },
    { bone: "head", balls: inWorld(frames, "head", FLESH.skull) },
  ];
}

/** @param {Scene} scene */
function below(scene) {
  const { props } = scene;
  const balls = flesh(scene);
  const solid = props.filter((one) => one.r || one.kind === "wall");
  return balls.flatMap(({ bone, balls: own }) => [
    ...(gap(own, undefined) < -2 * TOUCH
      ? [`${bone} is ${(-gap(own, undefined)).toFixed(1)} cm below the floor`]
      : []),
    ...solid
      .filter((one) => gap(own, one) < -PRESS)
      .map((one) => `${bone} is ${(-gap(own, one)).toFixed(1)} cm in the ${one.kind}`),
  ]);
}

/** What is of wood: a box, or a chair's seat and back. [ahead, height, aside] from where it stands to its middle, and its size. */
const WOOD = {
  step: whole,
  bench: whole,
  bed: whole,
  /** @type {(prop: Placed) => [Vec, Vec][]} */
  chair: ({ size: [w, h, d] }) => [
    [
      [0, h - 2, 0],
      [w, 4, d],
    ],
    [
      [-w / 2 - 2.5, h + 21, 0],
      [4, 42, d],
    ],
  ],
};

/** @param {Placed} prop @returns {[Vec, Vec][]} */
function whole({ size }) {
  return [[[0, size[1] / 2, 0], size]];
}

/** Nothing goes into wood further than flesh gives way. @param {Scene} scene */
function inside(scene) {
  return scene.props.flatMap((prop) =>
    (WOOD[/** @type {keyof typeof WOOD} */ (prop.kind)]?.(prop) ?? []).flatMap(([at, size]) =>
      flesh(scene).flatMap(({ bone, balls }) => {
        const deep = Math.max(...filled(balls).map((ball) => depth(ball, prop, at, size)));
        return deep > PRESS ? [`${bone} is ${deep.toFixed(1)} cm in the ${prop.kind}`] : [];
      }),
    ),
  );
}

/** Balls, and four between each two: a limb has no gaps. @param {Ball[]} balls @returns {Ball[]} */
function filled(balls) {
  return balls.flatMap((a, i) => {
    const b = balls[i + 1] ?? a;
    return [0, 0.2, 0.4, 0.6, 0.8].map(
      (k) => /** @type {Ball} */ (a.map((from, n) => from + (b[n] - from) * k)),
    );
  });
}

/** How many centimetres a ball is in a box. @param {Ball} ball @param {Placed} prop @param {Vec} at @param {Vec} size */
function depth([x, y, z, r], prop, at, size) {
  const from = sub([x, y, z], prop.at);
  const own = [dot(from, prop.ahead), from[1], dot(from, prop.aside)];
  const out = own.map((far, i) => Math.abs(far - at[i]) - size[i] / 2);
  const outside = Math.hypot(...out.map((one) => Math.max(0, one)));
  return r - (outside || Math.max(...out));
}

/** Limbs against trunk and other limbs: as balls along each. @param {Scene} scene */
function through({ frames }) {
  const at = (/** @type {string} */ bone) =>
    inWorld(frames, bone, FLESH[bone.split("_")[0]], bone.at(-1));
  const trunk = [
    ...inWorld(frames, "thorax", [
      [0, 6, 0, 9],
      [0, 15, 0, 9],
    ]),
    ...inWorld(frames, "lumbar", [[0, 5, 0, 8]]),
  ];
  const pairs = [
    ...["forearm_l", "forearm_r", "hand_l", "hand_r", "shank_l", "shank_r"].map(
      (bone) => /** @type {const} */ ([bone, at(bone), "trunk", trunk]),
    ),
    /** @type {const} */ (["shank_l", at("shank_l"), "shank_r", at("shank_r")]),
    ...["l", "r"].flatMap((a) =>
      ["thigh", "shank"].map(
        (leg) =>
          /** @type {const} */ ([
            `forearm_${a}`,
            at(`forearm_${a}`).slice(1),
            `${leg}_${a}`,
            at(`${leg}_${a}`),
          ]),
      ),
    ),
  ];
  return pairs.flatMap(([one, a, other, b]) => {
    const deep = -Math.min(
      ...a.flatMap((p) =>
        b.map((q) => length(sub([p[0], p[1], p[2]], [q[0], q[1], q[2]])) - p[3] - q[3]),
      ),
    );
    return deep > PRESS ? [`${one} is ${deep.toFixed(1)} cm in the ${other}`] : [];
  });
}

/** @param {(Scene & { u: number })[]} scenes @param {Figure} figure */
function sliding(scenes, figure) {
  return Object.keys(figure.pins ?? {}).flatMap((name) => {
    const [limb, side] = name.split("_");
    if (limb === "shank" || limb === "forearm") return [];
    const still = scenes.filter(
      ({ pose }) => !pose[`move_${name}`]?.some(Boolean) && !pose[`free_${name}`]?.[0],
    );
    const tip =
      limb === "foot"
        ? (still[0]?.pose[`heel_${side}`]?.[0] ?? 0) < 0
          ? `heel_${side}`
          : `ball_${side}`
        : `palm_${side}`;
    const on = figure.pins?.[name];
    const held = typeof on === "string" ? on : (on?.on ?? "floor");
    if (held !== "floor" && !scenes[0].props.some((one) => one.kind === held)) return [];
    const spots = still.map(({ frames }) => partBalls(frames, tip)[0]);
    const far = Math.max(
      0,
      ...spots.map((p) => Math.hypot(p[0] - spots[0][0], p[2] - spots[0][2])),
    );
    return far > TOUCH ? [`${name} slides ${far.toFixed(1)} cm though pinned`] : [];
  });
}

/**
 * What carries stays where it is, but for the trunk, which rolls under itself, and for whoever rolls as a whole.
 * @param {(Scene & { u: number })[]} scenes @param {Figure} figure
 */
function drifting(scenes, figure) {
  if (figure.loop === "roll") return [];
  const limbs = (figure.anchor ?? [])
    .map((one) => one.split("@")[0])
    .filter((part) => /^(elbow|palm|knee|ankle|heel|toe|ball)_/.test(part));
  return limbs.flatMap((part) => {
    const spots = scenes.map(({ frames }) => partBalls(frames, part)[0]);
    const far = Math.max(...spots.map((p) => Math.hypot(p[0] - spots[0][0], p[2] - spots[0][2])));
    return far > 3 * TOUCH ? [`${part} drifts ${far.toFixed(1)} cm though it carries`] : [];
  });
}

/** A round must end as it began. @param {Figure} figure @param {Scene[]} scenes */
function open(figure, scenes) {
  if (figure.loop !== "round") return [];
  const [a, b] = [scenes[0].frames, scenes[scenes.length - 1].frames];
  const far = Math.max(...Object.keys(a).map((name) => length(sub(a[name].at, b[name].at))));
  return far > TOUCH ? [`the round ends ${far.toFixed(1)} cm from where it began`] : [];
}
