import { html, LitElement, nothing } from "lit";
import "../data/report.js"; // the logbook asks for it late, when there may be no signal
import { openLogbook } from "../data/logbook.js";
import { giveJson } from "../lib/download.js";

/** `<sync-report>` gives out what helps to find a fault of the sync: numbers, and nothing of the log. */
class SyncReport extends LitElement {
  static properties = { open: { type: Boolean }, said: { state: true } };

  constructor() {
    super();
    this.open = false;
    this.said = "";
  }

  createRenderRoot() {
    return this;
  }

  render() {
    return html`<details class="fold" ?open=${this.open || nothing}>
      <summary>Report a fault</summary>
      <div class="stack">
        <p>
          Should the numbers not add up, give this to whoever runs this site. It holds counts, ids
          and the version of the app; no entry of yours, and no email.
        </p>
        <div class="actions">
          <button type="button" class="button button-quiet" @click=${this.#copy}>
            Copy the report
          </button>
          <button type="button" class="button button-quiet" @click=${this.#export}>
            Export the report
          </button>
        </div>
        <p role="status" class="meta">${this.said}</p>
      </div>
    </details>`;
  }

  async #copy() {
    const report = (await openLogbook()).diagnostics();
    try {
      await navigator.clipboard.writeText(JSON.stringify(await report, null, 2));
      this.said = "Copied.";
    } catch {
      this.said = "This browser does not let us copy. Export works.";
    }
  }

  async #export() {
    await giveJson("dbs-sync-report.json", await (await openLogbook()).diagnostics());
  }
}

customElements.define("sync-report", SyncReport);
