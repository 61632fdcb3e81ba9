// The parts of a phone that make a sound, a buzz or keep it lit, without one. They write down what
// they are asked for; time is passed in.

export class FakeAudio extends EventTarget {
  src = "";
  loop = false;
  muted = false;
  paused = true;
  ended = false;
  /** @type {Error | null} */
  error = null;
  currentTime = 0;
  /** @type {Error | null} why it will not play */
  refuses = null;

  async play() {
    if (this.refuses) throw this.refuses;
    this.paused = false;
    this.tell("play");
  }

  pause() {
    if (this.paused) return;
    this.paused = true;
    this.tell("pause");
  }

  /** As if the phone had done it. @param {string} event */
  tell(event) {
    this.dispatchEvent(new Event(event));
  }

  /** Let the track come in. */
  loaded() {
    this.tell("loadedmetadata");
  }

  /** @param {number} seconds */
  runs(seconds) {
    if (!this.paused) this.currentTime += seconds;
  }
}

/** Notes when each tone begins, in the time of `clock` (seconds). */
export class FakeAudioContext {
  state = "running";
  destination = {};
  /** @type {{at: number, hertz?: number, stopped: boolean}[]} */
  sounds = [];

  /** @param {{now: () => number}} clock ms */
  constructor(clock) {
    this.clock = clock;
  }

  get currentTime() {
    return this.clock.now() / 1000;
  }

  async resume() {
    this.state = "running";
  }

  /** When each sound that was not stopped before it began, begins. */
  heard() {
    return this.sounds.filter(({ stopped }) => !stopped);
  }
}

class FakeSource extends EventTarget {
  /** @param {FakeAudioContext} audio @param {{frequency?: number}} [options] */
  constructor(audio, { frequency } = {}) {
    super();
    this.audio = audio;
    this.sound = { at: NaN, hertz: frequency, stopped: false };
  }

  /** @param {any} next */
  connect(next) {
    return next;
  }

  /** @param {number} at */
  start(at) {
    this.sound.at = at;
    this.audio.sounds.push(this.sound);
  }

  /** @param {number} [at] none: at once */
  stop(at) {
    if (at === undefined && this.sound.at > this.audio.currentTime) this.sound.stopped = true;
  }
}

class FakeGain {
  gain = { setValueAtTime() {}, linearRampToValueAtTime() {} };

  /** @param {any} next */
  connect(next) {
    return next;
  }
}

/**
 * Put the parts where scripts look for them.
 * @param {Record<string, unknown>} [more]
 */
export function equip(more = {}) {
  const parts = {
    Audio: FakeAudio,
    OscillatorNode: FakeSource,
    AudioBufferSourceNode: FakeSource,
    GainNode: FakeGain,
    navigator: {},
    ...more,
  };
  for (const [name, value] of Object.entries(parts)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
}

/** @param {Record<string, string>} [kept] */
export function fakeStorage(kept = {}) {
  return {
    kept,
    getItem: (/** @type {string} */ key) => kept[key] ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => {
      kept[key] = value;
    },
  };
}
