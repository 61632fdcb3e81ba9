// What a rider wants to hear and feel. Kept on this phone, not in the log: each phone is another.

const KEY = "dbs-sound";

/**
 * Volumes are 0-1. `muted` silences voice and beeps without forgetting the rest.
 * @typedef {object} SoundSettings
 * @property {boolean} voice
 * @property {boolean} beeps
 * @property {boolean} vibration
 * @property {number} voiceVolume
 * @property {number} beepVolume
 * @property {boolean} pocket go on under a locked screen
 * @property {boolean} muted
 * @property {boolean} keys whether single characters on a keyboard do something
 */

/** @type {Readonly<SoundSettings>} */
export const DEFAULTS = Object.freeze({
  voice: true,
  beeps: true,
  vibration: true,
  voiceVolume: 1,
  beepVolume: 0.7,
  pocket: false,
  muted: false,
  keys: true,
});

/**
 * Read what is kept; whatever is missing or makes no sense there is as at first.
 * @param {Pick<Storage, "getItem"> | null} storage null: this browser gives none
 * @returns {SoundSettings}
 */
export function readSound(storage) {
  const kept = parse(storage, KEY);
  const known = Object.entries(DEFAULTS).filter(([name, value]) => {
    return typeof kept[name] === typeof value && fits(kept[name]);
  });
  return { ...DEFAULTS, ...Object.fromEntries(known.map(([name]) => [name, kept[name]])) };
}

/**
 * Keep `settings`, where the phone lets us.
 * @param {Pick<Storage, "setItem"> | null} storage
 * @param {SoundSettings} settings
 */
export function keepSound(storage, settings) {
  try {
    storage?.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Full or forbidden: it holds until the page is left.
  }
}

/** Return the phone's storage; some browsers refuse even the look at it. */
export function phoneStorage() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

/**
 * @param {Pick<Storage, "getItem"> | null} storage
 * @param {string} key
 * @returns {Record<string, any>}
 */
function parse(storage, key) {
  try {
    const text = storage?.getItem(key) ?? "";
    if (text === "on" || text === "off") return { muted: text === "off" }; // Kept by older apps.
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/** @param {unknown} value */
function fits(value) {
  return typeof value !== "number" || (value >= 0 && value <= 1);
}
