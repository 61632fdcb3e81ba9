// The rows of a routine that is being put together.
import { html, nothing } from "lit";
import { icon } from "../lib/icon.js";
import { amountOf, doseOf, exerciseOf, secondsOf } from "./dose.js";
import { picture } from "./picture.js";

/**
 * @typedef {import("./dose.js").Content} Content
 * @typedef {import("./composition.js").Part} Part
 * @typedef {import("./composition.js").Typed} Typed
 * @typedef {import("./problems.js").Problem} Problem
 * @typedef {import("./warnings.js").Warning} Warning
 */

/**
 * @typedef {object} Row
 * @property {Part} part
 * @property {string} name of the exercise
 * @property {import("./dose.js").OwnItem} item what the part says so far
 * @property {number} index
 * @property {Content} content
 * @property {Problem[]} wrong
 * @property {Warning[]} warnings
 * @property {string} mark where something else would be dropped: "before", "after" or ""
 */

/**
 * @typedef {object} Actions
 * @property {(index: number, typed: Partial<Typed>) => void} type
 * @property {(index: number, to: number) => void} move
 * @property {(index: number) => void} remove
 * @property {(index: number, slug: string) => void} swap
 * @property {(event: PointerEvent, index: number) => void} grab
 */

/** @param {Row} row @param {Actions} actions */
export function rowOf(row, actions) {
  const { part, name, item, index, content, wrong, warnings, mark } = row;
  const exercise = exerciseOf(content, part.was.exercise);
  return html`<li class="compose-row ${mark ? `compose-${mark}` : ""}" data-step=${exercise?.step}>
    <fieldset>
      <legend class="visually-hidden">${index + 1}: ${name}</legend>
      <div class="compose-head">
        <span
          class="compose-grip"
          aria-hidden="true"
          @pointerdown=${(/** @type {PointerEvent} */ event) => actions.grab(event, index)}
        ></span>
        ${picture(part.was.exercise, content)}
        <span class="compose-name"
          >${exercise ? html`<a href="/exercises/${part.was.exercise}">${name}</a>` : name}<span
            class="meta figures"
            >${exercise && !wrong.length ? timer(secondsOf(exercise, doseOf(item, exercise.dose))) : nothing}</span
          ></span
        >
        ${buttons(name, index, actions)}
      </div>
      ${exercise ? dose(row, exercise, actions) : nothing}
      ${wrong.filter(({ field }) => field === "exercise").map(({ sentence }) => html`<p class="notice notice-bad">${sentence}</p>`)}
      ${warnings.map((warning) => caution(warning, row, actions))}
    </fieldset>
  </li>`;
}

/** @param {string} name @param {number} index @param {Actions} actions */
function buttons(name, index, { move, remove }) {
  const button = (
    /** @type {string} */ label,
    /** @type {string} */ kind,
    /** @type {() => void} */ act,
  ) =>
    html`<button
      type="button"
      class="compose-key compose-${kind}"
      aria-label=${label}
      @click=${act}
    >
      ${icon(kind === "remove" ? "x" : "arrow-left")}
    </button>`;
  return html`<span class="compose-keys"
    >${button(`Move ${name} up`, "up", () => move(index, index - 1))}${button(`Move ${name} down`, "down", () => move(index, index + 1))}${button(`Take ${name} out`, "remove", () => remove(index))}</span
  >`;
}

/**
 * @param {Row} row
 * @param {import("./dose.js").PlanExercise} exercise
 * @param {Actions} actions
 */
function dose({ part, index, wrong }, exercise, { type }) {
  const amount = amountOf(exercise.dose);
  const held = exercise.step === "foam-roll" ? "Roll, s" : "Hold, s";
  const field = (
    /** @type {string} */ label,
    /** @type {keyof Typed} */ key,
    /** @type {Problem["field"]} */ name,
  ) => {
    const id = `part-${index}-${key}`;
    const sentence = wrong.find((one) => one.field === name)?.sentence ?? "";
    return html`<div class="field">
      <label for=${id}>${label}</label>
      <input
        id=${id}
        inputmode="numeric"
        autocomplete="off"
        .value=${part[key]}
        aria-invalid=${sentence ? "true" : nothing}
        aria-describedby="${id}-error"
        @input=${(/** @type {InputEvent} */ event) =>
          type(index, { [key]: /** @type {HTMLInputElement} */ (event.target).value })}
      />
      <p class="error" id="${id}-error">${sentence}</p>
    </div>`;
  };
  return html`<div class="compose-dose">
    ${field("Sets", "sets", "sets")} ${field(amount === "reps" ? "Reps" : held, "amount", amount)}
    ${field("Rest, s", "rest", "rest_s")}
  </div>`;
}

/** @param {Warning} warning @param {Row} row @param {Actions} actions */
function caution({ text, swaps }, { index, content }, { swap }) {
  return html`<div class="notice notice-warn compose-warning">
    <p>${text}</p>
    ${
      swaps.length
        ? html`<div class="cluster">
            ${swaps.map(
              (slug) =>
                html`<button
                  type="button"
                  class="button button-quiet"
                  @click=${() => swap(index, slug)}
                >
                  Take ${content.exercises[slug].name} instead
                </button>`,
            )}
          </div>`
        : nothing
    }
  </div>`;
}

/** @param {number} seconds */
export function timer(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
