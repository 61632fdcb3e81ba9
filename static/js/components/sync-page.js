import { html, LitElement, nothing } from "lit";
import "../data/unsynced.js"; // the logbook asks for it late, when there may be no signal
import { openLogbook } from "../data/logbook.js";
import { addressOf } from "../lib/entry-id.js";
import { entryName } from "../lib/entry-words.js";
import { keepPlaces } from "../lib/rows.js";
import { WHEN } from "../lib/sync-words.js";
import { dayWords } from "../lib/entry-line.js";
import "./kept-logs.js";
import "./send-lost.js";
import "./sync-report.js";
import "./sync-standing.js";
import "./two-versions.js";
import "./unsynced-entry.js";

/**
 * @typedef {import("../data/types.js").EntryView} EntryView
 * @typedef {import("../data/types.js").Unsynced} Unsynced
 */

const PAGE = 20;

/** `<sync-page>` says what is not on the server yet, since when, why, and what to do about it. */
class SyncPage extends LitElement {
  static properties = {
    sync: { state: true },
    waiting: { state: true },
    conflicts: { state: true },
    most: { state: true },
  };

  /** @type {Map<string, string>} what became of those that wait no more */
  #fates = new Map();
  #reading = false;
  #again = false;

  constructor() {
    super();
    /** @type {import("../data/types.js").SyncState | null} */
    this.sync = null;
    /** @type {import("../lib/rows.js").Row<Unsynced>[]} */
    this.waiting = [];
    /** @type {import("../lib/rows.js").Row<EntryView>[]} */
    this.conflicts = [];
    this.most = PAGE;
  }

  createRenderRoot() {
    return this;
  }

  async connectedCallback() {
    super.connectedCallback();
    const logbook = await openLogbook();
    logbook.subscribe(({ type }) => {
      if (type === "rider") [this.waiting, this.conflicts] = [[], []];
      void this.#read(logbook);
    });
    this.addEventListener("entry-changed", (event) => this.#backTo(event));
    await this.#read(logbook);
    this.setAttribute("aria-busy", "false");
  }

  /** Messages come in flocks: while one is being read for, the others share the next reading. */
  /** @param {import("../data/logbook.js").Logbook} logbook */
  async #read(logbook) {
    this.#again = true;
    if (this.#reading) return;
    this.#reading = true;
    try {
      while (this.#again) {
        this.#again = false;
        await this.#look(logbook);
      }
    } finally {
      this.#reading = false;
    }
  }

  /** @param {import("../data/logbook.js").Logbook} logbook */
  async #look(logbook) {
    const [unsynced, conflicts] = await Promise.all([logbook.unsynced(), logbook.conflicts()]);
    const first = !this.waiting.length;
    const now = first ? [...unsynced].sort(byUrgency) : unsynced;
    const waiting = keepPlaces(this.waiting, now);
    for (const { item, gone } of waiting.slice(0, this.most)) {
      if (!gone) this.#fates.delete(item.id);
      else if (!this.#fates.has(item.id))
        this.#fates.set(item.id, fateOf(item, await logbook.get(item.id)));
    }
    this.waiting = waiting;
    this.conflicts = keepPlaces(this.conflicts, conflicts);
    this.sync = { ...logbook.syncState, ...(await logbook.counts()) };
  }

  render() {
    if (!this.sync) return nothing;
    return html`
      <sync-standing .sync=${this.sync}></sync-standing>
      ${this.conflicts.length ? this.#edited() : nothing}
      ${this.sync.code === "account_deleted" && !this.waiting.length ? nothing : this.#missing()}
      <kept-logs></kept-logs>
      <sync-report ?open=${this.sync.code === "check_failed"}></sync-report>
    `;
  }

  #missing() {
    return html`<section class="stack">
      <h2>Not on the server yet</h2>
      <send-lost .ids=${this.waiting.filter(isMissing).map(({ item }) => item.id)}></send-lost>
      ${this.waiting.length ? this.#rows() : html`<p>Nothing. ${WHEN}</p>`}
    </section>`;
  }

  #edited() {
    return html`<section class="stack">
      <h2>Edited on two devices</h2>
      <ul class="sync-rows">
        ${this.conflicts.map(
          ({ item, gone }) =>
            html`<li class="sync-row">
              <h3 class="sync-name">${this.#link(item)}</h3>
              <p class="log-facts"><span class="log-when">${dayWords(item.body)}</span></p>
              <two-versions .entry=${item} ?settled=${gone}></two-versions>
            </li>`,
        )}
      </ul>
    </section>`;
  }

  /** @param {EntryView} entry */
  #link(entry) {
    const name = entryName(entry);
    const href = addressOf(entry);
    return href ? html`<a href=${href}>${name}</a>` : name;
  }

  #rows() {
    return html`
      <ul class="sync-rows">
        ${this.waiting.slice(0, this.most).map(
          ({ item, gone }) =>
            html`<li class="sync-row">
              <unsynced-entry
                id="waiting-${item.id}"
                .item=${item}
                fate=${gone ? (this.#fates.get(item.id) ?? "") : ""}
              ></unsynced-entry>
            </li>`,
        )}
      </ul>
      ${
        this.waiting.length > this.most
          ? html`<button type="button" class="button button-quiet" @click=${this.#more}>
              Show ${Math.min(PAGE, this.waiting.length - this.most)} more
            </button>`
          : nothing
      }
    `;
  }

  async #more() {
    this.most += PAGE;
    await this.#read(await openLogbook());
  }

  /** The button that was pressed is gone: its entry takes the focus. @param {Event} event */
  #backTo(event) {
    const row = /** @type {HTMLElement} */ (event.target).closest(".sync-row");
    /** @type {HTMLElement | null | undefined} */ (row?.querySelector(".sync-name"))?.focus();
  }
}

/**
 * @param {Unsynced} a
 * @param {Unsynced} b
 */
const byUrgency = (a, b) => Number(b.state === "attention") - Number(a.state === "attention");

/** Whether the server lost it whole. @param {import("../lib/rows.js").Row<Unsynced>} row */
const isMissing = ({ item, gone }) =>
  !gone && item.state === "attention" && item.reason?.code === "missing_on_server";

/**
 * @param {Unsynced} item as it waited
 * @param {EntryView | null} entry as it is
 */
function fateOf({ op }, entry) {
  if (entry && !entry.deleted) return "Synced";
  return op === "delete" ? "Deleted" : "Discarded";
}

customElements.define("sync-page", SyncPage);
