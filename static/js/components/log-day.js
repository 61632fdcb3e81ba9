import { html, LitElement, nothing } from "lit";
import { dayHeading } from "../lib/days.js";
import { factsOf, stateOf } from "../lib/entry-line.js";
import { icon } from "../lib/icon.js";
import { excerpt, sessionName } from "../lib/words.js";
import "./log-attention.js";

/** @typedef {import("../data/types.js").EntryView} EntryView */

/** `<log-day>` shows the sessions of one day; it draws itself again only when its day changed. */
class LogDay extends LitElement {
  static properties = { day: { attribute: false }, today: { attribute: false } };

  constructor() {
    super();
    /** @type {import("../lib/grouping.js").Day} */
    this.day = { date: "", entries: [] };
    this.today = "";
  }

  createRenderRoot() {
    return this;
  }

  render() {
    const { date, entries } = this.day;
    return html`
      <h2 class="log-date" id="day-${date}">
        <time datetime=${date}>${dayHeading(date, this.today)}</time>
      </h2>
      <ul class="log-rows" aria-labelledby="day-${date}">
        ${entries.map((entry) => this.#row(entry))}
      </ul>
    `;
  }

  /** @param {EntryView} entry */
  #row(entry) {
    const { id, body } = entry;
    const name = sessionName(body);
    return html`<li class="log-row" id="entry-${id}" tabindex="-1">
      <a class="log-name" href="/log/${id}">${name}</a>
      ${stateOf(entry)}
      <p class="log-facts">${factsOf(body)}</p>
      <button
        type="button"
        class="log-delete"
        aria-label="Delete ${name}"
        @click=${() => this.#remove(entry)}
      >
        ${icon("trash-2")}
      </button>
      ${body.notes ? html`<p class="log-notes">${excerpt(body.notes)}</p>` : nothing}
      ${
        entry.state === "attention"
          ? html`<log-attention class="log-wide" .entry=${entry}></log-attention>`
          : nothing
      }
    </li>`;
  }

  /** @param {EntryView} entry */
  #remove(entry) {
    this.dispatchEvent(new CustomEvent("log-remove", { detail: entry, bubbles: true }));
  }
}

customElements.define("log-day", LogDay);
