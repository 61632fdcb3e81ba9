import { html, LitElement, nothing } from "lit";
import { hereZone } from "../lib/days.js";
import { dayWords, factsOf } from "../lib/entry-line.js";
import { addressOf } from "../lib/entry-id.js";
import { entryName } from "../lib/entry-words.js";
import { waitWords } from "../lib/sync-advice.js";
import { STATE_WORDS } from "../lib/words.js";
import "./log-attention.js";

/** @typedef {import("../data/types.js").Unsynced} Unsynced */

/** @type {Record<string, string>} what became of it while it was looked at */
const FATES = {
  Synced: "The server has it just as it is here.",
  Deleted: "It is deleted on the server too.",
  Discarded: "It is gone, as you said.",
};

/** `<unsynced-entry>` shows one entry that the server does not have, why, and what can be done. */
class UnsyncedEntry extends LitElement {
  static properties = { item: { attribute: false }, fate: { type: String } };

  constructor() {
    super();
    /** @type {Unsynced | null} */
    this.item = null;
    /** What became of it while it was looked at; empty: it waits. */
    this.fate = "";
  }

  createRenderRoot() {
    return this;
  }

  /** Whatever it comes to say, no row below moves up under a thumb. */
  updated() {
    const height = this.querySelector(".sync-wait")?.getBoundingClientRect().height ?? 0;
    this.style.setProperty("--wait", `${height}px`);
  }

  render() {
    const { item } = this;
    if (!item) return nothing;
    return html`
      <div class="sync-row-head">
        <h3 class="sync-name" tabindex="-1">${this.#name(item)}</h3>
        ${this.#state(item)}
      </div>
      <p class="log-facts">
        <span class="log-when">${dayWords(item.body)}</span>
        ${item.kind === "session" ? factsOf(item.body) : nothing}
      </p>
      ${this.fate ? html`<p class="meta sync-wait">${FATES[this.fate]}</p>` : this.#wait(item)}
    `;
  }

  /** @param {Unsynced} item */
  #name(item) {
    const name = entryName(item);
    const href = addressOf(item);
    return href ? html`<a href=${href}>${name}</a>` : name;
  }

  /** @param {Unsynced} item */
  #state({ state }) {
    const attention = state === "attention" ? "attention" : "phone";
    const mark = this.fate ? this.fate.toLowerCase() : attention;
    return html`<span class="log-state log-state-${mark}">${this.fate || STATE_WORDS[mark]}</span>`;
  }

  /** Most need nothing but a signal, so what can be done is folded away. @param {Unsynced} item */
  #wait(item) {
    const words = waitWords(item, Date.now(), hereZone());
    if (item.state === "attention")
      return html`<p class="meta sync-wait">${words}</p>
        <log-attention .entry=${item}></log-attention>`;
    return html`<details class="fold">
      <summary class="meta sync-wait">${words}</summary>
      <entry-remedies .entry=${item} ?again=${item.state === "put-off"}></entry-remedies>
    </details>`;
  }
}

customElements.define("unsynced-entry", UnsyncedEntry);
