import { html, LitElement, nothing } from "lit";
import { openLogbook } from "../data/logbook.js";
import { exportAll } from "../lib/export.js";
import { askToKeep, lookAtStorage, size } from "../lib/storage.js";
import { WHEN } from "../lib/sync-words.js";
import { askWorker } from "../pwa/worker.js";
import "./sign-out.js";
import "./sync-status.js";

/** `<settings-panel>` shows account, sync, storage and version, and gives the whole log out. */
class SettingsPanel extends LitElement {
  static properties = {
    rider: { state: true },
    kept: { state: true },
    counts: { state: true },
    storage: { state: true },
    held: { state: true },
    said: { state: true },
  };

  constructor() {
    super();
    /** @type {import("../data/types.js").Rider | null | undefined} undefined: not known yet */
    this.rider = undefined;
    /** @type {import("../data/types.js").Rider[]} who left unsynced entries on this phone */
    this.kept = [];
    this.counts = { waiting: 0, attention: 0 };
    /** @type {import("../lib/storage.js").Storage | null} */
    this.storage = null;
    /** @type {import("../pwa/worker.js").Held | null} */
    this.held = null;
    this.said = "";
  }

  createRenderRoot() {
    return this;
  }

  async connectedCallback() {
    super.connectedCallback();
    const logbook = await openLogbook();
    const read = async () => {
      this.kept = (await logbook.riders.standing()).kept;
      this.counts = await logbook.counts();
      this.rider = logbook.rider;
    };
    logbook.subscribe(read);
    await read();
    this.storage = await lookAtStorage();
    this.held = await askWorker();
    await navigator.serviceWorker?.ready; // at the first visit it is still on its way
    this.held = await askWorker();
  }

  render() {
    if (this.rider === undefined) return nothing;
    return html`
      <section class="stack">
        <h2>Account</h2>
        ${this.#account()}
      </section>
      <section class="stack">
        <h2>Sync</h2>
        <sync-status bare></sync-status>
        <p class="meta">${WHEN}</p>
        <p>
          <a class="button button-quiet" href="/settings/sync"
            >What waits, and why${this.#count()}</a
          >
        </p>
      </section>
      <section class="stack">
        <h2>Your log on this phone</h2>
        ${this.#safety()}
      </section>
      <section class="stack">
        <h2>The app</h2>
        <p>${this.#offline()}</p>
        <dl class="log-versions meta">
          <dt>Plan</dt>
          <dd>${this.dataset.version}</dd>
          <dt>App</dt>
          <dd>${this.held?.version ?? "from the network"}</dd>
        </dl>
      </section>
    `;
  }

  #account() {
    if (this.rider) {
      return html`<p>Signed in as <strong>${this.rider.email}</strong>.</p>
        <div class="actions">
          <sign-out></sign-out>
          <a class="button button-quiet" href="/accounts/">Password and account</a>
        </div>`;
    }
    return html`<p>You need none. One brings a backup, and your log on a second device.</p>
      <div class="cluster">
        <a class="button" href="/accounts/register">Create account</a>
        <a class="button button-quiet" href="/accounts/login">Sign in</a>
      </div>
      ${this.kept.map(
        ({ email }) =>
          html`<p class="notice">
            Entries of ${email} wait on this phone. <a href="/settings/sync">More about it</a>
          </p>`,
      )}`;
  }

  #count() {
    const { waiting, attention } = this.counts;
    if (!waiting && !attention) return nothing;
    return html` <span class="badge ${attention ? "badge-warn" : ""}"
      >${waiting + attention}</span
    >`;
  }

  #safety() {
    const { kept, askable, used, room } = this.storage ?? {};
    return html`
      <p>${SAFETY[String(kept ?? null)]}</p>
      ${
        used == null
          ? nothing
          : html`<p class="meta">
              App and log take ${size(used)}${room ? ` of ${size(room)}` : ""}.
            </p>`
      }
      <div class="actions">
        <button type="button" class="button button-quiet" @click=${exportAll}>
          Export everything
        </button>
        ${
          askable && kept === false
            ? html`<button type="button" class="button button-quiet" @click=${this.#keep}>
                Ask the browser to keep it
              </button>`
            : nothing
        }
      </div>
      <p role="status" class="meta">${this.said}</p>
    `;
  }

  #offline() {
    if (!this.held) return "Not ready offline: this browser holds nothing of the app yet.";
    const { total, missing } = this.held;
    return missing
      ? `Not quite ready offline: ${missing} of ${total} files are missing.`
      : `Ready offline: all ${total} files are on this phone.`;
  }

  async #keep() {
    const kept = await askToKeep();
    this.said = kept
      ? "Done: it stays."
      : "The browser prefers to decide later. Installing the app helps.";
    this.storage = await lookAtStorage();
  }
}

/** @type {Record<string, string>} */
const SAFETY = {
  true: "The browser has promised to keep it until you delete it yourself.",
  false:
    "The browser keeps it, but may clear it when space runs out. Installing the app, an account, or an export now and then makes it safe.",
  null: "This browser does not say how long it keeps it. An account, or an export now and then, makes it safe.",
};

customElements.define("settings-panel", SettingsPanel);
