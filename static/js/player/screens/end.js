// The screens after the last set: how was it, and that it is saved.
import { html, nothing } from "lit";
import "../../components/session-form.js";
import { saveTrouble } from "../../lib/save-trouble.js";
import { sessionBody, tally } from "../session-log.js";
import { plural } from "../words.js";

/**
 * @param {import("../playback.js").Playback} playback
 * @param {{limits: any, painMax: number, failure: unknown,
 *   notes: string[]}} state
 * @param {{change: (event: CustomEvent) => void, save: (event: CustomEvent) => void,
 *   carryOn: () => void, discard: () => void}} actions
 */
export function end({ plan, phases, shown, answers }, state, actions) {
  const { sets } = sessionBody(shown, plan, phases, {});
  const count = tally(sets);
  const early = shown.phase < phases.length;
  const open = early || shown.tap;
  const { alarm } = answers;
  return html`
    <article class="page stack player-end">
      <h1 tabindex="-1">${early ? "That will do. How was it?" : "Done. How was it?"}</h1>
      <p class="lead">
        ${plan.routine.name}: ${count.sets} of ${plural(sets.length, "set")}. Answer what you like,
        skip the rest.
      </p>
      ${alarm ? stopSign() : nothing}
      ${state.notes.map((note) => html`<p class="notice">${note}</p>`)}
      <session-form
        .values=${answers}
        .limits=${state.limits}
        .painMax=${state.painMax}
        .failure=${state.failure ? saveTrouble(state.failure) : ""}
        .errors=${/** @type {any} */ (state.failure)?.errors ?? {}}
        @session-change=${actions.change}
        @session-save=${actions.save}
      ></session-form>
      <div class="actions">
        ${
          open && !alarm
            ? html`<button type="button" class="button button-quiet" @click=${actions.carryOn}>
                Carry on with the routine
              </button>`
            : nothing
        }
        <button type="button" class="button button-quiet" @click=${actions.discard}>
          Do not keep this
        </button>
      </div>
    </article>
  `;
}

/** Shown when a routine was ended by a sign that asks for more than an easier exercise. */
function stopSign() {
  return html`
    <section class="notice notice-bad stack">
      <h2>Stop here for today</h2>
      <p>
        What you felt is worth more than one more set. If your chest hurts, breathing is hard, or
        both legs are weak or numb: call your emergency number now.
      </p>
      <p><a href="/safety">Read what to do next</a>. What you did is kept, and this form waits.</p>
    </section>
  `;
}

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
