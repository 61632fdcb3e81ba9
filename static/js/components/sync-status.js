import { html, LitElement, nothing } from "lit";
import { openLogbook } from "../data/logbook.js";
import { syncSentence } from "../lib/sync-words.js";

const MINUTE_MS = 60_000;

/** `<sync-status>` says in one sentence where the log is. */
class SyncStatus extends LitElement {
  static properties = { sync: { state: true } };

  #clock = 0;

  constructor() {
    super();
    /** @type {import("../data/types.js").SyncState | null} */
    this.sync = null;
  }

  createRenderRoot() {
    return this;
  }

  async connectedCallback() {
    super.connectedCallback();
    this.#clock = window.setInterval(() => this.requestUpdate(), MINUTE_MS);
    const logbook = await openLogbook();
    const read = async () => {
      const counts = await logbook.counts();
      this.sync = { ...logbook.syncState, ...counts };
    };
    logbook.subscribe(read);
    await read();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#clock);
  }

  render() {
    if (!this.sync) return nothing;
    const signIn = ["local", "needs-sign-in"].includes(this.sync.state);
    return html`<p>
      ${syncSentence(this.sync, Date.now())}
      ${signIn ? html`<a href="/accounts/login">Sign in</a>` : nothing}
    </p>`;
  }
}

customElements.define("sync-status", SyncStatus);
