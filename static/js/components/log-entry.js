import { html, LitElement, nothing } from "lit";
import { openLogbook } from "../data/logbook.js";
import { dayHeading, dayOf, hereZone, wall } from "../lib/days.js";
import { entryIdOf } from "../lib/entry-id.js";
import { factsOf, stateOf } from "../lib/entry-line.js";
import { saveTrouble } from "../lib/save-trouble.js";
import { setsOf } from "../lib/set-table.js";
import { suspectWords } from "../lib/sync-advice.js";
import { sessionName } from "../lib/words.js";
import "./log-attention.js";
import "./two-versions.js";

/** `<log-entry>` shows one session: its state, what it held, set by set, and how to delete it. */
class LogEntry extends LitElement {
  static properties = { entry: { state: true }, failure: { state: true } };

  /** @type {import("../data/types.js").EntryView | null} how it was while two devices were at odds */
  #edited = null;

  constructor() {
    super();
    /** @type {import("../data/types.js").EntryView | null | undefined} undefined: not read yet */
    this.entry = undefined;
    this.failure = "";
  }

  createRenderRoot() {
    return this;
  }

  async connectedCallback() {
    super.connectedCallback();
    const logbook = await openLogbook();
    logbook.subscribe(() => this.#read());
    await this.#read();
    this.querySelector(":scope > h1:not([data-entry])")?.remove();
  }

  async #read() {
    this.entry = await (await openLogbook()).get(entryIdOf(location));
    if (this.entry?.lost) this.#edited = this.entry;
    await this.updateComplete;
  }

  render() {
    const { entry } = this;
    if (entry === undefined) return nothing;
    if (!entry) return missing;
    const name = sessionName(entry.body);
    if (entry.deleted) return this.#deleted(name);
    return html`
      <h1 data-entry>${name}</h1>
      <p class="log-facts">
        <time class="log-when" datetime=${dayOf(entry.body)}
          >${dayHeading(dayOf(entry.body), wall(Date.now(), hereZone()).date)}</time
        >
        ${factsOf(entry.body)}
      </p>
      <div class="cluster log-head">
        ${stateOf(entry)}
        <button type="button" class="button button-quiet" @click=${this.#remove}>Delete</button>
      </div>
      ${
        entry.state === "attention"
          ? html`<log-attention .entry=${entry}></log-attention>`
          : nothing
      }
      ${this.failure ? html`<p class="notice" role="alert">${this.failure}</p>` : nothing}
      ${entry.clockSuspect ? html`<p class="meta">${suspectWords(entry.clockSuspect)}</p>` : nothing}
      ${this.#bothVersions(entry)} ${setsOf(entry.body.sets ?? [])}
      <h2>Change it</h2>
    `;
  }

  /** @param {import("../data/types.js").EntryView} entry */
  #bothVersions(entry) {
    if (!this.#edited) return nothing;
    return html`<section class="notice stack">
      <h2 class="versions-title">Edited on two devices</h2>
      <two-versions .entry=${this.#edited} ?settled=${!entry.lost}></two-versions>
    </section>`;
  }

  /** @param {string} name */
  #deleted(name) {
    return html`<h1 data-entry>${name}</h1>
      <p>This one is deleted.</p>
      <p><button type="button" class="button" @click=${this.#restore}>Bring it back</button></p>`;
  }

  async #remove() {
    const id = this.entry?.id ?? "";
    try {
      await (await openLogbook()).remove(id);
      location.assign(`/log/#deleted-${id}`);
    } catch (error) {
      this.failure = saveTrouble(error);
    }
  }

  async #restore() {
    await (await openLogbook()).restore(this.entry?.id ?? "");
    location.reload();
  }
}

const missing = html`<h1 data-entry>Not on this phone</h1>
  <p>
    There is no such session here. It may belong to another account, or still be on its way from
    another device.
  </p>`;

customElements.define("log-entry", LogEntry);
