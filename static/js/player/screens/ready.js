// The screens before a routine: what it asks for, and what is left over from the last time.
import { html, nothing } from "lit";
import { placeOf } from "../place.js";
import { sessionBody, tally } from "../session-log.js";
import { buildTimeline } from "../timeline.js";
import { doseWords, plural, SIDES, setWords } from "../words.js";
import { icon } from "./icon.js";

/**
 * @typedef {import("../timeline.js").Routine} Routine
 * @typedef {import("../draft.js").Draft} Draft
 */

/**
 * @param {Routine} routine
 * @param {any} content
 * @param {{muted: boolean, notes: string[]}} state
 * @param {{start: () => void, mute: () => void}} actions
 */
export function ready(routine, content, { muted, notes }, actions) {
  const { items, minutes, rules = [] } = routine;
  return html`
    <article class="page stack player-ready">
      <h1 tabindex="-1">${routine.name}</h1>
      <p class="lead">
        ${plural(items.length, "exercise")}, ${plural(minutes, "minute")}. ${needs(items, content)}
      </p>
      <div class="cluster">
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
      </div>
      <p class="meta">
        Put the phone where you can see it from the floor. It counts for you, beeps at every change
        and keeps your place, even if it is switched off half-way.
      </p>
      ${notes.map((note) => html`<p class="notice">${note}</p>`)}
      <ol class="player-items">
        ${items.map((item) => listed(item, content.exercises[item.exercise]))}
      </ol>
      ${rules.length ? howTo(rules) : nothing}
      <p>${content.stop_rule.text} <a href="/safety">When to stop</a></p>
      <p><a href="/routines/${routine.slug}">Read the routine first</a></p>
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
 * @param {import("../timeline.js").Item} item
 * @param {import("../timeline.js").Exercise} exercise
 */
function listed({ dose, change }, { name, sides }) {
  return html`
    <li>
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

/**
 * Offer to go on with what was left half-way, in this routine or another.
 * @param {Draft} draft
 * @param {string} wanted slug of the routine that was asked for
 * @param {number} now
 * @param {{goOn: () => void, startAfresh: () => void}} actions
 */
export function offer(draft, wanted, now, actions) {
  const other = draft.routine !== wanted;
  const over = draft.run.endedAt !== null;
  return html`
    <article class="page stack">
      <h1 tabindex="-1">${over ? "You have not saved this yet" : "You stopped half-way"}</h1>
      <p class="lead">
        ${other ? `Before something new: ` : nothing}<strong>${draft.name}</strong>,
        ${when(draft.run.startedAt, now)}.
      </p>
      <p>
        ${over ? "It was finished, only the log is missing." : placeWords(draft)}
        ${doneWords(draft)}
      </p>
      <div class="actions">
        <button type="button" class="button button-big" @click=${actions.goOn}>
          Go on where you stopped
        </button>
        <button type="button" class="button button-quiet" @click=${actions.startAfresh}>
          Start afresh
        </button>
      </div>
    </article>
  `;
}

/**
 * Ask what becomes of a run that is not gone on with.
 * @param {Draft} draft
 * @param {{keep: () => void, discard: () => void}} actions
 */
export function leftovers(draft, actions) {
  return html`
    <article class="page stack">
      <h1 tabindex="-1">What about the sets you did?</h1>
      <p class="lead">${draft.name}: ${doneWords(draft)}</p>
      <div class="actions">
        <button type="button" class="button button-big" @click=${actions.keep}>
          Keep them in the log
        </button>
        <button type="button" class="button button-danger" @click=${actions.discard}>
          Throw them away
        </button>
      </div>
    </article>
  `;
}

/** @param {Draft} draft */
function placeWords({ plan, run }) {
  const { phase } = placeOf(run, buildTimeline(plan.routine, plan.exercises));
  const side = phase.side === "both" ? "" : `, ${SIDES[phase.side].toLowerCase()}`;
  return `You were at ${plan.exercises[phase.exercise].name}${side}, ${setWords(phase).toLowerCase()}.`;
}

/** @param {Draft} draft */
function doneWords(draft) {
  const count = setsDone(draft);
  return count === 0 ? "No set is done yet." : `${plural(count, "set")} done so far.`;
}

/** @param {Pick<Draft, "plan" | "run">} draft */
function setsDone({ plan, run }) {
  const phases = buildTimeline(plan.routine, plan.exercises);
  return tally(sessionBody(run, plan, phases, {}).sets).sets;
}

/**
 * @param {number} then
 * @param {number} now
 */
function when(then, now) {
  const time = new Date(then).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const day = new Date(then).toDateString();
  if (day === new Date(now).toDateString()) return `today at ${time}`;
  const date = new Date(then).toLocaleDateString("en-GB", {
    weekday: "long",
    day: "numeric",
    month: "long",
  });
  return `${date} at ${time}`;
}
