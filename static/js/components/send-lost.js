import { html, LitElement, nothing } from "lit";
import { openLogbook } from "../data/logbook.js";
import { saveTrouble } from "../lib/save-trouble.js";

/** `<send-lost>` sends all that a restored server has lost up again, by one tap. */
class SendLost extends LitElement {
  static properties = { ids: { attribute: false }, said: { state: true } };

  constructor() {
    super();
    /** @type {string[]} entries of which there is no other version to choose */
    this.ids = [];
    this.said = "";
  }

  createRenderRoot() {
    return this;
  }

  render() {
    const { length } = this.ids;
    if (length < 2 && !this.said) return nothing;
    return html`
      ${
        length < 2
          ? nothing
          : html`<div class="notice stack">
              <p>The server came back from a backup, without ${length} of these.</p>
              <div class="actions sync-acts">
                <button type="button" class="button" @click=${this.#send}>
                  Send all ${length} again
                </button>
              </div>
            </div>`
      }
      <p class="meta" tabindex="-1">${this.said}</p>
    `;
  }

  async #send() {
    const { ids } = this;
    this.said = "";
    try {
      const logbook = await openLogbook();
      for (const id of ids) await logbook.resend(id);
      this.said = `All ${ids.length} go up again.`;
    } catch (error) {
      this.said = saveTrouble(error);
    }
    await this.updateComplete;
    // The button is gone, or will be.
    /** @type {HTMLElement | null} */ (this.querySelector(".meta"))?.focus();
  }
}

customElements.define("send-lost", SendLost);
