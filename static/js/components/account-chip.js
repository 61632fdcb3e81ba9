import { html, LitElement, nothing } from "lit";
import { openLogbook } from "../data/logbook.js";
import { icon } from "../lib/icon.js";
import { entriesWord } from "../lib/entries-word.js";

/** `<account-chip>` says in the header who this phone's log belongs to, and how much of it waits. */
class AccountChip extends LitElement {
  static properties = {
    rider: { state: true },
    waiting: { state: true },
    attention: { state: true },
  };

  constructor() {
    super();
    /** @type {import("../data/types.js").Rider | null | undefined} undefined: not known yet */
    this.rider = undefined;
    this.waiting = 0;
    this.attention = 0;
  }

  createRenderRoot() {
    return this;
  }

  async connectedCallback() {
    super.connectedCallback();
    const logbook = await openLogbook();
    logbook.subscribe(() => this.#read(logbook));
    await this.#read(logbook);
  }

  /** @param {import("../data/logbook.js").Logbook} logbook */
  async #read(logbook) {
    const { waiting, attention } = await logbook.counts();
    this.rider = logbook.rider;
    this.waiting = waiting;
    this.attention = attention;
  }

  render() {
    if (this.rider === undefined) return nothing;
    if (!this.rider) {
      return html`<a class="account-link" href="/accounts/login">${icon("user-round")}Sign in</a>`;
    }
    return html`<a class="account-link" href="/settings"
        >${icon("user-round")}<span class="account-word">Account</span></a
      >${this.#count()}`;
  }

  #count() {
    const count = this.attention || this.waiting;
    if (!count) return nothing;
    const words = this.attention ? "in need of attention" : "waiting to be uploaded";
    return html`<a class="account-link account-count" href="/settings/sync">
      <span
        class="badge ${this.attention ? "badge-warn" : ""}"
        title="${entriesWord(count)} ${words}"
        >${count}<span class="visually-hidden"> ${words}</span></span
      >
    </a>`;
  }
}

customElements.define("account-chip", AccountChip);
