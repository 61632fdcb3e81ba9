import { html, LitElement, nothing } from "lit";
import { openLogbook } from "../data/logbook.js";
import { dayHeading, dayOf, hereZone, wall } from "../lib/days.js";
import { entryIdOf } from "../lib/entry-id.js";
import { factsOf, stateOf } from "../lib/entry-line.js";
import { fieldName } from "../lib/reasons.js";
import { setsOf } from "../lib/set-table.js";
import { sessionName } from "../lib/words.js";
import "./log-attention.js";

/** `<log-entry>` shows one session: its state, what it held, set by set, and how to delete it. */
class LogEntry extends LitElement {
  static properties = { entry: { state: true } };

  constructor() {
    super();
    /** @type {import("../data/types.js").EntryView | null | undefined} undefined: not read yet */
    this.entry = undefined;
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
      ${this.#otherVersion()} ${setsOf(entry.body.sets ?? [])}
      <h2>Change it</h2>
    `;
  }

  #otherVersion() {
    const lost = Object.entries(this.entry?.lost ?? {}).filter(([field]) => field !== "rev");
    if (!lost.length) return nothing;
    return html`<details class="notice fold">
      <summary>Edited on two devices. See the other version</summary>
      <p class="meta">The fields below keep the later one. Copy back what you miss.</p>
      <dl class="log-lost">
        ${lost.map(
          ([field, value]) =>
            html`<div>
              <dt>${fieldName(field)}</dt>
              <dd>${shown(value)}</dd>
            </div>`,
        )}
      </dl>
    </details>`;
  }

  /** @param {string} name */
  #deleted(name) {
    return html`<h1 data-entry>${name}</h1>
      <p>This one is deleted.</p>
      <p><button type="button" class="button" @click=${this.#restore}>Bring it back</button></p>`;
  }

  async #remove() {
    const id = this.entry?.id ?? "";
    await (await openLogbook()).remove(id);
    location.assign(`/log/#deleted-${id}`);
  }

  async #restore() {
    await (await openLogbook()).restore(this.entry?.id ?? "");
    location.reload();
  }
}

/** @param {unknown} value */
function shown(value) {
  if (value === null || value === undefined || value === "") return "nothing";
  return typeof value === "object" ? `${JSON.stringify(value)}` : String(value);
}

const missing = html`<h1 data-entry>Not on this phone</h1>
  <p>
    There is no such session here. It may belong to another account, or still be on its way from
    another device.
  </p>`;

customElements.define("log-entry", LogEntry);
