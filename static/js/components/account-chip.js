import { html, LitElement, nothing } from "lit";
import { openLogbook } from "../data/logbook.js";
import { icon } from "../lib/icon.js";
import { entriesWord } from "../lib/words.js";

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
    return html`<a class="account-link" href="/settings">
      ${icon("user-round")}<span class="account-word">Account</span> ${this.#count()}
    </a>`;
  }

  #count() {
    if (this.attention) {
      return html`<span class="badge log-state-attention"
        >${this.attention}<span class="visually-hidden"> need attention</span></span
      >`;
    }
    if (!this.waiting) return nothing;
    return html`<span class="badge" title="${entriesWord(this.waiting)} waiting to be uploaded"
      >${this.waiting}<span class="visually-hidden"> waiting to be uploaded</span></span
    >`;
  }
}

customElements.define("account-chip", AccountChip);
