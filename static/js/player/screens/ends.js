// The screens after a routine, and those where there is none.
import { html, nothing } from "lit";
import { plural } from "../words.js";

/**
 * @param {{name: string, step: string, sets: number, exercises: number, seconds: number}} log
 * @param {{gapMinutes: number | null, wanted: {name: string} | null,
 *   startWanted: () => void}} after what may come now
 */
export function saved({ name, sets, exercises, seconds }, { gapMinutes, wanted, startWanted }) {
  return html`
    <article class="page stack player-saved">
      <h1 tabindex="-1">Saved on this phone</h1>
      <p class="lead">
        ${name}: ${plural(exercises, "exercise")}, ${plural(sets, "set")},
        ${plural(Math.max(1, Math.round(seconds / 60)), "minute")}. Your glutes have been informed.
      </p>
      ${
        gapMinutes
          ? html`<p>
              Riding now? Give it ${gapMinutes} minutes of easy spinning before the first hard
              effort.
            </p>`
          : nothing
      }
      <div class="actions">
        ${
          wanted
            ? html`<button type="button" class="button" @click=${startWanted}>
                On to ${wanted.name}
              </button>`
            : nothing
        }
        <a class="button ${wanted ? "button-quiet" : ""}" href="/log/">See it in your log</a>
      </div>
    </article>
  `;
}

/** Shown for a moment, while the phone reads its own copy of the plan. */
export function loading() {
  return html`<div class="page"><p>Getting the routine …</p></div>`;
}

/** @param {() => void} look */
export function elsewhere(look) {
  return html`
    <article class="page stack">
      <h1 tabindex="-1">This routine goes on elsewhere</h1>
      <p class="lead">It was taken up in another tab or window. Nothing you did is lost.</p>
      <p><button type="button" class="button" @click=${look}>See how it stands</button></p>
    </article>
  `;
}

/** @param {string} slug */
export function unknown(slug) {
  return html`
    <article class="page stack">
      <h1 tabindex="-1">There is no routine of that name</h1>
      <p class="lead">We looked for “${slug}” and found a gap in the floorboards.</p>
      <p><a class="button" href="/routines/">See all routines</a></p>
    </article>
  `;
}

/** @param {() => void} retry */
export function unreadable(retry) {
  return html`
    <article class="page stack">
      <h1 tabindex="-1">The plan is not on this phone yet</h1>
      <p class="lead">It needs a signal once. After that it is here for good.</p>
      <p><button type="button" class="button" @click=${retry}>Try again</button></p>
      <p><a href="/routines/">Back to all routines</a></p>
    </article>
  `;
}
