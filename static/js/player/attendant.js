// What goes along with a run: its beeps, the lit screen, and the mark that this page is busy.
import { Cues } from "./cues.js";
import { cueBetween } from "./place.js";
import { WakeLock } from "./wake-lock.js";

/**
 * @typedef {import("./machine.js").Run} Run
 * @typedef {import("./timeline.js").Phase} Phase
 */

export class Attendant {
  #cues = new Cues();
  #wakeLock = new WakeLock();

  get muted() {
    return this.#cues.muted;
  }

  /** Turn the sound off or on; call it in a tap, so that the sound may begin. */
  toggleSound() {
    this.#cues.muted = !this.#cues.muted;
    this.#cues.arm();
  }

  /** Get ready in the tap that starts or resumes. */
  arm() {
    this.#cues.arm();
  }

  /**
   * Sound what lies between two runs, and keep the screen on while the clock runs.
   * @param {Run} before
   * @param {Run} after
   * @param {Phase[]} phases
   */
  follow(before, after, phases) {
    const cue = cueBetween(before, after, phases);
    if (cue) this.#cues[cue]();
    if (after.anchor === null) this.#wakeLock.release();
    else if (before.anchor === null) this.#wakeLock.hold();
  }

  /**
   * A run is there, new or taken up: until it is saved, no update may reload the page.
   * @param {Run} run
   */
  begin(run) {
    const { dataset } = document.documentElement;
    if (dataset.busy !== "routine" && run.anchor !== null) {
      this.#cues.change();
      this.#wakeLock.hold();
    }
    dataset.busy = "routine";
  }

  /** The page is back in sight: phones take the lock and the sound away when it is hidden. */
  renew() {
    this.#wakeLock.renew();
    this.#cues.wake();
  }

  /** The run is saved, thrown away, or left with the page. */
  end() {
    this.#wakeLock.release();
    delete document.documentElement.dataset.busy;
  }
}
