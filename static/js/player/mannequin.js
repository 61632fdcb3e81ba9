// The figure on the stage, moving; or two that stand, start and end, where less motion is asked for.
// Brought by import() once a routine runs: nobody waits for it.
import "../components/exercise-figure.js";
import { loadPoses } from "../data/poses.js";
import { momentOf, stillsOf } from "./figure-time.js";
import { placeOf } from "./place.js";

/**
 * @typedef {import("./playback.js").Playback} Playback
 * @typedef {import("../figure/still.js").Shown} Shown
 * @typedef {HTMLElement & {exercise: Shown, time: number, mirrored: boolean}} Figure
 */

// Without its poses and its colours it is not shown: then the import fails, and the still stays.
const [poses] = await Promise.all([
  loadPoses(),
  new Promise((done, failed) => {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = "/static/css/components/figure-paint.css";
    style.addEventListener("load", done);
    style.addEventListener("error", failed);
    document.head.append(style);
  }),
]);

export class Mannequin {
  /** What the stage shows. @type {HTMLElement} */
  element;
  /** @type {Figure[]} */
  #drawn;
  /** @type {Playback | null} */
  #playback = null;
  /** What of the routine it shows. */
  #item = "";
  /** @type {Shown["figure"] | null} */
  #figure = null;
  #frame = 0;

  /**
   * @param {Record<string, Omit<Shown, "figure"> & {figure: object | null}>} exercises of the content, by slug
   * @param {boolean} still
   */
  constructor(exercises, still) {
    this.exercises = exercises;
    this.#drawn = (still ? [0, 1] : [0]).map(
      () => /** @type {Figure} */ (document.createElement("exercise-figure")),
    );
    this.element = still ? document.createElement("div") : this.#drawn[0];
    if (!still) return;
    this.element.className = "figure-pair";
    this.element.append(...this.#drawn);
  }

  /**
   * Show what `playback` has come to, and go on with it while its clock runs.
   * @param {Playback} playback
   */
  follow(playback) {
    this.#playback = playback;
    const { phases, shown } = playback;
    const phase = phases[shown.phase];
    if (phase && itemOf(phase) !== this.#item) this.#take(phase);
    this.#draw();
  }

  /** Stand still, until `follow` is called again. */
  rest() {
    this.#playback = null;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  /** @param {import("./timeline.js").Phase} phase */
  #take(phase) {
    const { exercise, kind, tempo } = phase;
    const shown = this.exercises[exercise];
    const posed = poses[exercise];
    this.#item = itemOf(phase);
    this.#figure = shown && posed ? { ...shown.figure, ...posed } : null;
    // The routine may have another dose than the exercise by itself; a hold has no tempo.
    const dose = kind === "reps" ? { kind, tempo } : { kind };
    if (!this.#figure) return;
    for (const one of this.#drawn) {
      one.time = 0; // A figure that is told the time has no clock of its own.
      one.exercise = { ...shown, figure: this.#figure, dose };
    }
  }

  #draw = () => {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const { phases, shown, now } = this.#playback ?? {};
    if (!this.#figure || !phases || !shown || !now || !phases[shown.phase]) return;
    const { anchor, elapsedMs } = shown;
    // The run is looked at four times a second; between two looks the figure goes by the clock.
    const since = anchor === null ? 0 : Math.max(0, now() - anchor);
    const place = placeOf({ ...shown, elapsedMs: elapsedMs + since }, phases);
    const { times, mirrored } = this.#momentOf(place, this.#figure);
    for (const [n, one] of this.#drawn.entries()) {
      if (one.mirrored !== mirrored) one.mirrored = mirrored;
      if (one.time !== times[n]) one.time = times[n];
    }
    if (anchor !== null && times.length === 1) this.#frame = requestAnimationFrame(this.#draw);
  };

  /** @param {Parameters<typeof momentOf>[0]} place @param {Shown["figure"]} figure */
  #momentOf(place, figure) {
    if (this.#drawn.length > 1) return stillsOf(place, figure);
    const { time, mirrored } = momentOf(place, figure);
    return { times: [time], mirrored };
  }
}

/** Two routines may have their third place in common. @param {import("./timeline.js").Phase} phase */
const itemOf = ({ item, exercise }) => `${item}/${exercise}`;
