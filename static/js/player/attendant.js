// What goes along with a run: its sound, the lit screen, and the mark that this page is busy.
import { keepSound, phoneStorage, readSound } from "./sound-settings.js";
import { WakeLock } from "./wake-lock.js";

/**
 * @typedef {import("./playback.js").Playback} Playback
 * @typedef {import("./sound.js").Sound} Sound
 * @typedef {import("./sound-settings.js").SoundSettings} SoundSettings
 */

export class Attendant {
  settings = readSound(phoneStorage());
  /** Set where pocket mode was asked for, and the phone would not have it. */
  refused = false;
  #wakeLock = new WakeLock();
  #lit = false;
  #spoke = false;
  /** @type {AudioContext | null} */
  #audio = null;
  /** @type {Sound | null} */
  #sound = null;
  /** @type {Promise<void> | null} */
  #bringing = null;
  /** @type {Playback | null} */
  #playback = null;

  /**
   * @param {object} outside
   * @param {import("./lock-screen.js").Keys} outside.keys
   * @param {() => void} outside.changed called when there is something else to show
   */
  constructor({ keys, changed }) {
    this.keys = keys;
    this.changed = changed;
    // What begins to play in a tap has to be there before it; what the phone holds costs nothing.
    if (this.settings.pocket || navigator.serviceWorker?.controller) this.#bring();
  }

  /** The clock of the run: in pocket mode what is heard, else the phone's. */
  now() {
    return this.#sound?.now() ?? Date.now();
  }

  /**
   * Keep other settings, and go by them.
   * @param {Partial<SoundSettings>} change
   */
  set(change) {
    this.settings = { ...this.settings, ...change };
    keepSound(phoneStorage(), this.settings);
    if (change.pocket !== undefined) {
      this.refused = false;
      this.#open(); // a locked phone lets only another kind of sound go on
    }
    this.#sound?.set(this.settings);
    if (this.settings.pocket) this.#bring();
    this.#light();
    this.changed();
  }

  /** Turn all sound off or on; call it in a tap, so that the sound may begin. */
  toggleSound() {
    this.#open();
    this.set({ muted: !this.settings.muted });
  }

  /**
   * Let it be heard, in a tap, how something sounds now.
   * @param {"voice" | "beeps" | "vibration"} what
   */
  async sample(what) {
    this.#open();
    await this.#bring();
    this.#sound?.sample(what);
  }

  /** Get ready in the tap that starts or resumes. */
  arm() {
    this.refused = false;
    this.#open();
    this.#sound?.arm();
    this.#bring();
  }

  /**
   * Go on with a run.
   * @param {Playback} playback
   */
  follow(playback) {
    this.#playback = playback;
    this.#sound?.follow(playback);
    this.#light();
  }

  /**
   * A run is there, new or taken up: until it is saved, no update may reload the page.
   * @param {Playback} playback
   */
  begin(playback) {
    document.documentElement.dataset.busy = "routine";
    this.follow(playback);
  }

  /** The page is back in sight: phones take the lock and the sound away when it is hidden. */
  renew() {
    this.#wakeLock.renew();
    this.#wake();
  }

  /** The run is saved, thrown away, or left with the page. */
  end() {
    this.#playback = null;
    this.#sound?.end();
    this.#light();
    delete document.documentElement.dataset.busy;
  }

  /** Open the way for sound: phones allow it in a tap only. */
  #open() {
    // "transient" lowers the rider's music for a moment instead of stopping it (iOS 16.4); only
    // "playback" goes on under a locked screen.
    const session = /** @type {any} */ (navigator).audioSession;
    if (session) session.type = this.settings.pocket ? "playback" : "transient";
    this.#loosenTongue();
    try {
      this.#audio ??= new AudioContext();
      this.#wake();
    } catch {
      // No sound here: the screen and the buzzing are left.
    }
  }

  /** Speak nothing, once: on iOS the phone's own voice is silent until it has spoken in a tap. */
  #loosenTongue() {
    if (this.#spoke || !globalThis.speechSynthesis) return;
    this.#spoke = true;
    const nothing = new SpeechSynthesisUtterance("");
    nothing.volume = 0;
    speechSynthesis.speak(nothing);
  }

  #wake() {
    if (this.#audio && this.#audio.state !== "running") this.#audio.resume().catch(() => {});
  }

  /** Keep the screen on while the clock runs, unless the phone is meant to go dark. */
  #light() {
    const runs = this.#playback !== null && this.#playback.shown.anchor !== null;
    const lit = runs && !(this.settings.pocket && !this.refused);
    if (lit === this.#lit) return;
    this.#lit = lit;
    if (lit) this.#wakeLock.hold();
    else this.#wakeLock.release();
  }

  #bring() {
    this.#bringing ??= import("./sound.js")
      .then(({ Sound }) => Sound.begin(this.#outside, this.settings))
      .then((sound) => this.#take(sound))
      .catch(() => {
        this.#bringing = null; // No signal; the next tap tries again.
        if (this.settings.pocket) this.#refuse();
      });
    return this.#bringing;
  }

  /** @param {Sound} sound */
  #take(sound) {
    this.#sound = sound;
    sound.set(this.settings);
    if (this.#playback) sound.follow(this.#playback);
  }

  get #outside() {
    return {
      audio: () => this.#audio,
      wall: () => Date.now(),
      keys: this.keys,
      refused: () => this.#refuse(),
    };
  }

  #refuse() {
    this.refused = true;
    this.#light();
    this.changed();
  }
}
