// Key poses in degrees, the ways between them, and the clock that says which is due.
/** @typedef {import("./skeleton.js").Angles} Angles */
/**
 * @typedef {Record<string, number | number[]>} Key
 * @typedef {{ on?: string, at?: number[], heading?: number }} Pin
 * @typedef {import("./props.js").Prop} Prop
 * @typedef {{
 *   start: string, end: string, base?: string, view?: number[], works?: string,
 *   props?: Prop[], anchor?: string[], pins?: Record<string, string | Pin>, touch?: string[], loop?: string, keys: Key[],
 *   also?: string,
 * }} Figure
 * @typedef {{ kind: string, tempo?: number[], hold_s?: number }} Dose
 */

const SIDED = /^(girdle|shoulder|elbow|wrist|hip|knee|ankle|toes|heel)$/;

/**
 * Return the whole poses: each key says only what changes, "hip" means both, "spine" is shared by
 * the lumbar and the thoracic part.
 * @param {Key[]} keys
 * @returns {Angles[]}
 */
export function fullPoses(keys) {
  /** @type {Angles} */
  let pose = { shift: [0, 0, 0], pelvis: [0, 0, 0] };
  return keys.map((key) => {
    pose = { ...pose };
    for (const [name, value] of Object.entries(key)) {
      const list = Array.isArray(value) ? value : [value];
      if (name === "spine") pose.lumbar = pose.thorax = list.map((one) => one / 2);
      else if (SIDED.test(name)) pose[`${name}_l`] = pose[`${name}_r`] = list;
      else pose[name] = list;
    }
    return pose;
  });
}

/**
 * Return the pose between `a` and `b`, joint by joint.
 * @param {Angles} a
 * @param {Angles} b
 * @param {number} k 0 to 1
 */
export function between(a, b, k) {
  if (!k) return a;
  /** @type {Angles} */
  const pose = {};
  for (const name of Object.keys({ ...a, ...b })) {
    const [from, to] = [a[name] ?? [], b[name] ?? []];
    const longer = from.length > to.length ? from : to;
    pose[name] = longer.map((_, i) => (from[i] ?? 0) + ((to[i] ?? 0) - (from[i] ?? 0)) * k);
  }
  return pose;
}

/** Begin and end softly. @param {number} k */
export const ease = (k) => (1 - Math.cos(Math.PI * Math.min(1, Math.max(0, k)))) / 2;

/**
 * Return the pose at `u` along the keys: 0 the first, 1 the second and so on, softly at each.
 * @param {Angles[]} poses
 * @param {number} u
 */
export function poseAt(poses, u) {
  const i = Math.min(Math.floor(u), poses.length - 2);
  if (i < 0) return poses[0];
  return between(poses[i], poses[i + 1], ease(u - i));
}

/** Seconds of one pass of a roll (Behm 2020: 2 to 4), and of coming into a hold: our choice. */
const PASS_S = 3;
const BREATH_S = 4;

/**
 * Return the movement's clock: how long once is, and where along the keys it is at a second of it.
 * `breath` is 0 to 1 while a position is held; `other` says that an alternating movement is at its other side.
 * @param {Figure} figure
 * @param {Dose} dose
 * @param {boolean} [alternating]
 * @returns {{ seconds: number, at: (t: number) => { u: number, breath: number, other: boolean } }}
 */
export function clock(figure, dose, alternating = false) {
  const last = figure.keys.length - 1;
  const [up, hold, down] = spans(figure, dose);
  const once = up + hold + down;
  const seconds = alternating ? once * 2 : once;
  return {
    seconds,
    at(t) {
      const round = ((t % seconds) + seconds) % seconds;
      const now = round % once;
      const other = round >= once;
      if (now < up) return { u: (last * now) / up, breath: 0, other };
      if (now < up + hold) return { u: last, breath: breathing(now - up, hold), other };
      return {
        u: figure.loop === "round" ? 0 : last * (1 - (now - up - hold) / (down || 1)),
        breath: 0,
        other,
      };
    },
  };
}

/** Breathe in and out an even number of times. @param {number} t @param {number} hold */
function breathing(t, hold) {
  const breaths = Math.max(1, Math.round(hold / BREATH_S));
  return (1 - Math.cos((2 * Math.PI * breaths * t) / hold)) / 2;
}

/** @param {Figure} figure @param {Dose} dose */
function spans(figure, dose) {
  const tempo =
    dose.tempo ?? (figure.loop === "roll" ? [PASS_S, 0, PASS_S] : [PASS_S, 2 * BREATH_S, PASS_S]);
  return figure.loop === "round" ? [tempo[0] + tempo[1] + tempo[2], 0, 0] : tempo;
}
