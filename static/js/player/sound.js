// All that is heard of a run: from the open page, or from the track of pocket mode, never from both.
// Brought by import() once a routine runs: nobody waits for it.
import { cuesOf } from "./cue-list.js";
import { loadClips } from "./clips.js";
import { Cues } from "./cues.js";
import { LockScreen } from "./lock-screen.js";
import { Pocket } from "./pocket.js";
import { due, LATE_S, Score } from "./score.js";
import { renderTrack } from "./track.js";

/**
 * @typedef {import("./machine.js").Run} Run
 * @typedef {import("./playback.js").Playback} Playback
 * @typedef {import("./sound-settings.js").SoundSettings} SoundSettings
 * @typedef {object} Outside
 * @property {() => AudioContext | null} audio
 * @property {() => number} wall ms since the epoch
 * @property {import("./lock-screen.js").Keys} keys what a lock screen, or the phone itself, may press
 * @property {() => void} refused called when pocket mode cannot be
 */

/** Cues are handed to the phone this long before they are due, in seconds: hidden pages are slow. */
const AHEAD_S = 1.2;
/** Two looks at one clock agree this well, in seconds. */
const STEADY_S = 0.05;

export class Sound {
  #score = new Score(cuesOf);
  #cues;
  #pocket;
  #lockScreen;
  #settings;
  /** Up to this second of the score all is heard, or planned. */
  #heard = 0;
  /** Of the last look: the second of the score, that of the clock, and which score. */
  #seen = { second: NaN, clock: NaN, version: -1 };
  /** @type {Playback | null} */
  #playback = null;

  /**
   * Make one, with the silence that pocket mode begins with.
   * @param {Outside} outside
   * @param {SoundSettings} settings
   */
  static async begin(outside, settings) {
    return new Sound(outside, settings, await renderTrack([], null, 1));
  }

  /**
   * @param {Outside} outside
   * @param {SoundSettings} settings
   * @param {Blob} silence
   */
  constructor({ audio, wall, keys, refused }, settings, silence) {
    this.#cues = new Cues(audio);
    this.#lockScreen = new LockScreen(keys);
    const sounds = () => this.#replan();
    const outside = { wall, sounds, stopped: keys.pause, resumed: keys.play, refused };
    this.#pocket = new Pocket(outside, silence);
    this.#settings = settings;
    this.#bringClips();
  }

  /** @returns {number} ms since the epoch, by the track where that is what is heard */
  now() {
    return this.#pocket.now();
  }

  /** Get ready, in the tap that starts or resumes. */
  arm() {
    if (this.#settings.pocket) this.#pocket.arm();
  }

  /**
   * Go by other settings from here on.
   * @param {SoundSettings} settings
   */
  set(settings) {
    this.#settings = settings;
    if (!settings.pocket) {
      this.#pocket.putAway();
      this.#lockScreen.clear();
    }
    this.#again();
    this.#bringClips();
  }

  /**
   * Be where `playback` is.
   * @param {Playback} playback
   */
  follow(playback) {
    this.#playback = playback;
    const { shown: run, phases, plan } = playback;
    this.#score.follow(run, phases, plan.exercises);
    const moved = this.#moved(run);
    this.#plan(run, moved);
    if (!this.#settings.pocket) return;
    this.#pocket.muted = this.#settings.muted;
    this.#pocket.follow(run, this.#score, this.#made(), moved, this.#render);
    this.#lockScreen.show(playback);
  }

  /**
   * Sound one of its kind, at once.
   * @param {"voice" | "beeps" | "vibration"} what
   */
  sample(what) {
    const beep = /** @type {const} */ ({ at: 0, kind: "countdown", phase: 0 });
    const word = /** @type {const} */ ({ at: 0, kind: "say", phase: 0, text: "Left side." });
    const cue = what === "voice" ? { ...word, clips: ["left"] } : beep;
    const only = { ...this.#settings, beeps: what === "beeps", vibration: what === "vibration" };
    this.#cues.plan(cue, 0, only);
  }

  /** Nothing is to be heard any more. */
  end() {
    this.#playback = null;
    this.#cues.hush();
    this.#pocket.end();
    this.#lockScreen.clear();
  }

  #again() {
    this.#replan();
    if (this.#playback) this.follow(this.#playback);
  }

  /** From now on it is heard in another way. */
  #replan() {
    this.#cues.hush();
    if (this.#playback) this.#heard = this.#secondNow(this.#playback.shown);
  }

  async #bringClips() {
    const clips = this.#settings.voice ? await loadClips() : null;
    if (Boolean(clips) === Boolean(this.#cues.clips)) return;
    this.#cues.clips = clips;
    this.#again();
  }

  /**
   * Say whether `run` went on otherwise than by the clock since the last look.
   * @param {Run} run
   */
  #moved(run) {
    const { version } = this.#score;
    const second = this.#score.secondOf(run);
    const clock = (run.anchor ?? run.endedAt ?? NaN) / 1000;
    const { second: was, clock: then, version: old } = this.#seen;
    this.#seen = { second, clock, version };
    return version !== old || !(Math.abs(second - was - (clock - then)) < STEADY_S);
  }

  /**
   * Plan what is due soon. What is past stays unsaid: a phone that slept does not catch up.
   * @param {Run} run
   * @param {boolean} moved
   */
  #plan(run, moved) {
    const now = this.#secondNow(run);
    if (moved) this.#heard = this.#score.secondOf(run);
    if (moved || now > this.#heard) this.#cues.hush();
    if (run.anchor === null && (run.endedAt === null || now < this.#score.length)) return;
    if (this.#cues.waking && now - this.#heard < LATE_S) return; // The next look is early enough.
    const track = this.#pocket.sounding;
    const wanted = { beeps: !track, words: !track || !this.#cues.clips };
    for (const cue of due(this.#score.cues, Math.max(this.#heard, now - LATE_S), now + AHEAD_S)) {
      this.#cues.plan(cue, Math.max(0, cue.at - now), this.#settings, wanted);
    }
    this.#heard = Math.max(this.#heard, now + AHEAD_S);
  }

  /** @param {Run} run */
  #secondNow(run) {
    const since = run.anchor === null ? 0 : Math.max(0, this.now() - run.anchor);
    return this.#score.secondOf(run) + since / 1000;
  }

  /** How the track sounds, as the key of it. */
  #made() {
    return JSON.stringify(this.#volumes);
  }

  get #volumes() {
    const { voice, beeps, voiceVolume, beepVolume } = this.#settings;
    const spoken = voice && this.#cues.clips;
    return { voice: spoken ? voiceVolume : 0, beeps: beeps ? beepVolume : 0 };
  }

  /** @param {number} from @param {number} seconds */
  #render = (from, seconds) => {
    return renderTrack(this.#score.cues, this.#cues.clips, seconds, {
      volumes: this.#volumes,
      from,
    });
  };
}
