// What a locked phone shows of a running routine, and its keys there (Media Session).
import { setWords, SIDES } from "./words.js";

/**
 * @typedef {import("./playback.js").Playback} Playback
 * @typedef {{play: () => void, pause: () => void, nexttrack: () => void,
 *   previoustrack: () => void}} Keys
 */

/** The picture of an exercise. It is not held by the phone: with no signal there is none. */
const artworkOf = (/** @type {string} */ exercise) => [
  { src: `/static/cards/${exercise}.png`, sizes: "1200x630", type: "image/png" },
];

/**
 * Name the set that `playback` stands in: exercise, side and set, routine.
 * @param {Pick<Playback, "phases" | "plan" | "shown">} playback
 */
export function titlesOf(playback) {
  const { plan } = playback;
  const phase = phaseOf(playback);
  const side = phase.side === "both" ? [] : [SIDES[phase.side]];
  const rest = phase.type === "rest" ? ["Rest. Next"] : [];
  return {
    title: plan.exercises[phase.exercise].name,
    artist: [...rest, ...side, setWords(phase)].join(", ").replace("Next, ", "Next: "),
    album: plan.routine.name,
  };
}

/** @param {Pick<Playback, "phases" | "shown">} playback */
const phaseOf = ({ phases, shown }) => phases[Math.min(shown.phase, phases.length - 1)];

/** Not every browser has it: then the phone shows what it likes. */
export class LockScreen {
  #shown = "";

  /** @param {Keys} keys */
  constructor(keys) {
    this.keys = keys;
  }

  /** @param {Playback} playback */
  show(playback) {
    const session = navigator.mediaSession;
    if (!session) return;
    const titles = titlesOf(playback);
    const shown = Object.values(titles).join("\n");
    session.playbackState = playback.shown.anchor === null ? "paused" : "playing";
    if (shown === this.#shown) return;
    if (!this.#shown) this.#listen(session, this.keys);
    this.#shown = shown;
    const { exercise } = phaseOf(playback);
    session.metadata = new MediaMetadata({ ...titles, artwork: artworkOf(exercise) });
  }

  clear() {
    const session = navigator.mediaSession;
    if (!session || !this.#shown) return;
    this.#shown = "";
    session.metadata = null;
    session.playbackState = "none";
    this.#listen(session, {});
  }

  /** @param {MediaSession} session @param {Partial<Keys>} keys */
  #listen(session, keys) {
    for (const name of /** @type {(keyof Keys)[]} */ (Object.keys(this.keys))) {
      try {
        session.setActionHandler(name, keys[name] ?? null);
      } catch {
        // An older browser does not know this key.
      }
    }
  }
}
