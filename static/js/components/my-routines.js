import { html, LitElement, nothing } from "lit";
import { loadContent } from "../data/content.js";
import { openLogbook } from "../data/logbook.js";
import { ask } from "../lib/ask.js";
import { stateOf } from "../lib/entry-line.js";
import { icon } from "../lib/icon.js";
import { NO_READING, saveTrouble } from "../lib/save-trouble.js";
import { shareLink } from "../lib/share-link.js";
import { plural } from "../player/words.js";
import { write } from "../routine/link.js";
import { playedOf } from "../routine/played.js";
import { problemsIn, tooMuch } from "../routine/problems.js";
import "./log-attention.js";

/**
 * @typedef {import("../data/types.js").EntryView} EntryView
 * @typedef {import("../routine/dose.js").Content} Content
 * @typedef {import("../routine/dose.js").Own} Own
 */

/** More than anybody puts together; the list is read whole. */
const MOST = 500;

/** `<my-routines>` lists the rider's own routines: to start, change, share and delete. */
class MyRoutines extends LitElement {
  static properties = {
    entries: { state: true },
    removed: { state: true },
    said: { state: true },
    failure: { state: true },
  };

  /** @type {Content | null} */
  #content = null;

  constructor() {
    super();
    /** @type {EntryView[] | null} null until they were read */
    this.entries = null;
    /** @type {EntryView | null} what Undo brings back */
    this.removed = null;
    this.said = "";
    this.failure = "";
  }

  createRenderRoot() {
    return this;
  }

  async connectedCallback() {
    super.connectedCallback();
    this.addEventListener("entry-changed", () => this.#read());
    try {
      this.#content = await loadContent();
      (await openLogbook()).subscribe(({ type }) => type !== "draft" && this.#read());
      await this.#read();
      await this.#arrive();
    } catch {
      this.failure = NO_READING;
    }
    this.setAttribute("aria-busy", "false");
  }

  async #read() {
    const { entries } = await (await openLogbook()).list({ kind: "routine", limit: MOST });
    this.entries = entries.reverse(); // ids grow with time: what was made last comes first
    await this.updateComplete;
  }

  /** Say what the page before did, as the address tells. */
  async #arrive() {
    const [, id] = location.hash.match(/^#saved-([0-9a-f-]{36})$/) ?? [];
    if (!id) return;
    history.replaceState(null, "", location.pathname);
    this.said = "Saved on this phone.";
    await this.updateComplete;
    const row = document.getElementById(`routine-${id}`);
    row?.scrollIntoView({ block: "center" });
    row?.focus({ preventScroll: true });
  }

  render() {
    return html`
      <p class="own-said" role="status">${this.said}${this.removed ? this.#undoKey() : nothing}</p>
      ${this.failure ? html`<p class="notice" role="alert">${this.failure}</p>` : nothing}
      ${this.entries?.length === 0 ? empty : nothing}
      ${
        this.entries?.length
          ? html`<ul class="own-list">
              ${this.entries.map((entry) => this.#row(entry))}
            </ul>`
          : nothing
      }
    `;
  }

  #undoKey() {
    return html` <button type="button" class="button button-quiet" @click=${this.#undo}>
      Undo
    </button>`;
  }

  /** @param {EntryView} entry */
  #row(entry) {
    const { id, state, lost } = entry;
    const body = /** @type {Own} */ (entry.body);
    const content = /** @type {Content} */ (this.#content);
    const played = playedOf(body, content, { slug: id });
    const whole = problemsIn(body, content).length === 0;
    const barred = tooMuch(body, content);
    return html`<li class="card own-row" id="routine-${id}" tabindex="-1">
      <h2>${body.name}</h2>
      <p class="own-facts meta">
        <span
          >${plural(body.items?.length ?? 0, "exercise")}${played ? `, ${played.minutes} min` : ""}</span
        >
        ${stateOf(entry)}
      </p>
      ${whole ? nothing : html`<p class="notice notice-warn">${barred ? `${barred} ${TOO_MUCH}` : ODD}</p>`}
      ${
        lost
          ? html`<p class="notice">
              It was changed on two devices. <a href="/settings/sync">See both versions</a>
            </p>`
          : nothing
      }
      ${state === "attention" ? html`<log-attention .entry=${entry}></log-attention>` : nothing}
      <div class="own-do">
        ${
          played && !barred
            ? html`<a class="button" href="/play/${id}" aria-label="Start ${body.name}"
                >${icon("play")}Start</a
              >`
            : nothing
        }
        <a class="button button-quiet" href="/routines/mine/${id}" aria-label="Edit ${body.name}"
          >${icon("pencil")}Edit</a
        >
        ${
          whole
            ? this.#button("Share", "share", body.name, () =>
                shareLink({ title: body.name, url: linkTo(body, content) }),
              )
            : nothing
        }
        ${this.#button("Delete", "trash-2", body.name, () => this.#remove(entry))}
      </div>
    </li>`;
  }

  /**
   * @param {string} word
   * @param {string} picture
   * @param {string} name
   * @param {() => unknown} act
   */
  #button(word, picture, name, act) {
    return html`<button
      type="button"
      class="button button-quiet"
      aria-label="${word} ${name}"
      @click=${act}
    >
      ${icon(picture)}${word}
    </button>`;
  }

  /** @param {EntryView} entry */
  async #remove(entry) {
    const sure = await ask({
      title: `Delete ${entry.body.name}?`,
      words: "It goes from your other devices too. What you did with it stays in the log.",
      yes: "Delete",
      no: "Keep it",
    });
    if (!sure) return;
    await this.#change(async (logbook) => {
      await logbook.remove(entry.id);
      this.removed = entry;
      this.said = `${entry.body.name} is deleted.`;
    });
    /** @type {HTMLElement | null} */ (this.querySelector(".own-said button"))?.focus();
  }

  async #undo() {
    const entry = this.removed;
    if (!entry) return;
    await this.#change(async (logbook) => {
      await logbook.restore(entry.id);
      this.removed = null;
      this.said = `${entry.body.name} is back.`;
    });
    document.getElementById(`routine-${entry.id}`)?.focus();
  }

  /** @param {(logbook: import("../data/logbook.js").Logbook) => Promise<void>} deed */
  async #change(deed) {
    this.failure = "";
    try {
      await deed(await openLogbook());
      await this.#read();
    } catch (error) {
      this.failure = saveTrouble(error);
    }
  }
}

const ODD = "Something in it does not fit the plan on this phone. Edit it to see what.";

const TOO_MUCH = "Edit it to make it fit; then it can be started.";

/** @param {Own} body @param {Content} content */
const linkTo = (body, content) => `${location.origin}/routines/shared#${write(body, content)}`;

const empty = html`<section class="card stack">
  <h2>Nothing here yet</h2>
  <p>
    Put your own routine together from the exercises of the plan: your order, your sets, the minutes
    counted for you. It stays on this phone, plays with no signal, and fits into a link for a
    friend.
  </p>
  <p><a href="/routines/">Or take one of the plan's</a></p>
</section>`;

customElements.define("my-routines", MyRoutines);
