// The movement as a film: each place along the keys is solved once, when it is first due, and what lies
// between two such places is between them joint by joint. Solving is most of the work of a frame.
import { mix } from "./vec.js";
/** @typedef {import("./solve.js").Scene} Scene */
/** @typedef {import("./skeleton.js").Frames} Frames */
/** @typedef {import("./vec.js").Vec} Vec */

/** Places in each way between two keys: so close that no joint is ever 2 mm from where it should be. */
const PLACES = 24;

/**
 * Return `scene` of a rig as one that remembers.
 * @param {(u: number, breath?: number) => Scene} scene
 * @returns {(u: number, breath?: number) => Scene}
 */
export function film(scene) {
  /** @type {Map<string, Scene>} */
  const kept = new Map();
  const at = (/** @type {number} */ place, /** @type {number} */ breath) => {
    const name = `${place} ${breath}`;
    const found = kept.get(name) ?? scene(place / PLACES, breath);
    kept.set(name, found);
    return found;
  };
  return (u, breath = 0) => {
    const place = PLACES * u;
    const i = Math.floor(place + 1e-6);
    if (place - i > 1e-6) return between(at(i, 0), at(i + 1, 0), place - i);
    return breath ? between(at(i, 0), at(i, 1), breath) : at(i, 0);
  };
}

/** @param {Scene} a @param {Scene} b @param {number} k @returns {Scene} */
function between(a, b, k) {
  /** @type {Frames} */
  const frames = {};
  for (const name in a.frames) {
    const [from, to] = [a.frames[name], b.frames[name]];
    const [x, y, z] = from.turn;
    const { turn } = to;
    frames[name] = {
      at: mix(from.at, to.at, k),
      turn: [mix(x, turn[0], k), mix(y, turn[1], k), mix(z, turn[2], k)],
    };
  }
  const props = a.props.map((prop, i) => ({ ...prop, at: mix(prop.at, b.props[i].at, k) }));
  return { ...a, frames, props };
}
