// The screen before a routine: what it asks for.
import { html, nothing } from "lit";
import { doseWords, plural } from "../words.js";
import { small } from "./figure.js";
import { icon } from "../../lib/icon.js";
import { sidesAsked } from "./sides.js";
import { settings } from "./sound-button.js";

/** @typedef {import("../timeline.js").Routine} Routine */

/**
 * @param {Routine} routine
 * @param {any} content
 * @param {{muted: boolean, notes: string[], sides: import("../sides.js").Sides}} state
 * @param {{start: () => void, mute: () => void, sound: () => void,
 *   choose: (change: Partial<import("../sides.js").Choice>) => void}} actions
 */
export function ready(routine, content, { muted, notes, sides }, actions) {
  const { items, minutes, rules = [] } = routine;
  return html`
    <article class="page stack player-ready">
      <h1 tabindex="-1">${routine.name}</h1>
      <p class="lead">
        ${plural(items.length, "exercise")}, ${plural(minutes, "minute")}. ${needs(items, content)}
      </p>
      <div class="cluster player-start">
        <button type="button" class="button button-big" @click=${actions.start}>
          ${icon("play")}Start
        </button>
        <button
          type="button"
          class="button button-quiet"
          aria-pressed=${!muted}
          @click=${actions.mute}
        >
          ${icon(muted ? "volume-x" : "volume-2")}Sound
        </button>
        ${settings(actions.sound)}
      </div>
      <p class="meta">
        Put the phone where you can see it from the floor. It counts and talks you through, and
        keeps your place, even if it is switched off half-way.
      </p>
      ${notes.map((note) => html`<p class="notice">${note}</p>`)}
      ${sidesAsked(routine, content.exercises, sides, actions.choose)}
      <ol class="player-items">
        ${items.map((item) => listed(item, content.exercises))}
      </ol>
      ${rules.length ? howTo(rules) : nothing}
      <p>${content.stop_rule.text} <a href="/safety">When to stop</a></p>
      <p>
        ${
          routine.own
            ? html`<a href="/routines/mine">My routines</a>`
            : html`<a href="/routines/${routine.slug}">Read the routine first</a>`
        }
      </p>
    </article>
  `;
}

/** @param {string[]} rules */
function howTo(rules) {
  return html`
    <section class="stack">
      <h2>How to do it</h2>
      <ul>
        ${rules.map((rule) => html`<li>${rule}</li>`)}
      </ul>
    </section>
  `;
}

/**
 * The pictures wait until the phone holds them: on a first visit they would be a fifth of its weight.
 * @param {import("../timeline.js").Item} item
 * @param {Record<string, import("../timeline.js").Exercise & import("./figure.js").Pictured>} exercises
 */
function listed({ exercise, dose, change }, exercises) {
  const { name, sides } = exercises[exercise];
  return html`
    <li>
      ${navigator.serviceWorker?.controller ? small(exercise, exercises) : nothing}
      <span>${name}</span>
      <span class="meta figures">${doseWords(dose, sides)}</span>
      ${change ? html`<p class="meta">${change}</p>` : nothing}
    </li>
  `;
}

/**
 * @param {Routine["items"]} items
 * @param {any} content
 */
function needs(items, content) {
  const keys = new Set(items.flatMap((item) => content.exercises[item.exercise].equipment));
  if (keys.size === 0) return "You need nothing but a bit of floor.";
  return `You need: ${[...keys].map((key) => content.equipment[key]).join(", ")}.`;
}
