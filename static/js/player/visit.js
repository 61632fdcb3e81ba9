// One visit to the player: from what is found on the phone to the saved log. No DOM.
import { DraftTaken } from "../data/store.js";
import { draftOf, isDraft, planOf } from "./draft.js";
import * as machine from "./machine.js";
import { Playback } from "./playback.js";
import { sessionBody, tally } from "./session-log.js";
import { buildTimeline } from "./timeline.js";

/**
 * @typedef {import("./draft.js").Draft} Draft
 * @typedef {import("./machine.js").Run} Run
 * @typedef {import("../data/store.js").Holder} Holder
 * @typedef {"loading" | "unreadable" | "unknown" | "offer" | "leftovers" | "ready" | "play" | "end" |
 *   "saved" | "elsewhere"} Screen
 * @typedef {{name: string, step: string, sets: number, exercises: number, seconds: number}} Log
 */

/**
 * What the visit needs from outside.
 * @typedef {object} Outside
 * @property {() => Promise<any>} loadContent
 * @property {() => Promise<{draft: {get: () => Promise<any>, put: (draft: any, after: Holder) => Promise<unknown>,
 *   clear: (holder: Holder) => Promise<unknown>},
 *   finishDraft: (kind: string, body: any, holder: Holder) => Promise<unknown>}>} openLogbook
 * @property {() => number} now ms since the epoch
 * @property {() => string} zone IANA name
 * @property {() => string} newId UUID
 * @property {() => string} slug of the routine that the address names
 * @property {(slug: string, content: any) => Promise<import("./timeline.js").Routine | null>} ownRoutine
 *   a routine that the plan does not have
 * @property {(slug: string) => void} go put another routine into the address
 * @property {(screen: Screen) => void} show
 * @property {(before: Run, after: Run) => void} moved called when the run shown is another
 */

export class Visit {
  /** @type {any} what /content.json says; null where it could not be read */
  content = null;
  /** @type {Playback | null} the run that goes on, or whose form is open */
  playback = null;
  /** @type {Log | null} what was saved last */
  log = null;
  /** True once the rider wants to start again, and what is left over is dealt with first. */
  afresh = false;
  /** @type {unknown} why the last save failed */
  failure = null;
  /** @type {Draft | null} */
  #draft = null;
  /** @type {Awaited<ReturnType<Outside["openLogbook"]>> | null} */
  #logbook = null;
  /** @type {import("./timeline.js").Routine | null} the rider's own, if the address names one */
  #own = null;
  #saving = false;
  /** @type {string | null} who held the draft when this visit last read or wrote it */
  #holder = null;

  /** @param {Outside} outside */
  constructor(outside) {
    this.outside = outside;
  }

  get routine() {
    const slug = this.outside.slug();
    if (isPlans(this.content, slug)) return this.content.routines[slug];
    return this.#own?.slug === slug ? this.#own : undefined;
  }

  /** True while the place cannot be kept on this phone. */
  get unkept() {
    return !this.#logbook || Boolean(this.playback?.problem);
  }

  /** What is left over: the run whose form is open, or a draft found on the phone. */
  get leftOver() {
    if (!this.playback) return this.#draft;
    const { plan, shown, answers } = this.playback;
    return draftOf(plan, shown, answers, this.outside.now());
  }

