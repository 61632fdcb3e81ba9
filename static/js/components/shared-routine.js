import { html, LitElement, nothing } from "lit";
import { loadContent } from "../data/content.js";
import { openLogbook } from "../data/logbook.js";
import { icon } from "../lib/icon.js";
import { saveTrouble } from "../lib/save-trouble.js";
import { doseWords, plural } from "../player/words.js";
import { timer } from "../routine/composer-rows.js";
import { open } from "../routine/link.js";
import { isSore, newId } from "../routine/own.js";
import { picture } from "../routine/picture.js";
import { playedOf } from "../routine/played.js";
import { warningsIn } from "../routine/warnings.js";

/**
 * @typedef {import("../routine/dose.js").Content} Content
 * @typedef {import("../routine/dose.js").Own & {items: import("../routine/dose.js").OwnItem[]}} Own
 */

const NO_PLAN =
  "The plan is not on this phone yet. It needs a signal once; then open the link again.";

/** `<shared-routine>` shows the routine that the address carries, once it has passed every check. */
class SharedRoutine extends LitElement {
  static properties = {
    body: { state: true },
    problem: { state: true },
    kept: { state: true },
    failure: { state: true },
  };

  /** @type {Content | null} */
  #content = null;
  #sore = false;
  #keeping = false;

  constructor() {
    super();
    /** @type {Own | null} */
    this.body = null;
    this.problem = "";
    this.kept = "";
    this.failure = "";
  }

  createRenderRoot() {
    return this;
  }

  async connectedCallback() {
    super.connectedCallback();
    addEventListener("hashchange", () => this.#open());
    try {
      this.#content = await loadContent();
      this.#sore = await openLogbook().then(isSore, () => false);
      this.#open();
    } catch {
      this.problem = NO_PLAN;
    }
    this.setAttribute("aria-busy", "false");
  }

  #open() {
    const content = /** @type {Content} */ (this.#content);
    const { body, problem } = open(location.hash, content, newId);
    this.body = /** @type {Own | null} */ (body ?? null);
    this.problem = problem ?? "";
    this.kept = "";
  }

  render() {
    if (this.problem) return refusal(this.problem);
    const { body } = this;
    const content = this.#content;
    const played = body && content && playedOf(body, content, { slug: "shared", sore: this.#sore });
    if (!played) return nothing;
    const warnings = warningsIn(body.items, content, this.#sore);
    return html`
      <h1>${played.name}</h1>
      <p class="lead">
        A routine that somebody shared: ${plural(played.items.length, "exercise")}, about
        ${plural(played.minutes, "minute")}.
      </p>
      <div class="own-do">
        <a class="button button-big" href="/play/shared${location.hash}">${icon("play")}Start</a>
        ${
          this.kept
            ? nothing
            : html`<button type="button" class="button button-quiet" @click=${this.#keep}>
                ${icon("plus")}Keep it in My routines
              </button>`
        }
      </div>
      <p class="own-said" role="status">${this.kept ? keptWords(this.kept) : nothing}</p>
      ${this.failure ? html`<p class="notice" role="alert">${this.failure}</p>` : nothing}
      <ol class="routine-items">
        ${played.items.map((item, index) => row(item, content, warnings[index]))}
      </ol>
      <p class="meta">
        Everything is in the link; no server has seen it. Whoever made it may not know your hips:
        <a href="/safety">when to stop</a>.
      </p>
    `;
  }

  async #keep() {
    if (this.#keeping || !this.body) return;
    this.#keeping = true;
    this.failure = "";
    try {
      this.kept = (await (await openLogbook()).create("routine", this.body)).id;
    } catch (error) {
      this.failure = saveTrouble(error);
    } finally {
      this.#keeping = false;
    }
  }
}

/**
 * @param {import("../player/timeline.js").Item} item
 * @param {Content} content
 * @param {import("../routine/warnings.js").Warning[]} warnings
 */
function row({ exercise: slug, dose, duration_s }, content, warnings) {
  const { name, sides } = content.exercises[slug];
  return html`<li>
    ${picture(slug, content)}
    <span class="routine-item"><a href="/exercises/${slug}">${name}</a></span>
    <span class="figures meta">${doseWords(dose, sides)}</span>
    <span class="figures item-time">${timer(duration_s)}</span>
    ${warnings.map(({ text }) => html`<p class="item-change">${text}</p>`)}
  </li>`;
}

/** @param {string} id */
const keptWords = (id) =>
  html`Kept on this phone. <a href="/routines/mine#saved-${id}">My routines</a>`;

/** @param {string} problem */
function refusal(problem) {
  return html`<h1>This link does not open</h1>
    <p class="lead" role="alert">${problem}</p>
    <p>Nothing of it was run, and nothing was kept.</p>
    <p class="cluster">
      <a class="button" href="/routines/">See the plan's routines</a>
      <a href="/routines/mine">My routines</a>
    </p>`;
}

customElements.define("shared-routine", SharedRoutine);
