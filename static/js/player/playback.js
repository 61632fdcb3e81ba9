// A run that goes on: reads the clock, and keeps every step on the phone before the screen shows it.
import { DraftTaken } from "../data/store.js";
import { draftOf } from "./draft.js";
import { tick } from "./machine.js";
import { buildTimeline } from "./timeline.js";

/**
 * @typedef {import("./machine.js").Run} Run
 * @typedef {import("./timeline.js").Phase} Phase
 * @typedef {import("./draft.js").Draft} Draft
 */

/** Inside a phase the place is kept this often: what a kill can cost at most. */
export const KEEP_EVERY_MS = 5000;

export class Playback {
  /** What may be shown: the place that is kept, and the seconds since. @type {Run} */
  shown;
  /** Set while the phone refuses to keep the place. @type {unknown} */
  problem = null;
  /** @type {Run} */
  #run;
  /** @type {Record<string, string>} */
  answers;
  #keptAt = 0;
  #stale = false;
  #closed = false;
  /** @type {Promise<void> | null} */
  #writing = null;

  /**
   * @param {Pick<Draft, "plan" | "run" | "answers">} draft
   * @param {object} outside
   * @param {(draft: Draft) => Promise<unknown>} outside.keep
   * @param {() => number} outside.now ms since the epoch
   * @param {(before: Run, after: Run) => void} outside.changed called when `shown` is another
   * @param {() => void} outside.taken called when the run goes on elsewhere, and so no more here
   */
  constructor({ plan, run, answers }, { keep, now, changed, taken }) {
    this.plan = plan;
    this.phases = buildTimeline(plan.routine, plan.exercises);
    this.answers = answers;
    this.shown = run;
    this.#run = run;
    this.keep = keep;
    this.now = now;
    this.changed = changed;
    this.taken = taken;
  }

  /** Look at the clock. */
  tick() {
    const next = tick(this.#run, this.phases, this.now());
    const step = next.phase !== this.#run.phase || next.anchor === null;
    if (next === this.#run) return;
    this.#run = next;
    if (step || this.now() - this.#keptAt >= KEEP_EVERY_MS) this.commit();
    else if (!this.#writing) this.#show(next);
  }

  /**
   * Do what the rider pressed, one of the changes of machine.js.
   * @param {(run: Run, phases: Phase[], now: number) => Run} change
   */
  act(change) {
    this.#run = change(this.#run, this.phases, this.now());
    return this.commit();
  }

  /**
   * Go on by a plan that the rider has changed on the way.
   * @param {(kept: Pick<Draft, "plan" | "run">) => Pick<Draft, "plan" | "run">} change
   */
  revise(change) {
    const { plan, run } = change({ plan: this.plan, run: this.#run });
    this.plan = plan;
    this.phases = buildTimeline(plan.routine, plan.exercises);
    this.#run = run;
    return this.commit();
  }

  /** @param {Record<string, string>} answers as typed */
  answer(answers) {
    this.answers = answers;
    return this.commit();
  }

  /** Keep the place now. Resolves when it is kept, or the phone has refused (see `problem`). */
  commit() {
    this.#stale = true;
    this.#writing ??= this.#write().finally(() => {
      this.#writing = null;
    });
    return this.#writing;
  }

  /**
   * Hand the run over: nothing is kept any more, lest a late write bring a finished draft back.
   * @param {() => Promise<unknown>} handOver if it fails, the run is kept again
   */
  async close(handOver) {
    this.#closed = true;
    try {
      await this.#writing;
      return await handOver();
    } catch (error) {
      this.#closed = false;
      throw error;
    }
  }

  async #write() {
    while (this.#stale && !this.#closed) {
      this.#stale = false;
      const run = this.#run;
      const now = this.now();
      try {
        await this.keep(draftOf(this.plan, run, this.answers, now));
        this.problem = null;
      } catch (error) {
        if (error instanceof DraftTaken) return this.#leave();
        this.problem = error;
      }
      this.#keptAt = now;
      this.#show(run);
    }
  }

  #leave() {
    this.#closed = true;
    this.taken();
  }

  /** @param {Run} run */
  #show(run) {
    const before = this.shown;
    this.shown = run;
    this.changed(before, run);
  }
}
