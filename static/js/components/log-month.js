import { html, LitElement, nothing } from "lit";
import { dayHeading } from "../lib/days.js";
import { factsOf, stateOf } from "../lib/entry-line.js";
import { excerpt, sessionName } from "../lib/words.js";
import "./log-attention.js";

/** @typedef {import("../data/types.js").EntryView} EntryView */

/** `<log-month>` shows the days of one month; it draws itself again only when they changed. */
class LogMonth extends LitElement {
  static properties = { month: { attribute: false }, today: { attribute: false } };

  constructor() {
    super();
    /** @type {import("../lib/grouping.js").Month} */
    this.month = { month: "", days: [] };
    this.today = "";
  }

  createRenderRoot() {
    return this;
  }

  /** A guess at the height for the scroll bar, until the month has been seen. */
  willUpdate() {
    const rows = this.month.days.reduce((sum, { entries }) => sum + entries.length, 0);
    this.style.setProperty("--rows", String(rows));
  }

  render() {
    return this.month.days.map(
      ({ date, entries }) =>
        html`<h2 class="log-date" id="day-${date}">
            <time datetime=${date}>${dayHeading(date, this.today)}</time>
          </h2>
          <ul class="log-rows" aria-labelledby="day-${date}">
            ${entries.map((entry) => this.#row(entry))}
          </ul>`,
    );
  }

  /** @param {EntryView} entry */
  #row(entry) {
    const { id, body } = entry;
    const name = sessionName(body);
    const notes = body.notes ? html`<p class="log-notes">${excerpt(body.notes)}</p>` : nothing;
    const attention =
      entry.state === "attention"
        ? html`<log-attention class="log-wide" .entry=${entry}></log-attention>`
        : nothing;
    // One line, without icons of the sprite: five thousand rows feel every node.
    return html`<li class="log-row" id="entry-${id}" tabindex="-1">
      <a class="log-name" href="/log/${id}">${name}</a>${stateOf(entry)}
      <p class="log-facts">${factsOf(body)}</p>
      <button
        type="button"
        class="log-delete"
        aria-label="Delete ${name}"
        @click=${() => this.#remove(entry)}
      ></button
      >${notes}${attention}
    </li>`;
  }

  /** @param {EntryView} entry */
  #remove(entry) {
    this.dispatchEvent(new CustomEvent("log-remove", { detail: entry, bubbles: true }));
  }
}

customElements.define("log-month", LogMonth);
