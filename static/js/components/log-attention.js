import { html, LitElement, nothing } from "lit";
import { reasonsOf, refusalOf } from "../lib/reasons.js";
import "./entry-remedies.js";

/** `<log-attention>` says why the server refused an entry, and what the rider can do about it. */
class LogAttention extends LitElement {
  static properties = { entry: { attribute: false } };

  constructor() {
    super();
    /** @type {(import("./entry-remedies.js").Held & {reason?: import("../data/types.js").Reason}) | null} */
    this.entry = null;
  }

  createRenderRoot() {
    return this;
  }

  render() {
    if (!this.entry) return nothing;
    const { reason } = this.entry;
    return html`
      <div class="notice notice-warn stack">
        <p><strong>${refusalOf(reason)}</strong></p>
        <ul class="log-reasons">
          ${reasonsOf(reason).map((line) => html`<li>${line}</li>`)}
        </ul>
        <entry-remedies .entry=${this.entry} again></entry-remedies>
      </div>
    `;
  }
}

customElements.define("log-attention", LogAttention);
