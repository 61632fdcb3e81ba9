// <routine-player>: plays the routine that the address names, and writes its log.
import { html, LitElement } from "lit";
import { loadContent } from "../data/content.js";
import { openLogbook } from "../data/logbook.js";
import { uuid7Maker } from "../data/uuid7.js";
import { hereZone } from "../lib/zone.js";
import { Attendant } from "../player/attendant.js";
import { commandOf, onStage } from "../player/keys.js";
import * as machine from "../player/machine.js";
import { notesOf } from "../player/notes.js";
import { elsewhere, loading, OWN, unfetched, unknown, unreadable } from "../player/screens/ends.js";
import { ready } from "../player/screens/ready.js";
import { stage } from "../player/screens/stage.js";
import { choicesIn, Sides } from "../player/sides.js";
import { phoneStorage } from "../player/sound-settings.js";
import { Visit } from "../player/visit.js";
import { WakeLock } from "../player/wake-lock.js";
import { announcement, restLeft, TAP_DONE, TAP_WHEN_DONE, tellsOfTap } from "../player/words.js";

/**
 * @typedef {typeof import("../player/screens/begun.js")} Begun
 * @typedef {import("../player/machine.js").Run} Run
 * @typedef {import("../player/playback.js").Playback} Playback
 * @typedef {import("../player/visit.js").Screen} Screen
 */

/** The screens that are fetched when they are needed. @type {Screen[]} */
const BEGUN = ["end", "saved", "offer", "leftovers"];
/** How often the clock is looked at. Looking less often costs smoothness, nothing else. */
const LOOK_EVERY_MS = 250;
/** Less motion is asked for: then the figure stands. */
const LESS_MOTION = "(prefers-reduced-motion: reduce)";

export class RoutinePlayer extends LitElement {
  static properties = {
    screen: { state: true },
    said: { state: true },
    begun: { state: true },
  };

