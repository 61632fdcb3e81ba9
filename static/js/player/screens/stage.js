// The screen while a routine runs.
import { html, nothing, svg } from "lit";
import { cueAt, placeOf } from "../place.js";
import { totalSeconds } from "../timeline.js";
import { nextWords, setWords, sideWords, TAP_WHEN_DONE, tellsOfTap, timeLeft } from "../words.js";
import { dial } from "./dial.js";
import { large, small } from "./figure.js";
import { icon } from "../../lib/icon.js";
import { settings } from "./sound-button.js";

/**
 * @typedef {import("../playback.js").Playback} Playback
 * @typedef {ReturnType<typeof placeOf>} Place
 * @typedef {object} Actions
 * @property {() => void} toggle pause or resume
 * @property {() => void} back
 * @property {() => void} skip
 * @property {(event: Event) => void} tapped anywhere
 * @property {() => void} undo take the tap back
 * @property {() => void} restLonger
 * @property {() => void} leaveOut
 * @property {() => void} finish
 * @property {() => void} mute
 * @property {() => void} sound open what is heard and felt
 * @property {() => void} hurts
 */

/**
 * @param {Playback} playback
 * @param {{muted: boolean, notes: string[], exercises: import("./figure.js").Exercises,
 *   moving: HTMLElement | undefined}} state with the exercises as they are pictured
 * @param {Actions} actions
 */
export function stage(playback, { muted, notes, exercises, moving }, actions) {
  const { plan, phases, shown } = playback;
  const place = placeOf(shown, phases);
  const exercise = plan.exercises[place.phase.exercise];
  const paused = shown.anchor === null;
  return html`
    <section
      class="stage"
      data-type=${place.phase.type}
      data-step=${exercise.step}
      ?data-paused=${paused}
      @click=${actions.tapped}
    >
      ${top(place, playback, muted, actions)} ${dial(place, exercise.step)}
      ${large(place.phase.exercise, exercises, moving)}
      <div class="stage-words">
        <h1 tabindex="-1">${exercise.name}</h1>
        <p class="stage-unit">
          <strong class="stage-side" data-side=${place.phase.side}
            >${sideWords(place.phase)}</strong
          >
          <span>${setWords(place.phase)}</span>
        </p>
        ${guidance(place, playback, actions)}
        ${tellsOfTap(phases, shown.phase) ? html`<p class="stage-dose">${TAP_WHEN_DONE}</p>` : nothing}
        ${notes.map((note) => html`<p class="stage-note">${note}</p>`)}
      </div>
      <div class="stage-bar">
        ${shown.tap ? slip(place, actions) : next(place, plan.exercises, exercises, actions)}
        ${buttons(paused, actions)}
      </div>
    </section>
  `;
}

/**
 * @param {Place} place
 * @param {Playback} playback
 * @param {boolean} muted
 * @param {Actions} actions
 */
function top({ phase, routineMs }, { plan, phases }, muted, actions) {
  const count = plan.routine.items.length;
  const left = totalSeconds(phases) * 1000 - routineMs;
  return html`
    <div class="stage-top">
      ${progress(plan.routine.items, routineMs)}
      <p class="figures">Exercise ${phase.item + 1} of ${count}, ${timeLeft(left)}</p>
      <button
        type="button"
        class="button button-quiet stage-sound"
        aria-pressed=${!muted}
        aria-keyshortcuts="M"
        @click=${actions.mute}
      >
        ${icon(muted ? "volume-x" : "volume-2")}<span class="visually-hidden">Sound</span>
      </button>
      ${settings(actions.sound)}
    </div>
  `;
}

/**
 * Draw the routine as a road: one stretch for each exercise, as long as it takes.
 * @param {{duration_s: number}[]} items
 * @param {number} playedMs
 */
