import { html, LitElement, nothing } from "lit";
import { isBusy, onBusyChange } from "../pwa/busy.js";
import { takeUpdate, watchUpdates } from "../pwa/updates.js";

/** `<update-prompt>` offers a new release, except while a reload would cost something. */
class UpdatePrompt extends LitElement {
  static properties = { waiting: { state: true } };

  constructor() {
    super();
    this.waiting = false;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    onBusyChange(() => this.requestUpdate());
    watchUpdates(() => {
      this.waiting = true;
    });
  }

  render() {
    if (!this.waiting || isBusy()) return nothing;
    return html`
      <div class="toast toast-row">
        <p>A new version is ready</p>
        <button type="button" class="button" @click=${takeUpdate}>Update</button>
      </div>
    `;
  }
}

customElements.define("update-prompt", UpdatePrompt);
