// What is left over from the last time: going on with it, or not.
import { html, nothing } from "lit";
import { placeOf } from "../place.js";
import { sessionBody, tally } from "../session-log.js";
import { buildTimeline } from "../timeline.js";
import { plural, SIDES, setWords } from "../words.js";

/** @typedef {import("../draft.js").Draft} Draft */

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
