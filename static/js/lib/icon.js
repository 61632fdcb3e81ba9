import { html } from "lit";

/**
 * An icon of the sprite (tools/icons.txt); the word beside it carries the meaning.
 * @param {string} name
 */
export function icon(name) {
  return html`<svg class="icon" aria-hidden="true" width="20" height="20">
    <use href="/static/vendor/sprite.svg#${name}"></use>
  </svg>`;
}
