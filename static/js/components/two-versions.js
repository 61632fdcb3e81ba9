import { html, LitElement, nothing } from "lit";
import "../data/conflict.js"; // the logbook asks for it late, when there may be no signal
import { openLogbook } from "../data/logbook.js";
import { saveTrouble } from "../lib/save-trouble.js";
import { differences, wasDeletion } from "../lib/versions.js";

/**
 * `<two-versions>` shows what two devices made of one entry, side by side, and lets the rider
 * choose. Once chosen, here or elsewhere (`settled`), it says so in the same place.
 */
class TwoVersions extends LitElement {
  static properties = {
    entry: { attribute: false },
    settled: { type: Boolean },
    said: { state: true },
    failure: { state: true },
  };

  constructor() {
    super();
    /** @type {import("../data/types.js").EntryView | null} */
    this.entry = null;
    this.settled = false;
    this.said = "";
    this.failure = "";
  }

  createRenderRoot() {
    return this;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has("settled") && !this.settled) this.said = ""; // the devices are at odds again
  }

  render() {
    if (!this.entry) return nothing;
    if (this.said || this.settled)
      return html`<p class="versions-said" tabindex="-1">${this.said || "Settled."}</p>`;
    return html`
      ${wasDeletion(this.entry) ? this.#deletion() : this.#sideBySide(this.entry)}
      ${this.failure ? html`<p role="alert">${this.failure}</p>` : nothing}
    `;
  }

  #deletion() {
    return html`<p>
        It was deleted on one device and changed on another. A change counts more than a deletion,
        so it is still in your log.
      </p>
      <div class="versions-choice">
        ${this.#choice("Keep it", "this", "It stays.")}
        ${this.#choice("Delete it", "other", "It is deleted.")}
      </div>`;
  }

  /** @param {import("../data/types.js").EntryView} entry */
  #sideBySide(entry) {
    return html`<p>Both are kept. The one that came later counts, until you choose.</p>
      <table class="versions">
        <caption class="visually-hidden">
          The two versions, where they differ
        </caption>
        <thead>
          <tr>
            <th scope="col">In your log</th>
            <th scope="col">The other one</th>
          </tr>
        </thead>
        ${differences(entry).map(
          ({ name, here, other }) =>
            html`<tbody>
              <tr>
                <th colspan="2" scope="rowgroup">${name}</th>
              </tr>
              <tr>
                <td>${here}</td>
                <td>${other}</td>
              </tr>
            </tbody>`,
        )}
      </table>
      <div class="versions-choice">
        ${this.#choice("Keep this", "this", "This version stays.")}
        ${this.#choice("Use the other", "other", "Your log has the other version now.")}
      </div>`;
  }

  /**
   * @param {string} word
   * @param {"this" | "other"} which
   * @param {string} then what is said once it is done
   */
  #choice(word, which, then) {
    const choose = async () => {
      try {
        await (await openLogbook()).settleConflict(this.entry?.id ?? "", which);
        this.said = `${then} Your other devices hear of it.`;
        await this.updateComplete;
        /** @type {HTMLElement | null} */ (this.querySelector(".versions-said"))?.focus();
      } catch (error) {
        this.failure = saveTrouble(error);
      }
    };
    return html`<button type="button" class="button button-quiet" @click=${choose}>
      ${word}
    </button>`;
  }
}

customElements.define("two-versions", TwoVersions);
