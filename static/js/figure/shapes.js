// Round shapes on the picture plane, as SVG path data.
/** @typedef {[number, number, number]} Circle x, y, radius */

const TURN = 2 * Math.PI;
/** Units by which a corner may miss the arc that it stands for: no eye tells, and it is a third of the text. */
const MISS = 0.6;

/**
 * Return a pen that writes relative commands in whole steps of `step` (1, or a power of a half), and so never drifts.
 * @param {number} step
 */
export function pen(step) {
  let [px, py] = [0, 0];
  /** @type {(letter: string, x: number, y: number) => string} */
  const to = (letter, x, y) => {
    const [tx, ty] = [Math.round(x / step), Math.round(y / step)];
    const [dx, dy] = letter === "M" ? [tx, ty] : [tx - px, ty - py];
    [px, py] = [tx, ty];
    if (letter === "l" && !dx !== !dy) return dx ? `h${dx * step}` : `v${dy * step}`;
    return `${letter}${dx * step}${dy < 0 ? "" : " "}${dy * step}`;
  };
  return {
    to,
    /** @type {(r: number, most: boolean, x: number, y: number) => string} */
    arc(r, most, x, y) {
      const size = Math.max(1, Math.round(r / step));
      return `a${size * step} ${size * step} 0 ${most ? 1 : 0}1${to("", x, y)}`;
    },
  };
}

/**
 * Return the outline around circles as if a rubber band were put round them: arcs and tangents.
 * @param {Circle[]} circles
 * @param {number} step
 */
export function hull(circles, step) {
  const { to, arc } = pen(step);
  const on = (/** @type {Circle} */ [x, y, r], /** @type {number} */ angle) =>
    /** @type {const} */ ([x + r * Math.cos(angle), y + r * Math.sin(angle)]);
  const outer = around(circles);
  if (outer.length < 2) {
    const [x, y, wide] = outer[0].circle;
    // In whole steps, as its chord is: else the two arcs would not be halves.
    const r = Math.max(1, Math.round(wide / step)) * step;
    return `${to("M", x - r, y)}${arc(r, true, x + r, y)}${arc(r, true, x - r, y)}z`;
  }
  let path = "";
  for (const { circle, from, until } of outer) {
    const sweep = until - from;
    const small = circle[2] * (1 - Math.cos(sweep / 2)) < MISS && sweep < 2;
    path += to(path ? "l" : "M", ...on(circle, small ? from + sweep / 2 : from));
    if (!small) path += arc(circle[2], sweep > Math.PI, ...on(circle, until));
  }
  return `${path}z`;
}

/** Go round and say which circle is the outermost, from which direction to which. @param {Circle[]} circles */
function around(circles) {
  let now = circles[0];
  for (const one of circles) if (one[0] + one[2] > now[0] + now[2]) now = one;
  const outer = [];
  let from = 0;
  while (outer.length < 2 * circles.length) {
    let [next, least] = [now, TURN - from];
    for (const one of circles) {
      const [dx, dy, dr] = [one[0] - now[0], one[1] - now[1], now[2] - one[2]];
      const far = Math.hypot(dx, dy);
      if (far <= Math.abs(dr) + 1e-6) continue;
      let on = (Math.atan2(dy, dx) - Math.acos(dr / far) - from) % TURN;
      if (on < -1e-6) on += TURN;
      if (on < least) [next, least] = [one, on];
    }
    outer.push({ circle: now, from, until: from + least });
    if (next === now) break;
    [now, from] = [next, from + least];
  }
  // What began at direction 0 is mostly the middle of an arc: its two halves are one.
  const last = outer[outer.length - 1];
  if (outer.length > 1 && last.circle === outer[0].circle) {
    outer.pop();
    outer[0].from = last.from - TURN;
  }
  return outer;
}

/** Return an open line through points. @param {number[][]} points @param {number} step */
export function line(points, step) {
  const { to } = pen(step);
  return points.map(([x, y], i) => to(i ? "l" : "M", x, y)).join("") + (points[1] ? "" : "h0");
}
