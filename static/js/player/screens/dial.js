// The big numeral in its ring: what to read from two metres, with sweat in the eyes.
import { html, svg } from "lit";
import { clock, partWord } from "../words.js";

/**
 * @typedef {ReturnType<typeof import("../place.js").placeOf>} Place
 * @typedef {{length: number, filled: number}} Part in hundredths of the ring, `filled` 0-1
 */

/** Room between the parts of a repetition, in hundredths of the ring. */
const GAP = 2;

/**
 * @param {Place} place
 * @param {string} step of the exercise
 */
export function dial(place, step) {
  const { head, figure, foot } = face(place, step);
  return html`
    <div class="dial" role="timer" aria-live="off">
      ${ring(place)}
      <p class="dial-head">${head}</p>
      <p class="dial-figure" data-length=${figure.length}>${figure}</p>
      <p class="dial-foot">${foot}</p>
    </div>
  `;
}

/**
 * @param {Place} place
 * @param {string} step
 */
function face(place, step) {
  const { rep, secondsLeft } = place;
  const head = place.paused ? "Paused" : headOf(place, step);
  if (rep) return { head, figure: String(rep.number), foot: `of ${rep.of}` };
  const foot = secondsLeft < 100 ? "seconds" : "minutes";
  return { head, figure: clock(secondsLeft), foot };
}

/**
 * Say in two words what to do now.
 * @param {Place} place
 * @param {string} step
 */
function headOf({ phase, before, rep, holdSide }, step) {
  if (phase.type === "setup") return "Get ready";
  if (phase.type === "rest") return phase.side === before?.side ? "Rest" : "Change sides";
  const side = rep?.side ?? holdSide;
  if (side) return side === "L" ? "Left" : "Right";
  return rep ? partWord(step, rep.part) : step === "foam-roll" ? "Roll" : "Hold";
}

/** @param {Place} place */
function ring(place) {
  // At the start of a repetition the ring is empty at once; everywhere else it moves smoothly.
  const fresh = (place.rep ? place.rep.seconds : place.elapsedMs / 1000) < 0.4;
  let start = 0;
  const arcs = partsOf(place).map(({ length, filled }) => {
    const drawn = arc(start, length, filled);
    start += length + GAP;
    return drawn;
  });
  return html`<svg class="dial-ring" viewBox="0 0 100 100" aria-hidden="true" ?data-fresh=${fresh}>
    ${arcs}
  </svg>`;
}

/**
 * Cut the ring into the parts of a repetition (lifting, holding, lowering), or leave it whole.
 * @param {Place} place
 * @returns {Part[]}
 */
function partsOf({ phase, rep, share }) {
  if (!rep) return [{ length: 100, filled: phase.type === "work" ? share : 1 - share }];
  const tempo = phase.tempo.filter((seconds) => seconds > 0);
  const whole = tempo.reduce((sum, seconds) => sum + seconds, 0);
  const room = 100 - GAP * tempo.length;
  let before = 0;
  return tempo.map((seconds) => {
    const filled = Math.min(1, Math.max(0, (rep.seconds - before) / seconds));
    before += seconds;
    return { length: (room * seconds) / whole, filled };
  });
}

/**
 * @param {number} start
 * @param {number} length
 * @param {number} filled
 */
function arc(start, length, filled) {
  const track = `${length} ${100 - length}`;
  const fill = `${(length * filled).toFixed(2)} 100`;
  return svg`
    <circle class="dial-track" cx="50" cy="50" r="47" pathLength="100"
      stroke-dasharray=${track} stroke-dashoffset=${-start} />
    <circle class="dial-fill" cx="50" cy="50" r="47" pathLength="100"
      stroke-dasharray=${fill} stroke-dashoffset=${-start} visibility=${filled > 0 ? "visible" : "hidden"} />`;
}
