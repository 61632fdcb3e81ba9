// The moving figure on the stage. Brought by import() once a routine runs: nobody waits for it.
import "../components/exercise-figure.js";
import { momentOf } from "./figure-time.js";
import { placeOf } from "./place.js";

/**
 * @typedef {import("./playback.js").Playback} Playback
 * @typedef {import("../figure/still.js").Shown} Shown
 * @typedef {HTMLElement & {exercise: Shown, time: number, mirrored: boolean}} Figure
 */

// Without its poses and its colours it is not shown: then the import fails, and the still stays.
/** @type {[Record<string, Shown["figure"]>, unknown]} */
const [poses] = await Promise.all([
  fetch("/poses.json").then((answer) => answer.json()),
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
  /** What the stage shows. */
  element = /** @type {Figure} */ (document.createElement("exercise-figure"));
  /** @type {Playback | null} */
  #playback = null;
  /** The item of the routine that it shows. */
  #item = -1;
  /** @type {Shown["figure"] | null} */
  #figure = null;
  #frame = 0;

  /** @param {Record<string, Omit<Shown, "figure"> & {figure: object | null}>} exercises of the content, by slug */
  constructor(exercises) {
    this.exercises = exercises;
  }

  /**
   * Show what `playback` has come to, and go on with it while its clock runs.
   * @param {Playback} playback
   */
  follow(playback) {
    this.#playback = playback;
    const { phases, shown } = playback;
    const phase = phases[shown.phase];
    if (phase && phase.item !== this.#item) this.#take(phase);
    this.#draw();
  }

  /** Stand still, until `follow` is called again. */
  rest() {
    this.#playback = null;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  /** @param {import("./timeline.js").Phase} phase */
  #take({ item, exercise, kind, tempo }) {
    const shown = this.exercises[exercise];
    const posed = poses[exercise];
    this.#item = item;
    this.#figure = shown && posed ? { ...shown.figure, ...posed } : null;
    // The routine may have another dose than the exercise by itself; a hold has no tempo.
    const dose = kind === "reps" ? { kind, tempo } : { kind };
    if (!this.#figure) return;
    this.element.time = 0; // A figure that is told the time has no clock of its own.
    this.element.exercise = { ...shown, figure: this.#figure, dose };
  }

  #draw = () => {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const { phases, shown, now } = this.#playback ?? {};
    if (!this.#figure || !phases || !shown || !now || !phases[shown.phase]) return;
    const { element } = this;
    const { anchor, elapsedMs } = shown;
    // The run is looked at four times a second; between two looks the figure goes by the clock.
    const since = anchor === null ? 0 : Math.max(0, now() - anchor);
    const place = placeOf({ ...shown, elapsedMs: elapsedMs + since }, phases);
    const { time, mirrored } = momentOf(place, this.#figure);
    if (element.mirrored !== mirrored) element.mirrored = mirrored;
    if (element.time !== time) element.time = time;
    if (anchor !== null) this.#frame = requestAnimationFrame(this.#draw);
  };
}