  /** Look at what is there; also when the page comes back from the browser's memory. */
  async open() {
    this.playback = null;
    this.outside.show("loading");
    const content = this.outside.loadContent().catch(() => null);
    [this.content, this.#draft] = [await content, await this.#find()];
    await this.#findOwn();
    this.#holder = this.#draft?.holder ?? null;
    if (this.#draft) this.outside.show("offer");
    else this.home();
  }

  /** Show the routine of the address, ready to start. */
  home() {
    if (!this.content) this.outside.show("unreadable");
    else this.outside.show(this.routine ? "ready" : "unknown");
  }

  /** @param {import("./timeline.js").SideOrder} [sides] as the rider wants them */
  start(sides) {
    const { now, zone, newId } = this.outside;
    const at = now();
    const routine = { ...this.routine, ...(sides && { sides }) };
    const plan = planOf(this.content, routine, { now: at, tz: zone(), newId });
    return this.#take({ plan, run: machine.start(at), answers: {} });
  }

  /** Go on with the draft: paused, where it was. */
  async goOn() {
    const draft = this.#draft;
    if (!draft) return;
    this.outside.go(draft.routine);
    await this.#findOwn();
    await this.#take({ ...draft, run: machine.restore(draft.run) });
  }

  /** Start again; sets that were done are asked about first. */
  async startAfresh() {
    this.afresh = true;
    if (this.#draft && somethingDone(this.#draft)) this.outside.show("leftovers");
    else await this.discard();
  }

  /** Make a log of what is left over: to the form. */
  async keep() {
    if (this.playback) this.outside.show("end");
    else if (this.#draft) {
      const { run, savedAt } = this.#draft;
      const over = { ...machine.restore(run), endedAt: run.endedAt ?? savedAt };
      await this.#take({ ...this.#draft, run: over });
    }
  }

  /** Throw away what is left over. Where that fails, it will be offered again. */
  async discard() {
    const clear = async () => (await this.#open()).draft.clear(this.#holder);
    const clearing = this.playback ? this.playback.close(clear) : clear();
    const failure = await clearing.then(() => null).catch((error) => error);
    if (failure instanceof DraftTaken) return this.#lose();
    this.#letGo();
    this.#holder = null;
    this.home();
  }

  /** @param {Parameters<Playback["act"]>[0]} change one of the changes of machine.js */
  act(change) {
    return this.playback?.act(change);
  }

  toggle() {
    return this.act((run, phases, now) =>
      run.anchor === null ? machine.resume(run, phases, now) : machine.pause(run, phases, now),
    );
  }

  /**
   * Write the log and clear the draft, in one; a failure leaves everything as it is.
   * @param {object} answers of the form
   */
  async save(answers) {
    const playback = this.playback;
    if (!playback || this.#saving) return;
    this.#saving = true;
    this.failure = null;
    try {
      const { shown, plan, phases } = playback;
      const body = sessionBody(shown, plan, phases, answers);
      const logbook = await this.#open();
      await playback.close(() => logbook.finishDraft("session", body, this.#holder));
      const { name, step } = plan.routine;
      this.log = { name, step, ...tally(body.sets), seconds: body.duration_s };
      this.#letGo();
      this.#holder = null;
    } catch (error) {
      if (error instanceof DraftTaken) return this.#lose();
      this.failure = error;
    } finally {
      this.#saving = false;
    }
    this.outside.show(this.failure ? "end" : "saved");
  }

  /**
   * Go on with a run: kept first, then shown.
   * @param {Pick<Draft, "plan" | "run" | "answers">} draft
   */
  async #take(draft) {
    if (this.playback) return; // A second tap on Start.
    const holder = this.outside.newId();
    const playback = new Playback(draft, {
      keep: async (kept) => {
        await (await this.#open()).draft.put({ ...kept, holder }, this.#holder);
        this.#holder = holder;
      },
      now: this.outside.now,
      changed: this.outside.moved,
      taken: () => this.#lose(),
    });
    this.playback = playback;
    await playback.commit();
    if (this.playback !== playback) return;
    this.outside.show(playback.shown.endedAt === null ? "play" : "end");
  }

  /** The run goes on in another tab, or is over there: two must not write one routine. */
  #lose() {
    this.#letGo();
    this.outside.show("elsewhere");
  }

  #letGo() {
    this.playback = null;
    this.#draft = null;
  }

  async #open() {
    this.#logbook ??= await this.outside.openLogbook();
    return this.#logbook;
  }

  async #findOwn() {
    const { outside, content } = this;
    const slug = outside.slug();
    const here = !content || isPlans(content, slug);
    if (here) this.#own = null;
    else
      this.#own = (await outside.ownRoutine(slug, content).catch(() => null)) ?? this.#begun(slug);
  }

  /**
   * A routine of the rider's own that is known from its draft only: its link was opened elsewhere.
   * @param {string} slug
   */
  #begun(slug) {
    const routine = this.#draft?.routine === slug ? this.#draft.plan.routine : null;
    const known = routine?.items.every((of) => Object.hasOwn(this.content.exercises, of.exercise));
    return routine?.own && known ? routine : null;
  }

  async #find() {
    try {
      const draft = await (await this.#open()).draft.get();
      return isDraft(draft) ? draft : null;
    } catch {
      return null;
    }
  }
}

/** @param {Draft} draft */
function somethingDone({ plan, run }) {
  const phases = buildTimeline(plan.routine, plan.exercises);
  return Object.values(machine.results(run, phases)).some(({ done }) => done.some(Boolean));
}

/** @param {any} content @param {string} slug */
function isPlans(content, slug) {
  return Boolean(content) && Object.hasOwn(content.routines, slug);
}
