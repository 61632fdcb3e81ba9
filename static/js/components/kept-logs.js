import { html, LitElement, nothing } from "lit";
import { clearKept, keptLogs, openKept } from "../data/kept.js";
import { openLogbook } from "../data/logbook.js";
import { ask } from "../lib/ask.js";
import { exportLog } from "../lib/export.js";

/** @typedef {import("../data/kept.js").KeptLog} KeptLog */

/**
 * `<kept-logs>` names who left something on this phone that the server does not have. It opens for
 * its rider alone; only what no rider can ever open again is offered for export and for clearing.
 */
class KeptLogs extends LitElement {
  static properties = { kept: { state: true } };

  constructor() {
    super();
    /** @type {KeptLog[]} */
    this.kept = [];
  }

  createRenderRoot() {
    return this;
  }

  async connectedCallback() {
    super.connectedCallback();
    const logbook = await openLogbook();
    logbook.subscribe(({ type }) => type === "rider" && this.#read());
    await this.#read();
  }

  async #read() {
    this.kept = await keptLogs(await openLogbook());
  }

  render() {
    if (!this.kept.length) return nothing;
    return html`<section class="stack">
      <h2 tabindex="-1">Others on this phone</h2>
      <ul class="sync-rows">
        ${this.kept.map((one) => html`<li class="sync-row stack">${this.#one(one)}</li>`)}
      </ul>
    </section>`;
  }

  /** @param {KeptLog} one */
  #one(one) {
    const { email } = one.rider;
    if (!one.deleted)
      return html`<p>Waiting for <strong>${email}</strong> to sign in. It is safe until then.</p>`;
    return html`<p>
        The account of <strong>${email}</strong> is deleted. Its log is on this phone, and nowhere
        else.
      </p>
      <div class="actions log-remedies">
        <button type="button" class="button button-quiet" @click=${() => this.#export(one)}>
          Export
        </button>
        <button type="button" class="button button-danger" @click=${() => this.#clear(one)}>
          Clear
        </button>
      </div>`;
  }

  /** @param {KeptLog} one */
  async #export({ rider }) {
    const kept = openKept(await openLogbook(), rider);
    await exportLog(kept, rider.email).finally(kept.close);
  }

  /** @param {KeptLog} one */
  async #clear({ rider }) {
    const sure = await ask({
      title: "Clear this log for good?",
      words: `What ${rider.email} logged is on this phone and nowhere else. Once cleared, nobody has it.`,
      yes: "Clear for good",
      no: "Keep it",
    });
    if (!sure) return;
    await clearKept(await openLogbook(), rider);
    await this.#read();
    await this.updateComplete;
    const next = this.querySelector("h2") ?? document.querySelector("#main");
    /** @type {HTMLElement | null} */ (next)?.focus();
  }
}

customElements.define("kept-logs", KeptLogs);
