// The frame of a routine that is being put together: its name, the hip, and what it comes to.
import { html, nothing } from "lit";
import { plural } from "../player/words.js";
import { playedOf } from "./played.js";

/**
 * @param {string} name
 * @param {string} sentence what is wrong with it
 * @param {(name: string) => void} rename
 */
export function nameField(name, sentence, rename) {
  return html`<div class="field">
    <label for="routine-name">Name</label>
    <input
      id="routine-name"
      autocomplete="off"
      .value=${name}
      aria-invalid=${sentence ? "true" : nothing}
      aria-describedby="routine-name-error"
      @input=${(/** @type {InputEvent} */ event) =>
        rename(/** @type {HTMLInputElement} */ (event.target).value)}
    />
    <p class="error" id="routine-name-error">${sentence}</p>
  </div>`;
}

/**
 * The library leaves out what presses on a sore hip, and the routine is warned about it.
 * @param {boolean} sore
 * @param {(sore: boolean) => void} change
 */
export function hipChoice(sore, change) {
  return html`<label class="choice">
    <input
      type="checkbox"
      .checked=${sore}
      @change=${(/** @type {Event} */ event) =>
        change(/** @type {HTMLInputElement} */ (event.target).checked)}
    />
    Outside of my hip is sore
  </label>`;
}

/**
 * @param {import("./composing.js").Composing} composing
 * @param {{said: string, wrong: string}} words `wrong`: why it was not saved
 * @param {() => void} save
 */
export function bar({ body, problems, outside }, { said, wrong }, save) {
  const right = problems.every(({ item }) => item === null);
  const minutes = right ? (playedOf(body, outside.content, { slug: "" })?.minutes ?? 0) : "–";
  return html`<div class="compose-bar">
    <p class="compose-sum figures">
      <b>${minutes}</b> min, ${plural(body.items.length, "exercise")}
    </p>
    <p class="compose-said meta" role="status">${said}</p>
    ${wrong ? html`<p class="error" role="alert">${wrong}</p>` : nothing}
    <button type="button" class="button" @click=${save}>Save routine</button>
  </div>`;
}
