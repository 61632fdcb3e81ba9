import { html, LitElement, nothing } from "lit";
import { openLogbook } from "../data/logbook.js";
import { giveJson } from "../lib/download.js";
import { entryIdOf } from "../lib/entry-id.js";
import { reasonsOf } from "../lib/reasons.js";
import { sessionName } from "../lib/words.js";

/** @typedef {import("../data/types.js").EntryView} EntryView */

/** `<log-attention>` says why the server refused an entry, and what the rider can do about it. */
class LogAttention extends LitElement {
  static properties = { entry: { attribute: false }, said: { state: true } };

  constructor() {
    super();
    /** @type {EntryView | null} */
    this.entry = null;
    this.said = "";
  }

  createRenderRoot() {
    return this;
  }

  render() {
    if (!this.entry) return nothing;
    const { id, reason } = this.entry;
    return html`
      <div class="notice notice-warn stack">
        <p><strong>The server did not take this one. It is safe on this phone.</strong></p>
        <ul class="log-reasons">
          ${reasonsOf(reason).map((line) => html`<li>${line}</li>`)}
        </ul>
        <div class="actions log-remedies">
          <a class="button button-quiet" href=${isOpen(id) ? "#routine" : `/log/${id}`}>Edit</a>
          <button type="button" class="button button-quiet" @click=${this.#resend}>
            Try again
          </button>
          <button type="button" class="button button-quiet" @click=${this.#copy}>Copy</button>
          <button type="button" class="button button-quiet" @click=${this.#export}>Export</button>
          <button type="button" class="button button-danger" @click=${this.#ask}>Discard</button>
        </div>
        <p role="status" class="meta">${this.said}</p>
        ${this.#question()}
      </div>
    `;
  }

  #question() {
    return html`<dialog class="card log-dialog" aria-labelledby="discard-${this.entry?.id}">
      <form method="dialog" class="stack">
        <h2 id="discard-${this.entry?.id}">Discard this one for good?</h2>
        <p>The server does not have what you changed here. Once discarded, nobody has.</p>
        <div class="actions">
          <button class="button" value="keep">Keep it</button>
          <button class="button button-danger" @click=${this.#discard}>Discard</button>
        </div>
      </form>
    </dialog>`;
  }

  #ask() {
    this.querySelector("dialog")?.showModal();
  }

  async #resend() {
    await (await openLogbook()).resend(this.entry?.id ?? "");
  }

  async #discard() {
    await (await openLogbook()).discard(this.entry?.id ?? "");
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(JSON.stringify(this.entry?.body, null, 2));
      this.said = "Copied.";
    } catch {
      this.said = "This browser does not let us copy. Export works.";
    }
  }

  #export() {
    const { body = {}, id = "" } = this.entry ?? {};
    giveJson(
      `${sessionName(body).toLowerCase().replace(/\W+/g, "-")}-${body.date ?? id}.json`,
      this.entry,
    );
  }
}

/** Whether the page is the entry's own, which holds the form. @param {string} id */
const isOpen = (id) => entryIdOf(location) === id;

customElements.define("log-attention", LogAttention);
