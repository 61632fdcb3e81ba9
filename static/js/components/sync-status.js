import { html, LitElement, nothing } from "lit";
import { openLogbook } from "../data/logbook.js";
import { syncSentence } from "../lib/sync-words.js";

const MINUTE_MS = 60_000;
/** States that ask nothing of anybody. */
const CALM = new Set(["idle", "syncing", "offline", "busy"]);

/** `<sync-status>` says in one sentence where the log is. */
class SyncStatus extends LitElement {
  static properties = { sync: { state: true }, bare: { type: Boolean } };

  #clock = 0;

  constructor() {
    super();
    /** @type {import("../data/types.js").SyncState | null} */
    this.sync = null;
    /** Whether the page itself leads on to what waits. */
    this.bare = false;
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
    const { state, waiting, attention } = this.sync;
    const signIn = ["local", "needs-sign-in"].includes(state);
    const more = !this.bare && state !== "local" && (waiting || attention || !CALM.has(state));
    return html`<p>
      ${syncSentence(this.sync, Date.now())}
      ${signIn ? html`<a href="/accounts/login">Sign in</a>` : nothing}
      ${more ? html`<a href="/settings/sync">See what waits</a>` : nothing}
    </p>`;
  }
}

customElements.define("sync-status", SyncStatus);
