// The form at the end of a routine: how it was. Every answer is optional.
import { html, LitElement, nothing } from "lit";
import { check } from "../lib/field-rules.js";
import { painWord } from "../lib/words.js";

/**
 * @typedef {Record<string, string>} Values
 * @typedef {{name: string, label: string, low: string, high: string, pain?: boolean}} Scale
 */

/** @type {Scale[]} */
const BEFORE = [
  { name: "effort", label: "Effort (0–10)", low: "lying there", high: "all you had" },
  { name: "felt_glutes", label: "Felt your glutes (0–10)", low: "nobody home", high: "wide awake" },
  { name: "pain_before", label: "Pain before (0–10)", low: "none", high: "the worst", pain: true },
  { name: "pain_peak", label: "Pain during (0–10)", low: "none", high: "the worst", pain: true },
];
const NUMBERS = BEFORE.map(({ name }) => name);
const SIDES = [
  ["", "No side"],
  ["L", "Left"],
  ["R", "Right"],
  ["both", "Both"],
];

/**
 * @fires session-change with the values, at every change
 * @fires session-save with the answers for the log, once they keep all limits
 */
export class SessionForm extends LitElement {
  static properties = {
    values: { attribute: false },
    limits: { attribute: false },
    painMax: { type: Number },
    failure: { type: String },
    errors: { attribute: false },
  };

  constructor() {
    super();
    /** @type {Values} */
    this.values = {};
    /** @type {Record<string, any>} limits of a session, from content.json */
    this.limits = {};
    this.painMax = 5;
    this.failure = "";
    /** From the server's rules, or the check before saving. @type {Values} */
    this.errors = {};
  }

  createRenderRoot() {
    return this;
  }

  render() {
    return html`
      <form class="session-form" novalidate @submit=${this.#save}>
        ${BEFORE.map((scale) => this.#scale(scale))} ${this.#hurts ? this.#where() : nothing}
        <div class="field">
          <label for="session-notes">Notes</label>
          <textarea
            id="session-notes"
            name="notes"
            rows="3"
            .value=${this.values.notes ?? ""}
            aria-invalid=${Boolean(this.errors.notes)}
            aria-describedby="session-notes-error"
            @input=${this.#typed}
          ></textarea>
          ${this.#error("notes")}
        </div>
        ${this.failure ? html`<p class="notice notice-bad" role="alert">${this.failure}</p>` : nothing}
        <button class="button button-big">Save session</button>
      </form>
    `;
  }

