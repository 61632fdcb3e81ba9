// <sound-panel>: what is heard and felt in the player, kept on this phone.
import { html, LitElement, nothing } from "lit";
import { size } from "../lib/storage.js";
import { BYTES, clipsHere, downloadClips, removeClips } from "../player/clips.js";

/**
 * @typedef {import("../player/attendant.js").Attendant} Attendant
 * @typedef {import("../player/sound-settings.js").SoundSettings} SoundSettings
 * @typedef {"voice" | "beeps" | "vibration" | "pocket" | "keys"} Switch
 */

await new Promise((done, failed) => {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = "/static/css/components/sound-panel.css";
  style.addEventListener("load", done);
  style.addEventListener("error", failed);
  document.head.append(style);
});

export class SoundPanel extends LitElement {
  static properties = {
    here: { state: true },
    share: { state: true },
    failed: { state: true },
  };

  /** @type {Attendant | null} */
  attendant = null;

  constructor() {
    super();
    /** Whether the recorded voice is on this phone; undefined: not known yet. @type {boolean | undefined} */
    this.here = undefined;
    /** How much of it has come, 0-1. @type {number | null} */
    this.share = null;
    this.failed = false;
  }

  createRenderRoot() {
    return this;
  }

  async firstUpdated() {
    this.#dialog.showModal();
    this.here = await clipsHere();
  }

  render() {
    return html`
      <dialog class="card sound-panel" aria-labelledby="sound-title" @close=${() => this.remove()}>
        <div class="stack">
          <h2 id="sound-title" tabindex="-1" autofocus>Sound settings</h2>
          ${this.#settings.muted ? this.#muted() : nothing}
          ${this.#part("voice", "Voice", "Says what comes, which side, and counts.", [
            this.#volume("voiceVolume", "Voice volume", "voice"),
            this.#recording(),
          ])}
          ${this.#part(
            "beeps",
            "Beeps",
            "At each change, each repetition, and three before the end.",
            [this.#volume("beepVolume", "Beep volume", "beeps")],
          )}
          ${
            "vibrate" in navigator
              ? this.#part("vibration", "Vibration", "At each change, and three before the end.")
              : nothing
          }
          ${this.#part("pocket", "Pocket mode", POCKET)} ${this.#part("keys", "Keys M and +", KEYS)}
          <p class="sound-done">
            <button type="button" class="button" @click=${() => this.#dialog.close()}>Done</button>
          </p>
        </div>
      </dialog>
    `;
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.querySelector("dialog"));
  }

  get #settings() {
    return /** @type {Attendant} */ (this.attendant).settings;
  }

  /** @param {Partial<SoundSettings>} change */
  #set(change) {
    this.attendant?.set(change);
    this.requestUpdate();
  }

  #muted() {
    return html`<div class="notice sound-muted">
      <p>All sound is off just now.</p>
      <button
        type="button"
        class="button button-quiet"
        @click=${() => {
          this.attendant?.toggleSound();
          this.requestUpdate();
        }}
      >
        Turn it on
      </button>
    </div>`;
  }

  /**
   * @param {Switch} name
   * @param {string} word
   * @param {string} hint
   * @param {unknown} [more] what belongs to it while it is on
   */
  #part(name, word, hint, more = nothing) {
    const on = this.#settings[name];
    return html`<section>
      <label class="choice">
        <input
          type="checkbox"
          .checked=${on}
          aria-describedby="sound-${name}"
          @change=${(/** @type {Event} */ event) => this.#turn(name, checked(event))}
        />
        <strong>${word}</strong>
      </label>
      <p class="meta" id="sound-${name}">${hint}</p>
      ${on ? more : nothing}
    </section>`;
  }

  /** @param {Switch} name @param {boolean} on */
  #turn(name, on) {
    this.#set({ [name]: on });
    if (on && name !== "pocket" && name !== "keys") this.attendant?.sample(name);
  }

  /**
   * @param {"voiceVolume" | "beepVolume"} name
   * @param {string} word
   * @param {"voice" | "beeps"} what sounds once it is set
   */
  #volume(name, word, what) {
    return html`<label class="sound-volume">
      <span>${word}</span>
      <input
        type="range"
        min="0"
        max="1"
        step="0.1"
        .value=${String(this.#settings[name])}
        aria-valuetext="${Math.round(this.#settings[name] * 100)} %"
        @change=${(/** @type {Event} */ event) => {
          this.#set({ [name]: Number(/** @type {HTMLInputElement} */ (event.target).value) });
          this.attendant?.sample(what);
        }}
      />
    </label>`;
  }

  /** The recorded voice, which is optional. */
  #recording() {
    if (!BYTES || this.here === undefined) return nothing;
    if (this.share !== null) {
      return html`<p role="status" class="sound-coming">
        <progress max="1" .value=${this.share} aria-label="The voice"></progress>
        ${Math.round(this.share * 100)} % of the voice
      </p>`;
    }
    return html`<div class="sound-recording">
      <p class="meta" role="status">${this.#standing()}</p>
      ${
        this.here
          ? html`<button type="button" class="button button-quiet" @click=${this.#remove}>
              Remove the voice
            </button>`
          : html`<button type="button" class="button button-quiet" @click=${this.#download}>
              Download the voice (${size(BYTES)})
            </button>`
      }
    </div>`;
  }

  #standing() {
    if (this.failed) return "The voice has not come through. Try again with a better signal.";
    if (this.here) return "Our recorded voice is on this phone, for use with no signal too.";
    return "speechSynthesis" in globalThis
      ? "Your phone’s own voice speaks. Ours is recorded, and speaks in pocket mode too."
      : "This browser has no voice of its own. Ours is recorded, and speaks in pocket mode too.";
  }

  async #download() {
    this.failed = false;
    this.share = 0;
    try {
      await downloadClips((share) => (this.share = share));
    } catch {
      this.failed = true;
    }
    this.share = null;
    await this.#look();
  }

  async #remove() {
    await removeClips();
    await this.#look();
  }

  async #look() {
    this.here = await clipsHere();
    this.#set({});
  }
}

const POCKET =
  "Voice and beeps go on when you lock the phone. The screen is let go dark, and music " +
  "from other apps may pause.";

const KEYS = "On a keyboard, M turns the sound off and on, and + makes a rest longer.";

/** @param {Event} event */
function checked(event) {
  return /** @type {HTMLInputElement} */ (event.target).checked;
}

customElements.define("sound-panel", SoundPanel);

/**
 * Open the panel over the player.
 * @param {Attendant} attendant
 */
export function openSoundPanel(attendant) {
  if (document.querySelector("sound-panel")) return;
  const panel = /** @type {SoundPanel} */ (document.createElement("sound-panel"));
  panel.attendant = attendant;
  document.body.append(panel);
}
