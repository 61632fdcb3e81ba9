import { html, LitElement, nothing } from "lit";
import { openLogbook } from "../data/logbook.js";
import { clockWords, nextStep, safety } from "../lib/sync-advice.js";
import { lastSynced } from "../lib/sync-words.js";
import { exportAll } from "../lib/export.js";
import { fetchUpdate } from "../pwa/updates.js";
import "./sign-out.js";

/** @typedef {import("../data/types.js").SyncState} SyncState */
/** @typedef {(logbook: import("../data/logbook.js").Logbook) => Promise<{state: string}>} Deed */

const MINUTE_MS = 60_000;

/** `<sync-standing>` says where the log is, that it is safe, and what happens next. */
class SyncStanding extends LitElement {
  static properties = {
    sync: { attribute: false },
    working: { state: true },
    said: { state: true },
  };

  #clock = 0;
  /** @type {SyncState | null} a sync comes and goes in a blink: what it came to is what counts */
  #settled = null;

  constructor() {
    super();
    /** @type {SyncState | null} */
    this.sync = null;
    this.working = false;
    this.said = "";
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#clock = window.setInterval(() => {
      if (!this.working) this.said = "";
      this.requestUpdate();
    }, MINUTE_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#clock);
  }

  willUpdate() {
    const { sync } = this;
    if (!sync) return;
    const { state, code } = sync.state === "syncing" ? (this.#settled ?? { state: "idle" }) : sync;
    this.#settled = { ...sync, state, code };
  }

  render() {
    const sync = this.#settled;
    if (!sync) return nothing;
    const { title, words, act } = nextStep(sync);
    const more = [safety(sync), words].filter(Boolean).join(" ");
    const clock = clockWords(sync.clockOffset);
    return html`
      <div class="card stack sync-card" data-state=${sync.state}>
        <p class="sync-headline" role="status">${title}</p>
        <p class="sync-next">${more}</p>
        ${this.#acts(act, sync)}
        <p class="meta" role="status">${this.said}</p>
        ${
          sync.state === "local" || this.said
            ? nothing
            : html`<p class="meta">${lastSynced(sync, Date.now())}</p>`
        }
      </div>
      ${clock ? html`<p class="notice">${clock}</p>` : nothing}
    `;
  }

  /**
   * @param {import("../lib/sync-advice.js").Act} act
   * @param {SyncState} sync
   */
  #acts(act, { code }) {
    return html`<div class="actions sync-acts">
      ${act ? this.#act(act) : nothing}
      ${
        code === "account_deleted"
          ? html`<button type="button" class="button" @click=${exportAll}>Export everything</button>
              <sign-out></sign-out>`
          : nothing
      }
    </div>`;
  }

  /** @param {NonNullable<import("../lib/sync-advice.js").Act>} act */
  #act(act) {
    if (act === "sign-in") return html`<a class="button" href="/accounts/login">Sign in</a>`;
    if (act === "register")
      return html`<a class="button" href="/accounts/register">Create account</a>
        <a class="button button-quiet" href="/accounts/login">Sign in</a>`;
    if (act === "scratch")
      return this.#syncing("Sync from scratch", "", (logbook) => logbook.syncFromScratch());
    if (act === "sync")
      return this.#syncing("Sync now", "button-quiet", (logbook) => logbook.syncNow());
    if (act === "update")
      return html`<button
        type="button"
        class="button"
        aria-disabled=${String(this.working)}
        @click=${this.#update}
      >
        Update
      </button>`;
    return html`<button type="button" class="button" @click=${() => location.reload()}>
      Reload
    </button>`;
  }

  async #update() {
    if (this.working) return;
    this.working = true;
    this.said = "Fetching the new version …";
    await fetchUpdate();
  }

  /**
   * @param {string} word
   * @param {string} look
   * @param {Deed} deed
   */
  #syncing(word, look, deed) {
    return html`<button
      type="button"
      class="button ${look}"
      aria-disabled=${String(this.working)}
      @click=${() => this.#sync(deed)}
    >
      ${word}
    </button>`;
  }

  /** @param {Deed} deed */
  async #sync(deed) {
    if (this.working) return;
    this.working = true;
    this.said = "Syncing …";
    try {
      const { state } = await deed(await openLogbook());
      this.said = state === "idle" ? "Done, just now." : "Tried just now. It has not worked yet.";
    } finally {
      this.working = false;
    }
  }
}

customElements.define("sync-standing", SyncStanding);