  #attendant = new Attendant({
    keys: {
      // What hurts is asked about the set that the clock was stopped in.
      play: () => document.querySelector("hurts-dialog") || this.#visit.act(machine.resume),
      pause: () => this.#visit.act(machine.pause),
      nexttrack: () => this.#visit.act(machine.skip),
      previoustrack: () => this.#visit.act(machine.back),
    },
    changed: () => this.requestUpdate(),
  });
  /** @type {import("../player/mannequin.js").Mannequin | null} */
  #mannequin = null;
  #sides = new Sides(phoneStorage());
  /** @type {AbortController | null} */
  #listening = null;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #looking;
  #visit = new Visit({
    loadContent,
    openLogbook,
    now: () => this.#attendant.now(),
    zone: hereZone,
    newId: uuid7Maker(Date.now, (bytes) => crypto.getRandomValues(bytes)),
    slug: () => decodeURIComponent(location.pathname.split("/").filter(Boolean).at(-1) ?? ""),
    ownRoutine: async (slug, content) =>
      OWN.test(slug) ? (await import("../routine/own.js")).ownRoutine(slug, content) : null,
    go: (slug) => {
      const to = `/play/${slug}`; // the same address keeps its hash: the link carries its routine
      if (location.pathname !== to) history.replaceState(null, "", to);
    },
    show: (screen) => this.#show(screen),
    moved: (before, after) => this.#moved(before, after),
  });

  constructor() {
    super();
    /** @type {Screen} */
    this.screen = "loading";
    this.said = "";
    /** The screens of a routine that was begun; null: not to be had. @type {Begun | null | undefined} */
    this.begun = undefined;
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
    addEventListener("pagehide", () => this.#visit.playback?.commit(), { signal });
    // A page from the browser's memory may be out of date: its run may be saved by now.
    addEventListener("pageshow", (event) => event.persisted && this.#visit.open(), { signal });
    this.#looking = setInterval(() => this.#visit.playback?.tick(), LOOK_EVERY_MS);
    this.#visit.open();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#listening?.abort();
    clearInterval(this.#looking);
    this.#attendant.end();
    this.#mannequin?.rest();
  }

  render() {
    return html`<p class="visually-hidden" role="status">${this.said}</p>
      ${this.#body()}`;
  }

  #body() {
    const visit = this.#visit;
    const { playback } = visit;
    if (this.screen === "play" && playback) return this.#stage(playback);
    if (this.screen === "ready") return this.#ready();
    if (this.screen === "unknown") return unknown(visit.outside.slug());
    if (this.screen === "elsewhere") return elsewhere(() => visit.open());
    if (this.screen === "unreadable") return unreadable(() => visit.open());
    if (!BEGUN.includes(this.screen)) return loading();
    if (this.begun) return this.#begun(this.begun) ?? loading();
    return this.begun === null ? unfetched(() => location.reload()) : loading();
  }

  /** @param {Begun} screens */
  #begun(screens) {
    const visit = this.#visit;
    const { playback, leftOver, log } = visit;
    if (this.screen === "end" && playback) return this.#end(screens, playback);
    if (this.screen === "saved" && log) return this.#saved(screens, log);
    if (this.screen === "offer" && leftOver) {
      const goOn = () => this.#armed(() => visit.goOn());
      const actions = { goOn, startAfresh: () => visit.startAfresh() };
      return screens.offer(leftOver, visit.outside.slug(), Date.now(), actions);
    }
    if (this.screen === "leftovers" && leftOver) {
      const actions = { keep: () => visit.keep(), discard: () => visit.discard() };
      return screens.leftovers(leftOver, actions);
    }
    return null;
  }

  #ready() {
    const { routine, content } = this.#visit;
    return ready(
      routine,
      content,
      { ...this.#state, sides: this.#sides },
      {
        start: () => this.#armed(() => this.#start()),
        mute: () => this.#mute(),
        sound: () => this.#setSound(),
        choose: (change) => this.#choose(change),
      },
    );
  }

  #start() {
    const { routine, content } = this.#visit;
    if (choicesIn(routine, content.exercises).first) this.#sides.choose();
    return this.#visit.start(this.#sides.order);
  }

  /** @param {Partial<import("../player/sides.js").Choice>} change */
  #choose(change) {
    this.#sides.choose(change);
    this.requestUpdate();
  }

  async #askLog() {
    await this.#sides.look(openLogbook);
    this.requestUpdate();
  }

  /** @param {Playback} playback */
  #stage(playback) {
    const visit = this.#visit;
    const exercises = visit.content?.exercises ?? {};
    const state = { ...this.#state, exercises, moving: this.#mannequin?.element };
    return stage(playback, state, {
      toggle: () => this.#armed(() => visit.toggle()),
      back: () => visit.act(machine.back),
      skip: () => visit.act(machine.skip),
      tapped: (event) => onStage(event) && visit.act(machine.done),
      undo: () => visit.act(machine.undo),
      restLonger: () => visit.act(machine.restLonger),
      leaveOut: () => visit.act(machine.skipExercise),
      finish: () => visit.act(machine.finish),
      mute: () => this.#mute(),
      sound: () => this.#setSound(),
      hurts: () => this.#hurts(),
    });
  }

  /** @param {Begun} screens @param {Playback} playback */
  #end(screens, playback) {
    const visit = this.#visit;
    const { stop_rule: stop, limits } = visit.content ?? {};
    const gentle = playback.plan.routine.lateral_hip;
    const state = {
      ...this.#state,
      limits: limits?.session ?? {},
      painMax: (gentle ? stop?.pain_max_lateral_hip : stop?.pain_max) ?? 5,
      failure: visit.failure,
    };
    return screens.end(playback, state, {
      change: (event) => playback.answer(event.detail),
      save: (event) => visit.save(event.detail),
      carryOn: () => visit.act(machine.reopen),
      discard: () => this.#show("leftovers"),
    });
  }

  /** @param {Begun} screens @param {import("../player/visit.js").Log} log */
  #saved(screens, log) {
    const { afresh, content, routine } = this.#visit;
    return screens.saved(log, {
      gapMinutes: log.step === "activate" ? (content?.activation.gap_minutes ?? null) : null,
      wanted: afresh ? routine : null,
      startWanted: () => this.#visit.home(),
    });
  }

  /** Whoever begins has the form long before it is wanted. */
  async #fetchBegun() {
    this.begun ??= await import("../player/screens/begun.js").catch(() => null);
  }

  get #state() {
    const { muted, pocket } = this.#attendant.settings;
    const notes = notesOf(this.screen, {
      pocket,
      unkept: this.#visit.unkept,
      refused: this.#attendant.refused,
      lit: WakeLock.supported,
    });
    return { muted, notes };
  }

  /**
   * Change the screen, and take the focus along: to its heading, or to the main key in play.
   * @param {Screen} screen
   */
  async #show(screen) {
    const { playback } = this.#visit;
    const still = this.screen === "loading" || this.screen === screen;
    document.documentElement.toggleAttribute("data-news", screen === "saved");
    if (playback) this.#attendant.begin(playback);
    else this.#attendant.end();
    const fetching = (playback || BEGUN.includes(screen)) && this.#fetchBegun();
    if (screen === "ready") this.#askLog();
    if (screen === "play" && playback) this.#play(playback);
    else this.#mannequin?.rest();
    this.screen = screen;
    this.requestUpdate();
    if (BEGUN.includes(screen)) await fetching;
    await this.updateComplete;
    if (still) return;
    this.#focus(screen === "play" ? ".stage-main" : "h1");
    scrollTo({ top: 0 });
  }

  /** @param {Playback} playback */
  #play(playback) {
    this.#say(playback, playback.shown);
    if (this.#mannequin) this.#mannequin.follow(playback);
    else this.#bringMannequin();
  }

  /** The figure takes the side that is worked, and moves, where it can be had; else the still stays. */
  async #bringMannequin() {
    const brought = await import("../player/mannequin.js").catch(() => null);
    const { content, playback } = this.#visit;
    if (!brought || !content || this.#mannequin) return;
    this.#mannequin = new brought.Mannequin(content.exercises, matchMedia(LESS_MOTION).matches);
    if (this.screen === "play" && playback) this.#mannequin.follow(playback);
    this.requestUpdate();
  }

  /**
   * @param {Run} before
   * @param {Run} after
   */
  #moved(before, after) {
    const playback = /** @type {Playback} */ (this.#visit.playback);
    this.#attendant.follow(playback);
    if (this.screen === "play") this.#mannequin?.follow(playback);
    if (before.phase !== after.phase) this.#say(playback, after);
    else if ((after.extraMs ?? 0) > (before.extraMs ?? 0)) this.said = restLeft(playback);
    else if (before.anchor === null && after.anchor !== null) this.said = "Going on";
    else if (before.anchor !== null && after.anchor === null) this.said = "Paused";
    if (this.screen === "play" && after.endedAt !== null) this.#show("end");
    if (this.screen === "end" && after.endedAt === null) this.#show("play");
    this.requestUpdate();
    this.#holdFocus();
  }

  /** A key that leaves with its phase hands the focus to the main one. */
  async #holdFocus() {
    const held = this.querySelector(":focus");
    await this.updateComplete;
    if (held && !held.isConnected) this.#focus(".stage-main");
  }

  /** @param {string} selector */
  #focus(selector) {
    /** @type {HTMLElement | null} */ (this.querySelector(selector))?.focus({
      preventScroll: true,
    });
  }

  /**
   * @param {Playback} playback
   * @param {Run} run
   */
  #say({ phases, plan }, run) {
    const words = run.endedAt === null ? announcement(phases[run.phase], plan.exercises) : "";
    const slip = run.tap ? `${TAP_DONE} ` : "";
    this.said = `${slip}${tellsOfTap(phases, run.phase) ? `${words} ${TAP_WHEN_DONE}` : words}`;
  }

  /** Do what was tapped, with the sound made ready: phones allow that in a tap only. */
  #armed(/** @type {() => unknown} */ act) {
    this.#attendant.arm();
    act();
  }

  #mute() {
    this.#attendant.toggleSound();
  }

  /** What is heard and felt is set in a dialog; where that cannot be had, the sound can be muted. */
  async #setSound() {
    const panel = await import("./sound-panel.js").catch(() => null);
    panel?.openSoundPanel(this.#attendant);
  }

  /** The clock stops, and it is asked what hurts; else the stop rules say what to do. */
  async #hurts() {
    await this.#visit.act(machine.pause);
    if (this.begun) this.begun.askWhatHurts(this.#visit);
    else location.assign("/safety");
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const { keys } = this.#attendant.settings;
    const command = this.screen === "play" ? commandOf(event, keys) : null;
    if (!command) return;
    event.preventDefault();
    if (command === "mute") {
      this.#mute();
      this.said = this.#attendant.settings.muted ? "Sound off" : "Sound on";
    } else if (command === "toggle") this.#armed(() => this.#visit.toggle());
    else this.#visit.act(machine[command]);
  }

  #seen() {
    const { playback } = this.#visit;
    if (document.visibilityState !== "visible") playback?.commit();
    else {
      playback?.tick();
      this.#attendant.renew();
    }
  }
}

customElements.define("routine-player", RoutinePlayer);
