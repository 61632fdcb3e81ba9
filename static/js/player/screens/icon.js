import { html } from "lit";

/**
 * An icon of the sprite; the word beside it carries the meaning. Names: tools/icons.txt
 * @param {string} name
 */
export function icon(name) {
  const href = `/static/vendor/sprite.svg#${name}`;
  return html`<svg class="icon" aria-hidden="true" width="20" height="20">
    <use href=${href}></use>
  </svg>`;
}
