// Sounds one cue in the open page: a beep, a word, a buzz. What the phone has none of stays silent.
import { spoken } from "./speaker.js";
import { EDGES, TONES } from "./tones.js";

/**
 * @typedef {import("./cue-list.js").Cue} Cue
 * @typedef {import("./clips.js").Clips} Clips
 * @typedef {import("./sound-settings.js").SoundSettings} SoundSettings
 * @typedef {{beeps: boolean, words: boolean}} Wanted
 */

/** Milliseconds on, off, on … @type {Record<string, number[]>} */
const BUZZES = { change: [250], countdown: [50], end: [250, 120, 500] };

export class Cues {
  /** The recorded voice, where it is on the phone; else the phone's own speaks. @type {Clips | null} */
  clips = null;
  /** How to stop what is planned or sounding. @type {Set<() => void>} */
  #stops = new Set();

  /** @param {() => AudioContext | null} audio null: none yet, or never */
  constructor(audio) {
    this.audio = audio;
  }

  /** True while the sound that a tap has opened is only just coming. */
  get waking() {
    const audio = this.audio();
    return audio?.state === "suspended" && audio.currentTime === 0;
  }

  /**
   * Sound `cue` in `delay` seconds.
   * @param {Cue} cue
   * @param {number} delay
   * @param {SoundSettings} settings
   * @param {Wanted} [wanted] what is not heard from elsewhere
   */
  plan(cue, delay, settings, wanted = { beeps: true, words: true }) {
    const { muted, vibration, beepVolume, voiceVolume } = settings;
    const beeps = wanted.beeps && settings.beeps && !muted;
    const words = wanted.words && settings.voice && !muted;
    if (vibration && BUZZES[cue.kind]) this.#later(delay, () => buzz(BUZZES[cue.kind]));
    if (cue.kind !== "say") return beeps && this.#beep(cue.kind, delay, beepVolume);
    if (!words || !cue.text) return;
    const { text } = cue;
    if (this.clips) this.#play(this.clips, cue.clips ?? [], delay, voiceVolume);
    else this.#later(delay, () => this.#speak(text, voiceVolume));
  }

  /** Be silent at once, and forget what was planned. */
  hush() {
    for (const stop of this.#stops) stop();
    this.#stops.clear();
  }

  /** @param {import("./tones.js").Beep} kind @param {number} delay @param {number} volume */
  #beep(kind, delay, volume) {
    for (const tone of TONES[kind]) {
      this.#connect(delay + tone.delay, (audio, at) => {
        const over = at + tone.seconds;
        const gain = new GainNode(audio, { gain: 0 });
        gain.gain.setValueAtTime(0, at);
        gain.gain.linearRampToValueAtTime(tone.loudness * volume, at + EDGES.rise);
        gain.gain.setValueAtTime(tone.loudness * volume, over);
        gain.gain.linearRampToValueAtTime(0, over + EDGES.fall);
        const source = new OscillatorNode(audio, { frequency: tone.hertz });
        source.connect(gain).connect(audio.destination);
        source.start(at);
        source.stop(over + EDGES.fall);
        return source;
      });
    }
  }

  /**
   * @param {Clips} clips
   * @param {string[]} keys
   * @param {number} delay
   * @param {number} volume
   */
  #play({ buffer, slices }, keys, delay, volume) {
    for (const { key, delay: after } of spoken(keys)) {
      if (!slices[key]) continue;
      this.#connect(delay + after, (audio, at) => {
        const source = new AudioBufferSourceNode(audio, { buffer });
        source.connect(new GainNode(audio, { gain: volume })).connect(audio.destination);
        source.start(at, ...slices[key]);
        return source;
      });
    }
  }

  /**
   * Have a source sound, unless the phone has taken the sound away: then it would come late.
   * @param {number} delay
   * @param {(audio: AudioContext, at: number) => AudioScheduledSourceNode} start
   */
  #connect(delay, start) {
    const audio = this.audio();
    if (audio?.state !== "running") return;
    const source = start(audio, audio.currentTime + delay);
    const stop = () => source.stop();
    this.#stops.add(stop);
    source.addEventListener("ended", () => this.#stops.delete(stop));
  }

  /** @param {string} text @param {number} volume */
  #speak(text, volume) {
    const { speechSynthesis: speech } = globalThis;
    if (!speech) return;
    const words = new SpeechSynthesisUtterance(text);
    const voices = speech.getVoices().filter(({ lang }) => lang.startsWith("en"));
    words.lang = "en-GB";
    words.voice = voices.find(({ localService }) => localService) ?? voices[0] ?? null;
    words.volume = volume;
    if (speech.speaking || speech.pending) speech.cancel(); // A slow voice is still at what is over.
    speech.speak(words);
    const stop = () => speech.cancel();
    this.#stops.add(stop);
    words.addEventListener("end", () => this.#stops.delete(stop));
  }

  /** @param {number} delay @param {() => void} act */
  #later(delay, act) {
    const timer = setTimeout(() => {
      this.#stops.delete(stop);
      act();
    }, delay * 1000);
    const stop = () => clearTimeout(timer);
    this.#stops.add(stop);
  }
}

/** @param {number[]} pattern */
function buzz(pattern) {
  navigator.vibrate?.(pattern);
}
