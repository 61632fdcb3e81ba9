import { html, LitElement, nothing } from "lit";
import { openLogbook } from "../data/logbook.js";
import { exportAll } from "../lib/export.js";
import { entriesWord } from "../lib/words.js";
import { forgetUnsaved } from "../routine/unsaved.js";

/**
 * `<sign-out>` signs out, and asks first when something on this phone is nowhere else: nothing
 * unsynced is ever dropped without being told to. A plain form inside it is for browsers without
 * scripts or a store: it ends the session only, and would leave the log open on this phone. So it
 * is not to be seen (log-settings.css) before it is sure that no rider's log is here.
 */
class SignOut extends LitElement {
  static properties = {
    known: { state: true },
    left: { state: true },
    said: { state: true },
    working: { state: true },
  };

  constructor() {
    super();
    /** True once this phone's logbook is that of a rider, and not before. */
    this.known = false;
    /** @type {import("../data/gate.js").SignOutResult | null} */
    this.left = null;
    this.said = "";
    this.working = false;
  }

  createRenderRoot() {
    return this;
  }

  async connectedCallback() {
    super.connectedCallback();
    // Where there is no store, or nobody to ask, the plain form has to do.
    await this.#look().catch(() => {});
    this.dataset.looked = "";
  }

  async #look() {
    const logbook = await openLogbook();
    const look = () => {
      this.known = logbook.rider !== null;
    };
    logbook.subscribe(look);
    look();
    if (!this.known) await logbook.refreshRider(); // who has just signed in has a log here soon
    look();
  }

  willUpdate() {
    if (this.known) this.querySelector(":scope > form")?.remove();
  }

  render() {
    if (!this.known) return nothing;
    return html`
      <button
        type="button"
        class="button button-quiet"
        ?disabled=${this.working}
        @click=${() => this.#signOut("ask")}
      >
        Sign out
      </button>
      <dialog class="card log-dialog" aria-labelledby="sign-out-title">
        <div class="stack">
          <h2 id="sign-out-title">Before you go</h2>
          ${this.left ? html`<p>${remains(this.left)}</p>` : nothing}
          <p role="status">${this.said}</p>
          <div class="log-choices">
            ${this.left?.deleted ? nothing : this.#forLater()}
            <button class="button button-quiet" @click=${this.#export}>Export</button>
            <button class="button button-danger" @click=${() => this.#signOut("delete")}>
              Delete from this phone
            </button>
            <button class="button button-quiet" @click=${this.#stay}>
              ${this.left?.deleted ? "Leave it here" : "Stay signed in"}
            </button>
          </div>
          ${
            this.left?.deleted
              ? nothing
              : html`<p class="meta">What is kept opens again when you sign in here.</p>`
          }
        </div>
      </dialog>
    `;
  }

  /** An account that is deleted can be neither uploaded to nor signed in to again. */
  #forLater() {
    return html`<button class="button" @click=${() => this.#signOut("upload")}>Upload now</button>
      <button class="button button-quiet" @click=${() => this.#signOut("keep")}>
        Keep on this phone
      </button>`;
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.querySelector("dialog"));
  }

  /** @param {import("../data/gate.js").Pending} pending */
  async #signOut(pending) {
    this.working = true;
    this.said = pending === "upload" ? "Uploading …" : "";
    try {
      const logbook = await openLogbook();
      const { rider } = logbook;
      const result = await logbook.signOut({ pending });
      this.left = result;
      if (result.done && pending === "delete") forgetUnsaved(rider);
      if (result.done) location.reload();
      else if (pending === "upload")
        this.said = "Not everything got through. It is still safe here.";
      else if (pending === "keep") this.said = "There is no room to keep it for you alone.";
      if (!result.done && !this.#dialog.open) this.#dialog.showModal();
    } finally {
      this.working = false;
    }
  }

  async #export() {
    await exportAll();
    this.said = "Exported.";
  }

  #stay() {
    this.#dialog.close();
  }
}

/** @param {import("../data/gate.js").SignOutResult} left */
function remains({ waiting, attention, draft, deleted }) {
  if (deleted)
    return "The account is deleted, so your whole log is on this phone and nowhere else.";
  const many = waiting + attention;
  const parts = [many ? entriesWord(many) : "", draft ? "a routine you have not finished" : ""];
  return `On this phone and nowhere else: ${parts.filter(Boolean).join(" and ")}.`;
}

customElements.define("sign-out", SignOut);
