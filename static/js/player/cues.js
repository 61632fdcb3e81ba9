// Beeps and buzzes at changes. Whatever the phone has none of stays silent, without a word.

const KEY = "dbs-sound";

/** A tone: frequency in hertz, seconds, loudness 0-1. */
const SHORT = { hertz: 880, seconds: 0.09, loudness: 0.25 };
const LONG = { hertz: 1175, seconds: 0.5, loudness: 0.3 };
const PACE = { hertz: 330, seconds: 0.05, loudness: 0.12 };

/** Makes the cues; `arm` must be called in a tap first, as phones allow sound only then. */
export class Cues {
  /** @type {AudioContext | null} */
  #audio = null;
  #muted = attempt(() => localStorage.getItem(KEY)) === "off";

  get muted() {
    return this.#muted;
  }

  /** Kept for the next time on this phone. Buzzing goes on: it wakes no one. */
  set muted(value) {
    this.#muted = value;
    attempt(() => localStorage.setItem(KEY, value ? "off" : "on"));
  }

  /** Get the sound ready. Call it in a tap on Start or Resume. */
  arm() {
    attempt(() => {
      // "transient" lowers the rider's music for a moment instead of stopping it (iOS 16.4).
      const session = /** @type {any} */ (navigator).audioSession;
      if (session) session.type = "transient";
      this.#audio ??= new AudioContext();
      if (this.#audio.state !== "running") this.#audio.resume().catch(() => {});
    });
  }

  /** Go on after the phone took the sound away; without a tap before, it stays silent. */
  wake() {
    if (this.#audio && this.#audio.state !== "running") this.arm();
  }

  /** Something else begins. */
  change() {
    this.#sound(LONG);
    buzz([250]);
  }

  /** It ends in three, two, one. */
  countdown() {
    this.#sound(SHORT);
    buzz([50]);
  }

  /** The next repetition. */
  pace() {
    this.#sound(PACE);
  }

  /** All done. */
  end() {
    this.#sound(LONG);
    this.#sound({ ...LONG, hertz: 1568 }, 0.45);
    buzz([250, 120, 500]);
  }

  /** @param {typeof SHORT} tone @param {number} [delay] seconds */
  #sound({ hertz, seconds, loudness }, delay = 0) {
    const audio = this.#audio;
    if (audio?.state !== "running" || this.#muted) return;
    attempt(() => {
      const at = audio.currentTime + delay;
      const tone = new OscillatorNode(audio, { frequency: hertz });
      const gain = new GainNode(audio, { gain: 0 });
      // A soft edge at both ends: a bare on and off clicks.
      gain.gain.setValueAtTime(0, at);
      gain.gain.linearRampToValueAtTime(loudness, at + 0.01);
      gain.gain.setValueAtTime(loudness, at + seconds);
      gain.gain.linearRampToValueAtTime(0, at + seconds + 0.04);
      tone.connect(gain).connect(audio.destination);
      tone.start(at);
      tone.stop(at + seconds + 0.05);
    });
  }
}

/** @param {number[]} pattern milliseconds on, off, on … */
function buzz(pattern) {
  attempt(() => navigator.vibrate?.(pattern));
}

/**
 * @template T
 * @param {() => T} act
 * @returns {T | undefined}
 */
function attempt(act) {
  try {
    return act();
  } catch {
    return undefined;
  }
}
