// <routine-player>: plays the routine that the address names, and writes its log.
import { html, LitElement } from "lit";
import { loadContent } from "../data/content.js";
import { openLogbook } from "../data/logbook.js";
import { uuid4 } from "../data/uuid7.js";
import { hereZone } from "../lib/days.js";
import { Attendant } from "../player/attendant.js";
import { draftOf, isDraft, planOf } from "../player/draft.js";
import { commandOf } from "../player/keys.js";
import * as machine from "../player/machine.js";
import { Playback } from "../player/playback.js";
import { end } from "../player/screens/end.js";
import { loading, saved, unknown, unreadable } from "../player/screens/ends.js";
import { leftovers, offer, ready } from "../player/screens/ready.js";
import { stage } from "../player/screens/stage.js";
import { sessionBody, tally } from "../player/session-log.js";
import { WakeLock } from "../player/wake-lock.js";
import { announcement } from "../player/words.js";
import "./session-form.js";

/**
 * @typedef {import("../player/draft.js").Draft} Draft
 * @typedef {import("../player/machine.js").Run} Run
 * @typedef {"loading" | "unreadable" | "unknown" | "offer" | "leftovers" | "ready" | "play" | "end" |
 *   "saved"} Screen
 */

/** How often the clock is looked at. Looking less often costs smoothness, nothing else. */
const LOOK_EVERY_MS = 250;
const KEEP_SCREEN_ON =
  "This browser cannot keep the screen on: set your phone to stay awake for a while.";
const NO_PLACE =
  "This phone will not keep your place just now. Leave this page open until you have saved.";
const NOT_SAVED =
  "That did not save. Everything is still on this screen: free some space, then try again.";

export class RoutinePlayer extends LitElement {
  static properties = { screen: { state: true }, said: { state: true }, failure: { state: true } };

  #attendant = new Attendant();
  /** @type {AbortController | null} */
  #listening = null;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #looking;
  /** @type {any} */
  #content;
  /** @type {import("../data/logbook.js").Logbook | null} */
  #logbook = null;
  /** Found on the phone, and not gone on with. @type {Draft | null} */
  #draft = null;
  /** @type {Playback | null} */
  #playback = null;
  /** @type {Parameters<typeof saved>[0] | null} */
  #log = null;
  /** The rider wants to start again once what is left over is dealt with. */
  #afresh = false;
  #saving = false;
  /** @type {Record<string, string>} */
  #errors = {};

