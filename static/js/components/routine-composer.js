import { html, LitElement, nothing } from "lit";
import { loadContent } from "../data/content.js";
import { openLogbook } from "../data/logbook.js";
import { ask } from "../lib/ask.js";
import { drag } from "../lib/drag-order.js";
import { entryIdOf } from "../lib/entry-id.js";
import { NO_WISH } from "../lib/exercise-search.js";
import { NO_READING, saveTrouble } from "../lib/save-trouble.js";
import { bar, hipChoice, nameField } from "../routine/composer-bar.js";
import { library } from "../routine/composer-library.js";
import { rowOf } from "../routine/composer-rows.js";
import { Composing } from "../routine/composing.js";
import { isSore, newId } from "../routine/own.js";
import { keepUnsaved, unsavedOf } from "../routine/unsaved.js";
import { warningsIn } from "../routine/warnings.js";

const NO_PLAN = "The plan is not on this phone yet. It needs a signal once.";
const NOT_HERE =
  "This routine is not on this phone. It may belong to another account, be deleted, or still be on its way.";
const RECALLED = "Here is what you had not saved yet.";

/**
 * `<routine-composer>` puts a routine of the rider's own together from the library: a new one, or the one that the address names. Every stroke is kept; saving asks no network.
 */
class RoutineComposer extends LitElement {
  static properties = {
    composing: { state: true },
    sore: { state: true },
    wish: { state: true },
    tried: { state: true },
    said: { state: true },
    failure: { state: true },
    gap: { state: true },
  };

  #id = entryIdOf({ pathname: location.pathname, hash: "" });

  constructor() {
    super();
    /** @type {Composing | null} null until it is known what there is to change */
    this.composing = null;
    this.sore = new URLSearchParams(location.search).get("hip") === "sore";
    this.wish = NO_WISH;
    /** Whether saving was tried: from then on what is wrong is said. */
    this.tried = false;
    this.said = "";
    this.failure = "";
    /** @type {number | null} the gap that a dragged row would fall into */
    this.gap = null;
  }

  createRenderRoot() {
    return this;
  }

  async connectedCallback() {
    super.connectedCallback();
    addEventListener("pageshow", this.#again);
    document.documentElement.dataset.busy = "form"; // other offers would lie over Save
    try {
      const content = await loadContent().catch(() => null);
      if (content) await this.#begin(content);
      else this.failure = NO_PLAN;
    } catch {
      this.failure = NO_READING;
    }
    await this.updateComplete;
    this.setAttribute("aria-busy", "false");
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener("pageshow", this.#again);
  }

  /** Back after saving, the page as it was would save a second copy. */
  #again = (/** @type {PageTransitionEvent} */ { persisted }) => {
    if (persisted) location.reload();
  };

  /** @param {import("../routine/dose.js").Content} content */
  async #begin(content) {
    const logbook = await openLogbook().catch(() => null); // said when it comes to saving
    const rider = logbook?.rider ?? null;
    const id = this.#id;
    this.sore ||= Boolean(logbook && (await isSore(logbook).catch(() => false)));
    const composing = new Composing({
      content,
      openLogbook,
      id,
      newId,
      recall: () => unsavedOf(rider, id),
      keep: (unsaved) => keepUnsaved(rider, id, unsaved),
    });
    const begun = await composing.begin();
    if (begun === "missing") {
      this.failure = NOT_HERE;
      return;
    }
    if (begun === "recalled") this.said = RECALLED;
    this.composing = composing;
    logbook?.subscribe(async ({ ids }) => {
      if (!ids?.includes(id)) return;
      await composing.renew();
      this.requestUpdate();
    });
  }

  render() {
    const { composing } = this;
    return html`<div class="compose-own stack">
        <h1>${this.#id ? "Change your routine" : "Put a routine together"}</h1>
        ${composing ? this.#form(composing) : this.#nothing()}
      </div>
      ${composing ? this.#library(composing) : nothing}`;
  }

