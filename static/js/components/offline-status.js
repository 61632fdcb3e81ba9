import { html, LitElement, nothing } from "lit";
import { watchReadiness } from "../pwa/readiness.js";

/** Each state is a template of its own: words that replace others then do not shift the layout. */
const WORDS = {
  "": nothing,
  preparing: html`Getting ready for offline…`,
  ready: html`Ready offline`,
  unready: html`Not ready offline yet`,
};

/** `<offline-status>` says in the header whether the whole app is on this phone. */
class OfflineStatus extends LitElement {
  static properties = { readiness: { state: true } };

  constructor() {
    super();
    /** @type {import("../pwa/readiness.js").Readiness} */
    this.readiness = "";
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    watchReadiness((readiness) => {
      // Spoken when it becomes ready, but not again on every page after that.
      if (readiness === "preparing") this.setAttribute("role", "status");
      this.readiness = readiness;
    });
  }

  render() {
    return WORDS[this.readiness];
  }
}

customElements.define("offline-status", OfflineStatus);
