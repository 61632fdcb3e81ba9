// Pocket mode: the cues as one piece of audio, which goes on where scripts are stopped.
//
// Under a locked screen a page hardly runs, but its <audio> does. So what is left of the routine is
// rendered beforehand and played as ordinary media, and while it plays, its `currentTime` is the clock
// that the player goes by: whatever the phone did to the page, both are at the same place.
import { AFTERWORD_S } from "./cue-list.js";

/**
 * @typedef {import("./machine.js").Run} Run
 * @typedef {import("./score.js").Score} Score
 * @typedef {(from: number, seconds: number) => Promise<Blob>} Render `from` a second of the score
 * @typedef {object} Outside
 * @property {() => number} wall ms since the epoch
 * @property {() => void} sounds called when the track begins to be what is heard
 * @property {() => void} stopped called when the phone stops it: a call, another app
 * @property {() => void} resumed called when the phone lets it go on
 * @property {(reason: unknown) => void} refused called when it cannot be: no codec, not allowed
 */

export class Pocket {
  #element;
  #silence;
  /** Without a `url` it is still being made. */
  #track = { url: "", from: 0, version: -1, sound: "" };
  /** Where the run is, as of the time `anchor`; null: it stands still. */
  #place = { second: 0, anchor: /** @type {number | null} */ (null) };
  /** Whether it should play now: then a stop is not ours. */
  #playing = false;
  /** From here on the clock goes by the track. @type {{wall: number, at: number} | null} */
  #base = null;
  /** How far the track has fallen behind the wall clock since the last pause, in ms. */
  #behind = 0;
  #refused = false;

  /**
   * @param {Outside} outside
   * @param {Blob} silence
   * @param {HTMLAudioElement} [element]
   */
  constructor(outside, silence, element = new Audio()) {
    this.outside = outside;
    this.#silence = URL.createObjectURL(silence);
    this.#element = element;
    element.addEventListener("loadedmetadata", () => {
      if (this.#loaded && this.#place.anchor !== null) this.#play();
    });
    element.addEventListener("pause", () => {
      if (!this.#playing || !element.paused || element.ended) return;
      this.#playing = false;
      outside.stopped();
    });
    element.addEventListener("play", () => {
      if (!this.#playing && !element.paused) outside.resumed();
    });
    element.addEventListener("error", () => this.#refuse(element.error));
  }

  /** True while the track is what is heard. */
  get sounding() {
    return this.#base !== null;
  }

  /** @param {boolean} muted */
  set muted(muted) {
    this.#element.muted = muted;
  }

  /** @returns {number} ms since the epoch, by the track while it plays */
  now() {
    if (!this.#base) return this.outside.wall() - this.#behind;
    return this.#base.wall + (this.#element.currentTime - this.#base.at) * 1000;
  }

  /** Get ready in a tap: phones let play later what has played in one. */
  arm() {
    this.#refused = false;
    if (!this.#loaded && !this.#playing) this.#wait();
  }

  /**
   * Be where the run is.
   * @param {Run} run
   * @param {Score} score
   * @param {string} sound how the track sounds; another one is another track
   * @param {boolean} moved whether the run went on otherwise than by the clock
   * @param {Render} render
   */
  follow(run, score, sound, moved, render) {
    if (this.#refused) return;
    const second = score.secondOf(run);
    this.#place = { second, anchor: run.anchor };
    if (run.anchor === null) {
      if (run.endedAt !== null && second >= score.length) {
        const { sounding } = this;
        this.#leave(); // The chime rings out; where the end came early, it comes early too.
        if (moved && sounding) this.#element.currentTime = second - this.#track.from;
      } else this.#halt();
      return;
    }
    const { version, from, sound: made } = this.#track;
    const fits = version === score.version && made === sound && second >= from;
    if (!fits) this.#make(score, sound, score.startOf(run.phase - 1), render);
    else if (this.#loaded && (moved || !this.#base)) this.#play();
  }

  /** Stop in the middle of a run, whose clock goes on with no jump. */
  putAway() {
    this.#leave();
    this.#playing = false;
    this.#refused = false;
    this.#element.pause();
    this.#forget();
  }

  /** Stop, and forget the track. */
  end() {
    this.#halt();
    this.#forget();
  }

  get #loaded() {
    return this.#track.url !== "" && this.#element.src === this.#track.url;
  }

  /**
   * @param {Score} score
   * @param {string} sound
   * @param {number} from
   * @param {Render} render
   */
  async #make({ version, length }, sound, from, render) {
    this.#forget();
    const track = { url: "", from, version, sound };
    this.#track = track;
    this.#leave();
    this.#wait();
    try {
      const blob = await render(from, length - from + AFTERWORD_S);
      if (this.#track !== track) return;
      track.url = URL.createObjectURL(blob);
      this.#element.loop = false;
      this.#element.src = track.url;
    } catch (error) {
      if (this.#track === track) this.#refuse(error);
    }
  }

  /** Hold the phone's ear with silence: whoever stops playing is not let play again. */
  #wait() {
    this.#element.loop = true;
    this.#element.src = this.#silence;
    this.#start();
  }

  #play() {
    const now = this.now();
    const { second, anchor } = this.#place;
    const since = Math.max(0, now - (anchor ?? now)) / 1000;
    this.#element.currentTime = second + since - this.#track.from;
    this.#base = { wall: now, at: this.#element.currentTime };
    this.#start();
    this.outside.sounds();
  }

  #start() {
    this.#playing = true;
    this.#element.play().catch((error) => {
      if (error.name !== "AbortError") this.#refuse(error); // Aborted is: by another of our calls.
    });
  }

  #halt() {
    this.#playing = false;
    this.#base = null;
    this.#behind = 0;
    this.#element.pause();
  }

  /** Go by the wall clock again, with no jump. */
  #leave() {
    this.#behind = this.outside.wall() - this.now();
    this.#base = null;
  }

  #forget() {
    URL.revokeObjectURL(this.#track.url);
    this.#track = { url: "", from: 0, version: -1, sound: "" };
  }

  /** @param {unknown} reason */
  #refuse(reason) {
    this.#refused = true;
    this.#leave();
    this.#playing = false;
    this.#element.pause();
    this.#forget();
    this.outside.refused(reason);
  }
}