  get #hurts() {
    return ["pain_before", "pain_peak"].some((name) => Number(this.values[name]) > 0);
  }

  /** @param {Scale} scale */
  #scale({ name, label, low, high, pain }) {
    const { min = 0, max = 10 } = this.limits[name] ?? {};
    const value = this.values[name] ?? "";
    const id = `session-${name}`;
    // The input is the field; the row of keys is for thumbs, and says nothing that it does not.
    return html`
      <div class="field scale">
        <label for=${id}>${label}</label>
        <input
          id=${id}
          name=${name}
          type="number"
          inputmode="numeric"
          min=${min}
          max=${max}
          step="1"
          autocomplete="off"
          .value=${value}
          aria-invalid=${Boolean(this.errors[name])}
          aria-describedby="${id}-hint ${id}-error"
          @input=${this.#typed}
        />
        <div class="scale-keys" aria-hidden="true">
          ${Array.from({ length: max - min + 1 }, (_, n) => String(min + n)).map(
            (key) =>
              html`<button
                type="button"
                tabindex="-1"
                data-name=${name}
                data-key=${key}
                ?data-chosen=${key === value}
                @click=${this.#pressed}
              >
                ${key}
              </button>`,
          )}
        </div>
        <p class="hint" id="${id}-hint">${min} is ${low}, ${max} is ${high}.</p>
        ${pain && value !== "" && !this.errors[name] ? this.#painNote(Number(value)) : nothing}
        ${this.#error(name)}
      </div>
    `;
  }

  /** @param {number} pain */
  #painNote(pain) {
    const { word, tone } = painWord(pain);
    const stop = pain > this.painMax;
    return html`
      <p class=${tone} role="status">
        <strong>${pain}: ${word}.</strong>
        ${stop ? html`Above ${this.painMax} is where to stop. <a href="/safety">When to stop</a>` : nothing}
      </p>
    `;
  }

  #where() {
    return html`
      <div class="field">
        <label for="session-pain-side">Which side</label>
        <select id="session-pain-side" name="pain_side" @change=${this.#typed}>
          ${SIDES.map(
            ([value, word]) =>
              html`<option value=${value} ?selected=${value === (this.values.pain_side ?? "")}>
                ${word}
              </option>`,
          )}
        </select>
      </div>
      <div class="field">
        <label for="session-pain-site">Where it hurt</label>
        <input
          id="session-pain-site"
          name="pain_site"
          autocomplete="off"
          .value=${this.values.pain_site ?? ""}
          aria-invalid=${Boolean(this.errors.pain_site)}
          aria-describedby="session-pain-site-hint session-pain_site-error"
          @input=${this.#typed}
        />
        <p class="hint" id="session-pain-site-hint">Outer hip, low back, knee …</p>
        ${this.#error("pain_site")}
      </div>
    `;
  }

  /** @param {string} name */
  #error(name) {
    return html`<p class="error" id="session-${name}-error">${this.errors[name] ?? nothing}</p>`;
  }

  /** @param {Event} event */
  #typed(event) {
    const { name, value } = /** @type {HTMLInputElement} */ (event.target);
    this.#set(name, value);
  }

  /** @param {MouseEvent} event */
  #pressed(event) {
    const { name = "", key = "" } = /** @type {HTMLElement} */ (event.currentTarget).dataset;
    this.#set(name, this.values[name] === key ? "" : key);
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  #set(name, value) {
    this.values = { ...this.values, [name]: value };
    if (this.errors[name]) this.errors = this.#check();
    this.dispatchEvent(new CustomEvent("session-change", { detail: this.values }));
  }

  #check() {
    const numbers = NUMBERS.map((name) => {
      const { min = 0, max = 10 } = this.limits[name] ?? {};
      return [name, { min, max, error: `Use a whole number from ${min} to ${max}.` }];
    });
    const texts = ["pain_site", "notes"].map((name) => {
      const maxLength = this.limits[name]?.max_length ?? 4000;
      const error = `Use at most ${maxLength.toLocaleString("en-GB")} characters.`;
      return [name, { maxLength, error }];
    });
    return check(this.values, Object.fromEntries([...numbers, ...texts]));
  }

  /** @param {SubmitEvent} event */
  async #save(event) {
    event.preventDefault();
    // A number field gives no value for what is no number: its own verdict counts too.
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const odd = NUMBERS.filter(
      (name) => /** @type {any} */ (form.elements.namedItem(name))?.validity.badInput,
    );
    const broken = this.#check();
    for (const name of odd) broken[name] = "Use a whole number.";
    this.errors = broken;
    await this.updateComplete;
    const first = form.querySelector('[aria-invalid="true"]');
    if (first) /** @type {HTMLElement} */ (first).focus();
    else this.dispatchEvent(new CustomEvent("session-save", { detail: this.#answers() }));
  }

  #answers() {
    const where = this.#hurts ? ["pain_side", "pain_site"] : [];
    const answers = [...NUMBERS, ...where, "notes"]
      .map((name) => [name, (this.values[name] ?? "").trim()])
      .filter(([, value]) => value !== "")
      .map(([name, value]) => [name, NUMBERS.includes(name) ? Number(value) : value]);
    return Object.fromEntries(answers);
  }
}

customElements.define("session-form", SessionForm);
