import { fits, readWish, tapped, writeWish } from "../lib/exercise-search.js";

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
    this.addEventListener("click", this.#tap);
    addEventListener("popstate", this.#recall);
    this.#recall();
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#tap);
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

  /**
   * A tap on the hip map filters here and now. A bone, which trains nothing, and a tap that wants
   * a new tab follow their link.
   * @param {MouseEvent} event
   */
  #tap = (event) => {
    const part = /** @type {Element} */ (event.target).closest("a[data-muscle]");
    const muscle = part?.getAttribute("data-muscle") ?? "";
    const select = /** @type {HTMLSelectElement} */ (this.#form.elements.namedItem("muscle"));
    const known = [...select.options].some((option) => option.value === muscle);
    if (!muscle || !known || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    select.value = tapped(select.value, muscle);
    this.#remember();
    if (event.detail) this.#reveal(); // not from the keyboard, whose place is on the map
  };

  /** Show a finger what it found, if that lies below the screen. */
  #reveal() {
    const count = /** @type {HTMLElement} */ (this.querySelector(".finder-count"));
    const below = count.getBoundingClientRect().top > innerHeight - 120;
    if (below) count.scrollIntoView();
  }

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
    this.#light(wish.muscle);
    this.#say(count, wish.muscle);
  }

  /** @param {string} muscle */
  #light(muscle) {
    for (const part of this.querySelectorAll("a[data-muscle]")) {
      const lit = part.getAttribute("data-muscle") === muscle;
      part.classList.toggle("primary", lit);
      if (lit) part.setAttribute("aria-current", "true");
      else part.removeAttribute("aria-current");
    }
  }

  /**
   * @param {number} count
   * @param {string} muscle
   */
  #say(count, muscle) {
    const found = count === 1 ? "1 exercise" : `${count} exercises`;
    const name = muscle && this.querySelector(`option[value="${CSS.escape(muscle)}"]`)?.textContent;
    const words = name ? `${found}: ${name.trim()}` : found;
    const output = /** @type {HTMLOutputElement} */ (this.querySelector("output"));
    if (output.value !== words) output.value = words;
    /** @type {HTMLElement} */ (this.querySelector(".finder-none")).hidden = count > 0;
  }
}

customElements.define("exercise-finder", ExerciseFinder);
