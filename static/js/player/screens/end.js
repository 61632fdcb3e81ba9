// The screen after the last set: how was it?
import { html, nothing } from "lit";
import { sessionBody, tally } from "../session-log.js";
import { plural } from "../words.js";

/**
 * @param {import("../playback.js").Playback} playback
 * @param {{limits: any, painMax: number, failure: string,
 *   errors: Record<string, string>, notes: string[]}} state
 * @param {{change: (event: CustomEvent) => void, save: (event: CustomEvent) => void,
 *   carryOn: () => void, discard: () => void}} actions
 */
export function end({ plan, phases, shown, answers }, state, actions) {
  const { sets } = sessionBody(shown, plan, phases, {});
  const count = tally(sets);
  const early = shown.phase < phases.length;
  return html`
    <article class="page stack player-end">
      <h1 tabindex="-1">${early ? "That will do. How was it?" : "Done. How was it?"}</h1>
      <p class="lead">
        ${plan.routine.name}: ${count.sets} of ${plural(sets.length, "set")}. Answer what you like,
        skip the rest.
      </p>
      ${state.notes.map((note) => html`<p class="notice">${note}</p>`)}
      <session-form
        .values=${answers}
        .limits=${state.limits}
        .painMax=${state.painMax}
        .failure=${state.failure}
        .errors=${state.errors}
        @session-change=${actions.change}
        @session-save=${actions.save}
      ></session-form>
      <div class="actions">
        ${
          early
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
