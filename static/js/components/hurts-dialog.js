// <hurts-dialog>: something hurts. Asks how much and where, then says what the plan says.
import { html, LitElement, nothing } from "lit";
import { ease, insteadOf, limitOf, noted, PLACES, swap, verdictOf } from "../player/hurts.js";
import * as machine from "../player/machine.js";

/**
 * @typedef {import("../player/visit.js").Visit} Visit
 * @typedef {import("../player/playback.js").Playback} Playback
 * @typedef {import("../player/hurts.js").Answer} Answer
 * @typedef {Exclude<import("../player/hurts.js").Verdict, "end">} Verdict
 */

const SIDES = { L: "Left", R: "Right", both: "Both", "": "Neither" };
const TITLES = { stop: "Stop this one", ease: "Take it easier", "go-on": "You may go on" };

export class HurtsDialog extends LitElement {
  static properties = {
    verdict: { state: true },
    missing: { state: true },
  };

  /** @type {Visit | null} */
  visit = null;
  /** @type {Answer} */
  #answer = { pain: null, place: "", side: "", signs: [] };

  constructor() {
    super();
    /** @type {Verdict | null} */
    this.verdict = null;
    this.missing = false;
  }

  createRenderRoot() {
    return this;
  }

  firstUpdated() {
    this.#dialog.showModal();
  }

  render() {
    const { playback } = this;
    return html`
      <dialog class="card hurts" aria-labelledby="hurts-title" @close=${() => this.remove()}>
        ${playback ? (this.verdict ? this.#advice(this.verdict) : this.#questions()) : nothing}
      </dialog>
    `;
  }