  /** @param {Composing} composing */
  #library({ outside }) {
    return library(
      outside.content,
      { ...this.wish, hip: this.sore ? "sore" : "" },
      {
        wish: (change) => {
          this.wish = { ...this.wish, ...change };
        },
        add: (slug) => this.#say(this.composing?.add(slug) ?? ""),
      },
    );
  }

  #nothing() {
    if (!this.failure) return nothing;
    return html`<p class="notice" role="alert">${this.failure}</p>
      <p><a class="button" href="/routines/mine">My routines</a></p>`;
  }

  /** @param {Composing} composing */
  #form(composing) {
    const { composition, problems } = composing;
    const told = (/** @type {string} */ field) =>
      (this.tried && problems.find((one) => one.field === field)?.sentence) || "";
    return html`
      ${nameField(composition.name, told("name"), (name) => this.#say(composing.rename(name)))}
      ${hipChoice(this.sore, (sore) => {
        this.sore = sore;
      })}
      <section class="stack" aria-labelledby="order">
        <h2 id="order">In this order</h2>
        ${composition.parts.length ? this.#rows(composing) : empty}
        ${composing.dirty ? this.#dropKey(composing) : nothing}
      </section>
      ${bar(composing, { said: this.said, wrong: this.failure || told("items") }, () =>
        this.#save(composing),
      )}
    `;
  }

  /** @param {Composing} composing */
  #rows(composing) {
    const { body, problems, outside } = composing;
    const { parts } = composing.composition;
    const warnings = warningsIn(body.items, outside.content, this.sore);
    const row = (/** @type {typeof parts[number]} */ part, /** @type {number} */ index) => ({
      part,
      name: composing.nameOf(part),
      item: body.items[index],
      index,
      content: outside.content,
      wrong: problems.filter(({ item }) => item === index),
      warnings: warnings[index],
      mark: this.#mark(index, parts.length),
    });
    const actions = {
      type: this.#does((at, said) => composing.type(at, said)),
      move: this.#does((at, to) => composing.move(at, to), "move"),
      remove: this.#does((at) => composing.remove(at), "remove"),
      swap: this.#does((at, slug) => composing.swap(at, slug), "remove"),
      grab: (/** @type {PointerEvent} */ event, /** @type {number} */ from) =>
        drag(event, {
          from,
          rows: () => this.#list,
          over: (gap) => {
            this.gap = gap;
          },
          drop: (to) => actions.move(from, to),
        }),
    };
    return html`<ol class="compose-rows">
      ${parts.map((part, index) => rowOf(row(part, index), actions))}
    </ol>`;
  }

  /** @param {Composing} composing */
  #dropKey(composing) {
    return html`<p>
      <button type="button" class="button button-quiet" @click=${() => this.#drop(composing)}>
        ${this.#id ? "Drop changes" : "Start over"}
      </button>
    </p>`;
  }

  /** @param {number} index @param {number} count */
  #mark(index, count) {
    if (this.gap === index) return "before";
    return this.gap === count && index === count - 1 ? "after" : "";
  }

  /**
   * Do it, say it, and keep the focus on the key that was pressed, wherever its row is now.
   * @param {(at: number, by: any) => string} verb
   * @param {"move" | "remove" | ""} [key]
   */
  #does(verb, key = "") {
    return async (/** @type {number} */ at, /** @type {any} */ by = at) => {
      this.#say(verb(at, by));
      if (!key) return;
      await this.updateComplete;
      const last = this.#list.length - 1;
      const to = Math.max(0, Math.min(key === "move" ? by : at, last));
      const name = key === "move" ? (by < at ? "up" : "down") : key;
      const next = this.#list[to]?.querySelector(`.compose-${name}`);
      /** @type {HTMLElement | null} */ (next ?? this.querySelector("#routine-name"))?.focus();
    };
  }

  /** @param {string} said */
  #say(said) {
    this.said = said;
    this.requestUpdate();
  }

  get #list() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll(".compose-rows > li")]);
  }

  /** @param {Composing} composing */
  async #drop(composing) {
    const changes = Boolean(this.#id);
    const sure = await ask({
      title: changes ? "Drop what you changed?" : "Start over?",
      words: changes
        ? "The routine goes back to how it was saved."
        : "What you put together here is not saved yet.",
      yes: changes ? "Drop changes" : "Start over",
      no: "Keep it",
    });
    if (!sure) return;
    this.tried = false;
    this.#say(composing.drop());
    /** @type {HTMLElement | null} */ (this.querySelector("#routine-name"))?.focus();
  }

  /** @param {Composing} composing */
  async #save(composing) {
    this.tried = true;
    this.failure = "";
    this.#say("");
    if (composing.problems.length) {
      await this.updateComplete;
      /** @type {HTMLElement | null} */ (this.querySelector("[aria-invalid]"))?.focus();
      return;
    }
    try {
      location.assign(`/routines/mine#saved-${await composing.save()}`);
    } catch (error) {
      this.failure = saveTrouble(error);
    }
  }
}

const empty = html`<p class="notice">
  Nothing in it yet. Pick from the library: each exercise comes with the plan's own sets, and you
  change what you like.
</p>`;

customElements.define("routine-composer", RoutineComposer);
