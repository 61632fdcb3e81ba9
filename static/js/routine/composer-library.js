// The library that a routine is picked from, narrowed by words and by step.
import { html, nothing } from "lit";
import { fits } from "../lib/exercise-search.js";
import { doseWords, plural } from "../player/words.js";
import { picture } from "./picture.js";

/**
 * @typedef {import("./dose.js").Content & {muscles: Record<string, string>,
 *   equipment: Record<string, string>}} Content
 * @typedef {import("./dose.js").PlanExercise & {primary: string[], secondary: string[]}} Exercise
 * @typedef {import("../lib/exercise-search.js").Wish} Wish
 */

/** @type {Record<string, string>} */
const STEPS = {
  "foam-roll": "Foam roll",
  stretch: "Stretch",
  activate: "Activate",
  strengthen: "Strengthen",
};

/**
 * @param {import("./dose.js").Content} plan
 * @param {Wish} wish
 * @param {{wish: (change: Partial<Wish>) => void, add: (slug: string) => void}} actions
 */
export function library(plan, wish, actions) {
  const content = /** @type {Content} */ (plan);
  const all = /** @type {Exercise[]} */ (Object.values(content.exercises));
  const found = all.filter((one) => fits(cardOf(one, content), wish));
  const value = (/** @type {Event} */ event) =>
    /** @type {HTMLInputElement} */ (event.target).value;
  return html`<section class="compose-library stack" aria-labelledby="library">
    <h2 id="library">Add exercises</h2>
    <form class="compose-search" role="search" aria-label="Exercises" @submit=${stay}>
      <div class="field">
        <label for="q">Search</label>
        <input
          id="q"
          type="search"
          autocomplete="off"
          enterkeyhint="search"
          .value=${wish.q}
          @input=${(/** @type {Event} */ event) => actions.wish({ q: value(event) })}
        />
      </div>
      <div class="field">
        <label for="step">Step</label>
        <select
          id="step"
          .value=${wish.step}
          @change=${(/** @type {Event} */ event) => actions.wish({ step: value(event) })}
        >
          <option value="">All steps</option>
          ${Object.entries(STEPS).map(([slug, name]) => html`<option value=${slug}>${name}</option>`)}
        </select>
      </div>
    </form>
    <p class="meta" role="status">${plural(found.length, "exercise")}</p>
    <ul class="finder-list">
      ${found.map((one) => row(one, content, wish, actions.add))}
    </ul>
    ${found.length ? nothing : html`<p class="notice">Nothing fits all of that.</p>`}
  </section>`;
}

/** @param {Event} event */
const stay = (event) => event.preventDefault();

/**
 * @param {Exercise} exercise
 * @param {Content} content
 * @param {Wish} wish
 * @param {(slug: string) => void} add
 */
function row(exercise, content, { hip }, add) {
  const { slug, name, step, dose, sides, primary, lateral_hip: lateral } = exercise;
  const tone = step === "foam-roll" || step === "stretch" ? "teal" : "ember";
  return html`<li class="tone-${tone}">
    <button type="button" @click=${() => add(slug)}>
      <span class="finder-step" aria-hidden="true">${Object.keys(STEPS).indexOf(step) + 1}</span>
      ${picture(slug, content)}
      <span class="finder-words">
        <span class="link-name"><span class="visually-hidden">Add </span>${name}</span>
        <span class="meta">${content.muscles[primary[0]]}</span>
        ${
          exercise.lateral_hip_only
            ? html`<span class="badge">Only for a sore outer hip</span>`
            : nothing
        }
        ${
          hip && lateral.tag === "mod"
            ? html`<span class="badge">Change it a little</span>`
            : nothing
        }
      </span>
      <span class="figures finder-dose">${doseWords(dose, sides)}</span>
    </button>
  </li>`;
}

/** @type {WeakMap<Exercise, import("../lib/exercise-search.js").Card>} */
const cards = new WeakMap();

/**
 * @param {Exercise} one
 * @param {Content} content
 */
function cardOf(one, content) {
  const kept = cards.get(one);
  if (kept) return kept;
  const muscles = [...one.primary, ...one.secondary];
  const words = [
    one.name,
    one.id,
    STEPS[one.step],
    ...muscles.map((key) => content.muscles[key]),
    ...one.equipment.map((key) => content.equipment[key]),
  ];
  const card = {
    step: one.step,
    muscle: muscles.join(" "),
    equipment: one.equipment.join(" ") || "none",
    hip: one.lateral_hip_only ? "only" : one.lateral_hip.tag,
    words: words.join(" ").toLowerCase(),
  };
  cards.set(one, card);
  return card;
}