  get playback() {
    return this.visit?.playback ?? null;
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.querySelector("dialog"));
  }

  get #phase() {
    const { phases, shown } = /** @type {Playback} */ (this.playback);
    return phases[shown.phase];
  }

  get #now() {
    return /** @type {Visit} */ (this.visit).outside.now();
  }

  get #exercises() {
    return this.visit?.content?.exercises ?? {};
  }

  get #limit() {
    const gentle = Boolean(this.playback?.plan.routine.lateral_hip);
    const rule = this.visit?.content?.stop_rule ?? { pain_max: 5, pain_max_lateral_hip: 3 };
    return limitOf(this.#answer, rule, gentle);
  }

  #questions() {
    const { side } = this.#phase;
    const worked = side === "L" || side === "R" ? side : "";
    const numbers = Object.fromEntries(Array.from({ length: 11 }, (_, n) => [n, String(n)]));
    const signs = this.visit?.content?.stop_rule.signs ?? [];
    return html`
      <form class="stack" novalidate @submit=${this.#told}>
        <h2 id="hurts-title" tabindex="-1" autofocus>The clock has stopped. What hurts?</h2>
        ${choices("pain", "How much? 0 is nothing, 10 is the worst.", numbers)}
        ${choices("place", "Where?", PLACES)} ${choices("side", "Which side?", SIDES, worked)}
        <fieldset class="hurts-signs">
          <legend>Any of these? Tick what fits.</legend>
          ${signs.map(
            (/** @type {string} */ sign) =>
              html`<label
                ><input type="checkbox" name="sign" value=${sign} /><span>${sign}</span></label
              >`,
          )}
        </fieldset>
        ${
          this.missing
            ? html`<p class="error" role="alert">Say how much and where, or tick a sign.</p>`
            : nothing
        }
        <div class="actions">
          <button class="button">What now?</button>
          <button type="button" class="button button-quiet" @click=${() => this.#dialog.close()}>
            Back to the routine
          </button>
        </div>
      </form>
    `;
  }

  /** @param {SubmitEvent} event */
  async #told(event) {
    event.preventDefault();
    const { playback } = this;
    if (!playback) return this.#dialog.close(); // It goes on in another tab.
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    const pain = form.get("pain");
    this.#answer = {
      pain: pain === null ? null : Number(pain),
      place: String(form.get("place") ?? ""),
      side: /** @type {Answer["side"]} */ (form.get("side") ?? ""),
      signs: form.getAll("sign").map(String),
    };
    const { place, signs } = this.#answer;
    this.missing = signs.length === 0 && (pain === null || place === "");
    if (this.missing) return;
    const { exercise } = this.#phase;
    const verdict = verdictOf(this.#answer, this.#exercises[exercise], this.#limit);
    const { name } = playback.plan.exercises[exercise];
    const { pain: rating, side } = this.#answer;
    playback.answer(noted(playback.answers, this.#answer, name, verdict === "end"));
    if (rating !== null) playback.act((run, phases) => machine.hurt(run, phases, rating, side));
    if (verdict === "end") return this.#do((visit) => visit.act(machine.finish));
    this.verdict = verdict;
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.querySelector("h2"))?.focus();
  }

  /** @param {Verdict} verdict */
  #advice(verdict) {
    const { plan } = /** @type {Playback} */ (this.playback);
    const { exercise: slug } = this.#phase;
    const { easier, swaps } = insteadOf(this.#answer.place, slug, plan.routine, this.#exercises);
    const easing = verdict === "stop" ? null : easier;
    const goOn = { word: "Go on as it is", act: () => {} };
    const ways = [
      ...(verdict === "go-on" ? [goOn] : []),
      ...(easing ? [{ word: "Do it the easier way", act: () => this.#ease(easing) }] : []),
      ...swaps.map((other) => ({
        word: `Do this instead: ${this.#exercises[other].name}`,
        act: () => this.#swap(other),
      })),
      { word: "Leave this one out", act: () => this.visit?.act(machine.skipExercise) },
      ...(verdict === "ease" ? [goOn] : []),
      ...(verdict === "stop"
        ? [{ word: "Finish for today", act: () => this.visit?.act(machine.finish) }]
        : []),
    ];
    return html`
      <div class="stack">
        <h2 id="hurts-title" tabindex="-1">${TITLES[verdict]}</h2>
        <p>${this.#reason(verdict)}</p>
        ${easing ? html`<p class="hurts-easier"><strong>Easier:</strong> ${easing}</p>` : nothing}
        <div class="hurts-ways">
          ${ways.map(
            ({ word, act }, index) =>
              html`<button
                type="button"
                class="button ${index ? "button-quiet" : ""}"
                @click=${() => this.#do(act)}
              >
                ${word}
              </button>`,
          )}
        </div>
        <p class="meta">
          It is noted for your log. The clock waits for Resume. <a href="/safety">When to stop</a>
        </p>
      </div>
    `;
  }

  /** @param {Verdict} verdict */
  #reason(verdict) {
    const { pain, place } = this.#answer;
    const limit = this.#limit;
    if (verdict === "ease")
      return `${pain} out of 10 is one to watch. Make it easier, and stop if it climbs above ${limit}.`;
    if (verdict === "go-on")
      return `${pain} out of 10 is fine, as long as it stays there. Tap again if it does not.`;
    if ((pain ?? 0) > limit)
      return `${pain} out of 10 is above ${limit}, and there the plan stops an exercise${place === "outer-hip" ? " for a sore outer hip" : ""}.`;
    return this.#exercises[this.#phase.exercise]?.lateral_hip.why ?? "";
  }

  /** @param {string} way */
  #ease(way) {
    return this.playback?.revise((kept) => ease(kept, way, this.#now));
  }

  /** @param {string} slug */
  #swap(slug) {
    const { newId } = /** @type {Visit} */ (this.visit).outside;
    const outside = { now: this.#now, newId };
    return this.playback?.revise((kept) => swap(kept, slug, this.#exercises[slug], outside));
  }

  /** @param {(visit: Visit) => unknown} act */
  async #do(act) {
    this.#dialog.close();
    await act(/** @type {Visit} */ (this.visit));
    /** @type {HTMLElement | null} */ (document.querySelector(".stage-main"))?.focus();
  }
}

/**
 * @param {string} name
 * @param {string} legend
 * @param {Record<string, string>} words
 * @param {string} [chosen]
 */
function choices(name, legend, words, chosen) {
  return html`
    <fieldset class="hurts-choices" data-name=${name}>
      <legend>${legend}</legend>
      ${Object.entries(words).map(
        ([value, word]) =>
          html`<label
            ><input type="radio" name=${name} value=${value} ?checked=${value === chosen} /><span
              >${word}</span
            ></label
          >`,
      )}
    </fieldset>
  `;
}

customElements.define("hurts-dialog", HurtsDialog);

/**
 * Ask, over the routine, which stands still.
 * @param {Visit} visit
 */
export function askWhatHurts(visit) {
  // The last set may have ended with the tap; then the form asks.
  if (visit.playback?.shown.endedAt !== null || document.querySelector("hurts-dialog")) return;
  const asking = /** @type {HurtsDialog} */ (document.createElement("hurts-dialog"));
  asking.visit = visit;
  document.body.append(asking);
}
