import { html, LitElement, nothing } from "lit";
import { openLogbook } from "../data/logbook.js";
import { isBusy, onBusyChange } from "../pwa/busy.js";
import { install, installWay, keepQuiet, onInstallChange } from "../pwa/install.js";

/** `<install-hint>` offers to put the app on the Home Screen, until it was declined once. */
class InstallHint extends LitElement {
  static properties = { waiting: { state: true } };

  constructor() {
    super();
    /** How many entries are on this phone only. */
    this.waiting = 0;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    onInstallChange(() => this.requestUpdate());
    onBusyChange(() => this.requestUpdate());
    if (installWay() === "by-hand") this.#countWaiting();
  }

  render() {
    const way = installWay();
    if (!way || isBusy()) return nothing;
    return html`
      <section class="toast" aria-label="Install">
        <div class="toast-row">
          <p>Keep it on your Home Screen</p>
          <button type="button" class="button button-quiet" @click=${() => this.#go(way)}>
            Install
          </button>
          <button type="button" class="button button-quiet" @click=${keepQuiet}>Not now</button>
        </div>
        ${way === "by-hand" ? this.#sheet() : nothing}
      </section>
    `;
  }

  #sheet() {
    return html`
      <dialog class="sheet" aria-labelledby="install-sheet-title">
        <div class="stack">
          <h2 id="install-sheet-title">Add to Home Screen</h2>
          ${this.waiting ? this.#syncFirst() : nothing}
          <ol>
            <li>Tap <strong>Share</strong>, the square with the arrow.</li>
            <li>Choose <strong>Add to Home Screen</strong>, then <strong>Add</strong>.</li>
          </ol>
          <form method="dialog"><button class="button">Got it</button></form>
        </div>
      </dialog>
    `;
  }

  /** On iPhone the app on the Home Screen starts with an empty store of its own. */
  #syncFirst() {
    return html`
      <p class="notice">
        ${this.waiting === 1 ? "One entry is" : `${this.waiting} entries are`} on this phone only,
        and the installed app begins with an empty log. <a href="/accounts/login">Sign in</a> here
        first, and again in the app, and they come along.
      </p>
    `;
  }

  /** @param {"prompt" | "by-hand"} way */
  #go(way) {
    if (way === "prompt") install();
    else this.querySelector("dialog")?.showModal();
  }

  async #countWaiting() {
    const logbook = await openLogbook();
    this.waiting = (await logbook.counts()).waiting;
  }
}

customElements.define("install-hint", InstallHint);
// It puts itself there, as pages load it only where there is something to offer.
document.querySelector("update-prompt")?.before(new InstallHint());
