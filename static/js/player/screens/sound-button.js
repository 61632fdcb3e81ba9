// The small key that leads to what is heard and felt.
import { html } from "lit";
import { icon } from "../../lib/icon.js";

/** @param {() => void} open */
export function settings(open) {
  return html`<button
    type="button"
    class="button button-quiet stage-sound"
    aria-haspopup="dialog"
    @click=${open}
  >
    ${icon("settings-2")}<span class="visually-hidden">Sound settings</span>
  </button>`;
}
