import { html, LitElement, nothing } from "lit";
import { openLogbook } from "../data/logbook.js";
import { ask } from "../lib/ask.js";
import { giveJson } from "../lib/download.js";
import { addressOf, entryIdOf } from "../lib/entry-id.js";
import { entryName, entryText } from "../lib/entry-words.js";
import { saveTrouble } from "../lib/save-trouble.js";

/**
 * @typedef {import("../data/types.js").EntryView} EntryView
 * @typedef {Pick<EntryView, "id" | "kind" | "body"> & {deleted?: boolean}} Held
 */

/** `<entry-remedies>` is what a rider can do about an entry that the server does not have. */
class EntryRemedies extends LitElement {
  static properties = {
    entry: { attribute: false },
    again: { type: Boolean },
    said: { state: true },
  };

  constructor() {
    super();
    /** @type {Held | null} */
    this.entry = null;
    /** Whether trying again is the rider's to start. */
    this.again = false;
    this.said = "";
  }

  createRenderRoot() {
    return this;
  }

  render() {
    const { entry } = this;
    if (!entry) return nothing;
    return html`
      <div class="actions log-remedies">
        ${entry.deleted ? this.#button("Bring it back", this.#restore) : this.#edit(entry)}
        ${this.again ? this.#button("Try again", this.#resend) : nothing}
        ${entry.deleted ? nothing : this.#button("Copy", this.#copy)}
        ${this.#button("Export", this.#export)}
        ${
          entry.deleted && !this.again
            ? nothing
            : html`<button type="button" class="button button-danger" @click=${this.#discard}>
                Discard
              </button>`
        }
      </div>
      <p role="status" class="meta">${this.said}</p>
    `;
  }

  /** Some kinds have no form. @param {Held} entry */
  #edit(entry) {
    const address = addressOf(entry);
    if (!address) return nothing;
    const href = entryIdOf(location) === entry.id ? "#routine" : address;
    return html`<a class="button button-quiet" href=${href}>Edit</a>`;
  }

  /**
   * @param {string} word
   * @param {() => Promise<void>} act
   */
  #button(word, act) {
    return html`<button type="button" class="button button-quiet" @click=${act}>${word}</button>`;
  }

  #resend() {
    return this.#change((logbook, id) => logbook.resend(id));
  }

  #restore() {
    return this.#change((logbook, id) => logbook.restore(id));
  }

  async #discard() {
    const sure = await ask({
      title: "Discard this one for good?",
      words:
        "The server does not have what you logged or changed here. Once discarded, nobody has.",
      yes: "Discard for good",
      no: "Keep it",
    });
    if (sure) await this.#change((logbook, id) => logbook.discard(id));
  }

  /** @param {(logbook: import("../data/logbook.js").Logbook, id: string) => Promise<unknown>} deed */
  async #change(deed) {
    try {
      await deed(await openLogbook(), this.entry?.id ?? "");
      this.dispatchEvent(new CustomEvent("entry-changed", { bubbles: true }));
    } catch (error) {
      this.said = saveTrouble(error);
    }
  }

  async #copy() {
    if (!this.entry) return;
    try {
      await navigator.clipboard.writeText(entryText(this.entry));
      this.said = "Copied.";
    } catch {
      this.said = "This browser does not let us copy. Export works.";
    }
  }

  async #export() {
    if (!this.entry) return;
    const { body, id } = this.entry;
    const name = entryName(this.entry).toLowerCase().replace(/\W+/g, "-");
    await giveJson(`${name}-${body.date ?? id}.json`, this.entry);
  }
}

customElements.define("entry-remedies", EntryRemedies);