  constructor() {
    super();
    /** @type {Screen} */
    this.screen = "loading";
    this.said = "";
    this.failure = "";
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    document.addEventListener("keydown", (event) => this.#pressed(event), { signal });
    document.addEventListener("visibilitychange", () => this.#seen(), { signal });
    addEventListener("pagehide", () => this.#playback?.commit(), { signal });
    this.#open();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#listening?.abort();
    clearInterval(this.#looking);
    this.#attendant.end();
  }

  get #slug() {
    return decodeURIComponent(location.pathname.split("/").filter(Boolean).at(-1) ?? "");
  }

  get #routine() {
    return this.#content?.routines[this.#slug];
  }

  render() {
    return html`${this.#body()}<p class="visually-hidden" role="status">${this.said}</p>`;
  }

  #body() {
    const draft = this.#leftOver;
    if (this.screen === "play" && this.#playback) return this.#stage(this.#playback);
    if (this.screen === "end" && this.#playback) return this.#end(this.#playback);
    if (this.screen === "offer" && draft) {
      const actions = { goOn: () => this.#goOn(), startAfresh: () => this.#startAfresh() };
      return offer(draft, this.#slug, Date.now(), actions);
    }
    if (this.screen === "leftovers" && draft) {
      const actions = { keep: () => this.#keep(), discard: () => this.#discard() };
      return leftovers(draft, actions);
    }
    if (this.screen === "ready") return this.#ready();
    if (this.screen === "saved" && this.#log) return this.#saved(this.#log);
    if (this.screen === "unknown") return unknown(this.#slug);
    if (this.screen === "unreadable") return unreadable(() => this.#open());
    return loading();
  }

  #ready() {
    const actions = { start: () => this.#start(), mute: () => this.#mute() };
    return ready(this.#routine, this.#content, this.#state, actions);
  }

  /** @param {Playback} playback */
  #stage(playback) {
    return stage(playback, this.#state, {
      toggle: () => this.#toggle(),
      back: () => this.#act(machine.back),
      skip: () => this.#act(machine.skip),
      leaveOut: () => this.#act(machine.skipExercise),
      finish: () => this.#act(machine.finish),
      mute: () => this.#mute(),
      stop: (event) => this.#stop(event),
    });
  }

  /** @param {Playback} playback */
  #end(playback) {
    const { stop_rule: stop, limits } = this.#content ?? {};
    const gentle = playback.plan.routine.lateral_hip;
    const state = {
      ...this.#state,
      limits: limits?.session ?? {},
      painMax: (gentle ? stop?.pain_max_lateral_hip : stop?.pain_max) ?? 5,
      saving: this.#saving,
      failure: this.failure,
      errors: this.#errors,
    };
    return end(playback, state, {
      change: (event) => playback.answer(event.detail),
      save: (event) => this.#save(playback, event.detail),
      carryOn: () => this.#act(machine.reopen),
      discard: () => this.#show("leftovers"),
    });
  }

  /** @param {Parameters<typeof saved>[0]} log */
  #saved(log) {
    return saved(log, {
      gapMinutes: log.step === "activate" ? this.#content?.activation.gap_minutes : null,
      wanted: this.#afresh ? this.#routine : null,
      startWanted: () => this.#home(),
    });
  }

  get #state() {
    const notes = [
      this.#playback?.problem || !this.#logbook ? NO_PLACE : "",
      this.screen === "ready" && !WakeLock.supported ? KEEP_SCREEN_ON : "",
    ];
    return { muted: this.#attendant.muted, notes: notes.filter(Boolean) };
  }

  /** What is left over: a draft found on the phone, or the run whose form is open. */
  get #leftOver() {
    const playback = this.#playback;
    if (!playback) return this.#draft;
    return draftOf(playback.plan, playback.shown, playback.answers, Date.now());
  }

  async #open() {
    this.#show("loading");
    const [content, draft] = await Promise.all([
      loadContent().catch(() => null),
      this.#findDraft(),
    ]);
    this.#content = content;
    this.#draft = draft;
    if (draft) this.#show("offer");
    else this.#home();
  }

  async #findDraft() {
    try {
      this.#logbook = await openLogbook();
      const draft = await this.#logbook.draft.get();
      return isDraft(draft) ? draft : null;
    } catch {
      return null;
    }
  }

  #home() {
    if (!this.#content) this.#show("unreadable");
    else this.#show(this.#routine ? "ready" : "unknown");
  }

  /**
   * Change the screen, and take the focus along: to its heading, or to the main button in play.
   * @param {Screen} screen
   */
  async #show(screen) {
    const first = this.screen === "loading";
    this.screen = screen;
    this.requestUpdate();
    await this.updateComplete;
    if (first || screen === "loading") return;
    /** @type {HTMLElement | null} */
    const target = this.querySelector(screen === "play" ? ".stage-main" : "h1");
    target?.focus({ preventScroll: screen === "play" });
    if (screen !== "play") scrollTo({ top: 0 });
  }

  async #start() {
    this.#attendant.arm();
    const now = Date.now();
    const newId = () => uuid4((bytes) => crypto.getRandomValues(bytes));
    const plan = planOf(this.#content, this.#routine, { now, tz: hereZone(), newId });
    await this.#take({ plan, run: machine.start(now), answers: {} });
  }

  #goOn() {
    const draft = /** @type {Draft} */ (this.#draft);
    this.#attendant.arm();
    history.replaceState(null, "", `/play/${draft.routine}`);
    this.#take({ ...draft, run: machine.restore(draft.run) });
  }

  #startAfresh() {
    const draft = /** @type {Draft} */ (this.#draft);
    this.#afresh = true;
    if (Object.keys(draft.run.results).length > 0) this.#show("leftovers");
    else this.#discard();
  }

  #keep() {
    if (this.#playback) this.#show("end");
    else if (this.#draft) {
      const run = machine.restore(this.#draft.run);
      this.#take({ ...this.#draft, run: { ...run, endedAt: run.endedAt ?? this.#draft.savedAt } });
    }
  }

  async #discard() {
    const clear = async () => this.#logbook?.draft.clear();
    await (this.#playback ? this.#playback.close(clear) : clear());
    this.#release();
    this.#home();
  }

  /**
   * Go on with a run: kept first, then shown.
   * @param {Pick<Draft, "plan" | "run" | "answers">} draft
   */
  async #take(draft) {
    const playback = new Playback(draft, {
      keep: async (kept) => {
        this.#logbook ??= await openLogbook();
        await this.#logbook.draft.put(kept);
      },
      now: () => Date.now(),
      changed: (before, after) => this.#changed(before, after),
    });
    this.#playback = playback;
    this.#attendant.begin(draft.run.anchor !== null);
    await playback.commit();
    this.#looking = setInterval(() => playback.tick(), LOOK_EVERY_MS);
    this.#say(playback.shown);
    this.#show(playback.shown.endedAt === null ? "play" : "end");
  }

  #release() {
    clearInterval(this.#looking);
    this.#playback = null;
    this.#draft = null;
    this.#errors = {};
    this.failure = "";
    this.#attendant.end();
  }

  /**
   * @param {Run} before
   * @param {Run} after
   */
  #changed(before, after) {
    const { phases } = /** @type {Playback} */ (this.#playback);
    this.#attendant.follow(before, after, phases);
    if (before.phase !== after.phase || before.endedAt !== after.endedAt) this.#say(after);
    else if (before.anchor === null && after.anchor !== null) this.said = "Going on";
    else if (before.anchor !== null && after.anchor === null) this.said = "Paused";
    if (this.screen === "play" && after.endedAt !== null) this.#show("end");
    if (this.screen === "end" && after.endedAt === null) this.#show("play");
    this.requestUpdate();
  }

  /** @param {Run} run */
  #say(run) {
    const { phases, plan } = /** @type {Playback} */ (this.#playback);
    this.said = run.endedAt === null ? announcement(phases[run.phase], plan.exercises) : "";
  }

  /** @param {Parameters<Playback["act"]>[0]} change */
  #act(change) {
    return this.#playback?.act(change);
  }

  #toggle() {
    this.#attendant.arm();
    this.#act((run, phases, now) =>
      run.anchor === null ? machine.resume(run, phases, now) : machine.pause(run, phases, now),
    );
  }

  #mute() {
    this.#attendant.toggleSound();
    this.requestUpdate();
  }

  /** Leave for the stop rules with the place kept. @param {MouseEvent} event */
  async #stop(event) {
    const { href } = /** @type {HTMLAnchorElement} */ (event.currentTarget);
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
    if (!elsewhere) event.preventDefault();
    await this.#act(machine.pause);
    if (!elsewhere) location.assign(href);
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const command = this.screen === "play" ? commandOf(event) : null;
    if (!command) return;
    event.preventDefault();
    if (command === "toggle") this.#toggle();
    else this.#act(command === "back" ? machine.back : machine.skip);
  }

  #seen() {
    if (document.visibilityState !== "visible") this.#playback?.commit();
    else {
      this.#playback?.tick();
      this.#attendant.renew();
    }
  }

  /**
   * @param {Playback} playback
   * @param {object} answers
   */
  async #save(playback, answers) {
    if (this.#saving) return;
    this.#saving = true;
    this.failure = "";
    try {
      const body = sessionBody(playback.shown, playback.plan, playback.phases, answers);
      this.#logbook ??= await openLogbook();
      const logbook = this.#logbook;
      await playback.close(() => logbook.finishDraft("session", body));
      const { name, step } = playback.plan.routine;
      this.#log = { name, step, ...tally(body.sets), seconds: body.duration_s };
      this.#release();
      this.#show("saved");
    } catch (error) {
      this.#errors = /** @type {any} */ (error)?.errors ?? {};
      this.failure = NOT_SAVED;
    } finally {
      this.#saving = false;
      this.requestUpdate();
    }
  }
}

customElements.define("routine-player", RoutinePlayer);
