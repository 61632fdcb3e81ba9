// The pictures of exercises: small ones in rows, and the large one on the stage.
import { html, nothing } from "lit";

/**
 * @typedef {{figure?: {start: string, end: string} | null}} Pictured not every exercise has a figure
 * @typedef {Record<string, Pictured>} Exercises by slug
 */

/**
 * Show one pose beside the name of the exercise.
 * @param {string} slug
 * @param {Exercises} exercises
 */
export function small(slug, exercises) {
  if (!exercises[slug]?.figure) return nothing;
  return html`<img
    class="small-figure"
    src="/static/small-figures.svg#${slug}"
    width="72"
    height="54"
    alt=""
    loading="lazy"
  />`;
}

/**
 * Show the exercise large: start and end at once, moving as soon as the mannequin is there.
 * @param {string} slug
 * @param {Exercises} exercises
 * @param {HTMLElement | undefined} moving
 */
export function large(slug, exercises, moving) {
  const { figure } = exercises[slug] ?? {};
  if (!figure) return nothing;
  return html`<div class="stage-figure" role="img" aria-label="${figure.start} ${figure.end}">
    <div inert>${moving ?? html`<img src="/static/figures/${slug}.svg" alt="" />`}</div>
  </div>`;
}
