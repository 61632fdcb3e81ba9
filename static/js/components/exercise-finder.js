import { fits, readWish, writeWish } from "../lib/exercise-search.js";

/** @typedef {import("../lib/exercise-search.js").Card} Card */
/** @typedef {import("../lib/exercise-search.js").Wish} Wish */

/**
 * `<exercise-finder>` narrows the list that the server sent: it hides what does not fit. What is
 * asked for stands in the address, so that back, reload and a shared link keep it.
 */
class ExerciseFinder extends HTMLElement {
  connectedCallback() {
    const form = this.#form;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => this.#remember());
    form.addEventListener("reset", () => queueMicrotask(() => this.#remember()));
    addEventListener("popstate", this.#recall);
    this.#recall();
  }

  disconnectedCallback() {
    removeEventListener("popstate", this.#recall);
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.querySelector("form"));
  }

  #recall = () => {
    const wish = readWish(location.search);
    for (const [name, value] of Object.entries(wish)) {
      const field = /** @type {HTMLInputElement} */ (this.#form.elements.namedItem(name));
      if (field.type === "checkbox") field.checked = value === field.value;
      else field.value = value;
    }
    this.#show(this.#wish());
  };

  #remember() {
    const wish = this.#wish();
    const query = writeWish(wish);
    history.replaceState(history.state, "", query ? `?${query}` : location.pathname);
    this.#show(wish);
  }

  /** @returns {Wish} */
  #wish() {
    const given = [...new FormData(this.#form)].map(([name, value]) => [name, String(value)]);
    return readWish(new URLSearchParams(given).toString());
  }

  /** @param {Wish} wish */
  #show(wish) {
    const items = /** @type {NodeListOf<HTMLLIElement>} */ (
      this.querySelectorAll("li[data-words]")
    );
    let count = 0;
    for (const item of items) {
      item.hidden = !fits(/** @type {Card} */ (/** @type {unknown} */ (item.dataset)), wish);
      if (!item.hidden) count += 1;
    }
    this.dataset.hip = wish.hip;
    this.#say(count);
  }

  /** @param {number} count */
  #say(count) {
    const words = count === 1 ? "1 exercise" : `${count} exercises`;
    const output = /** @type {HTMLOutputElement} */ (this.querySelector("output"));
    if (output.value !== words) output.value = words;
    /** @type {HTMLElement} */ (this.querySelector(".finder-none")).hidden = count > 0;
  }
}

customElements.define("exercise-finder", ExerciseFinder);
