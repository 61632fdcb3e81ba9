// Round shapes on the picture plane, as SVG path data.
/** @typedef {[number, number, number]} Circle x, y, radius */

const STEPS = 72;
const COS = Array.from({ length: STEPS }, (_, i) => Math.cos((i * 2 * Math.PI) / STEPS));
const SIN = Array.from({ length: STEPS }, (_, i) => Math.sin((i * 2 * Math.PI) / STEPS));

/** @type {(n: number) => number} */
const round = (n) => Math.round(n * 10) / 10;

/**
 * Return the outline around circles as if a rubber band were put round them: arcs and tangents.
 * `flat` squeezes it vertically, as a shape on the floor is seen.
 * @param {Circle[]} circles
 * @param {number} [flat]
 */
export function hull(circles, flat = 1) {
  if (circles.length === 2) return capsule(circles[0], circles[1], flat);
  /** @type {number[]} which circle is the outermost in each direction */
  const outer = [];
  for (let i = 0; i < STEPS; i++) {
    let best = 0;
    let most = -Infinity;
    for (let k = 0; k < circles.length; k++) {
      const c = circles[k];
      const reach = c[0] * COS[i] + c[1] * SIN[i] + c[2];
      if (reach > most) [most, best] = [reach, k];
    }
    outer.push(best);
  }
  const first = outer.findIndex((k, i) => k !== outer.at(i - 1));
  if (first < 0) return disc(circles[outer[0]], flat);
  let path = "";
  let [px, py] = [0, 0];
  for (let step = 0; step < STEPS; step++) {
    const i = (first + step) % STEPS;
    const [before, after] = [outer.at(i - 1) === outer[i], outer[(i + 1) % STEPS] === outer[i]];
    if (before && after) continue;
    const [x, y, r] = circles[outer[i]];
    const [tx, ty] = [round(x + r * COS[i]), round((y + r * SIN[i]) * flat)];
    const to = pair(round(tx - px), round(ty - py));
    const arc = before && r ? `a${pair(round(r), round(r * flat))} 0 ${large(outer, i)} 1 ` : "l";
    path += path ? arc + to : `M${to}`;
    [px, py] = [tx, ty];
  }
  return `${path}z`;
}

/** The band round two circles, most of all there is to draw, without the search. @param {Circle} a @param {Circle} b @param {number} flat */
function capsule(a, b, flat) {
  const [dx, dy, far] = [b[0] - a[0], b[1] - a[1], Math.hypot(b[0] - a[0], b[1] - a[1])];
  if (far <= Math.abs(a[2] - b[2])) return disc(a[2] > b[2] ? a : b, flat);
  const way = Math.atan2(dy, dx);
  const open = Math.acos((a[2] - b[2]) / far);
  const on = (/** @type {Circle} */ [x, y, r], /** @type {number} */ angle) => [
    round(x + r * Math.cos(angle)),
    round((y + r * Math.sin(angle)) * flat),
  ];
  const [p, q, s, t] = [on(a, way + open), on(a, way - open), on(b, way - open), on(b, way + open)];
  const arc = (
    /** @type {number} */ r,
    /** @type {boolean} */ most,
    /** @type {number[]} */ u,
    /** @type {number[]} */ v,
  ) =>
    `a${pair(round(r), round(r * flat))} 0 ${most ? 1 : 0} 1 ${pair(round(v[0] - u[0]), round(v[1] - u[1]))}`;
  const across = pair(round(s[0] - q[0]), round(s[1] - q[1]));
  return `M${pair(p[0], p[1])}${arc(a[2], open < Math.PI / 2, p, q)}l${across}${arc(b[2], open > Math.PI / 2, s, t)}z`;
}

/** Write two numbers as briefly as SVG allows. @param {number} x @param {number} y */
const pair = (x, y) => `${x}${y < 0 ? "" : " "}${y}`.replace(/(^|[- ])0\./g, "$1.");

/** Tell whether the arc that ends at direction `i` is more than half a circle. @param {number[]} outer @param {number} i */
function large(outer, i) {
  let steps = 0;
  while (outer.at((i - steps - 1) % STEPS) === outer[i]) steps++;
  return steps > STEPS / 2 ? 1 : 0;
}

/** @param {Circle} circle @param {number} flat */
function disc([x, y, r], flat) {
  const [a, b] = [round(r), round(r * flat)];
  return `M${round(x - r)} ${round(y * flat)}a${a} ${b} 0 1 1 ${round(2 * r)} 0a${a} ${b} 0 1 1 ${round(-2 * r)} 0Z`;
}

/** Return a chain of hulls, each circle joined to the next. @param {Circle[]} circles */
export function chain(circles) {
  return circles
    .slice(1)
    .map((one, i) => hull([circles[i], one]))
    .join("");
}