function progress(items, playedMs) {
  const whole = items.reduce((sum, item) => sum + item.duration_s, 0);
  const gap = whole / 120;
  let start = 0;
  const stretches = items.map(({ duration_s: seconds }) => {
    const done = Math.min(seconds, Math.max(0, playedMs / 1000 - start));
    const drawn = svg`
      <rect class="road" x=${start} y="0" height="8" width=${Math.max(0, seconds - gap)} />
      <rect class="road-done" x=${start} y="0" height="8" width=${Math.max(0, Math.min(done, seconds - gap))} />`;
    start += seconds;
    return drawn;
  });
  return html`<svg
    class="stage-progress"
    viewBox="0 0 ${whole - gap} 8"
    preserveAspectRatio="none"
    aria-hidden="true"
  >
    ${stretches}
  </svg>`;
}

/**
 * Say how to get into position during set-up, one cue at a time after that.
 * @param {Place} place
 * @param {Playback} playback
 * @param {Actions} actions
 */
function guidance({ phase, elapsedMs }, { plan }, actions) {
  const { setup, cues } = plan.exercises[phase.exercise];
  const { change, dose } = plan.routine.items[phase.item];
  const gentler = change
    ? html`<p class="stage-change"><strong>Gentler:</strong> ${change}</p>`
    : nothing;
  if (phase.type !== "setup") {
    return html`<p class="stage-cue">${cueAt(cues, phase, elapsedMs)}</p>
      ${gentler}`;
  }
  return html`
    <p class="stage-cue">${setup}</p>
    ${gentler} ${dose.note ? html`<p class="stage-dose">${dose.note}</p>` : nothing}
    <button type="button" class="stage-leave" @click=${actions.leaveOut}>Leave this one out</button>
  `;
}

/**
 * @param {Place} place
 * @param {import("../playback.js").Playback["plan"]["exercises"]} exercises
 * @param {import("./figure.js").Exercises} pictured
 * @param {Actions} actions
 */
function next({ phase, next: coming }, exercises, pictured, actions) {
  if (phase.type === "setup") return nothing;
  const other = coming && coming.item !== phase.item;
  return html`<div class="stage-next">
    ${other ? small(coming.exercise, pictured) : nothing}
    <p><b>Next</b> ${nextWords(coming, exercises, phase)}</p>
    ${longer(phase, actions)}
  </div>`;
}

/** @param {Place["phase"]} phase @param {Actions} actions */
function longer({ type }, { restLonger }) {
  if (type !== "rest") return nothing;
  return html`<button
    type="button"
    class="button button-quiet"
    aria-keyshortcuts="+"
    @click=${restLonger}
  >
    +15 s<span class="visually-hidden"> of rest</span>
  </button>`;
}

/**
 * For a moment after a tap, in the place of what comes next: a sleeve may have made it.
 * @param {Place} place
 * @param {Actions} actions
 */
function slip({ phase }, actions) {
  return html`<div class="stage-next">
    <p><b>Set done.</b> A slip?</p>
    <button type="button" class="button button-quiet" @click=${actions.undo}>Undo</button>
    ${longer(phase, actions)}
  </div>`;
}

/**
 * @param {boolean} paused
 * @param {Actions} actions
 */
function buttons(paused, actions) {
  return html`
    <div class="stage-buttons">
      <button type="button" class="button button-quiet" @click=${actions.back}>
        ${icon("skip-back")}Back
      </button>
      <button type="button" class="button stage-main" @click=${actions.toggle}>
        ${paused ? icon("play") : icon("pause")}${paused ? "Resume" : "Pause"}
      </button>
      <button type="button" class="button button-quiet" @click=${actions.skip}>
        ${icon("skip-forward")}Skip
      </button>
    </div>
    <div class="stage-foot">
      <button type="button" class="stage-stop" @click=${actions.hurts}>
        ${icon("octagon-x")}This hurts
      </button>
      <button type="button" class="button button-quiet" @click=${actions.finish}>Finish</button>
    </div>
  `;
}
