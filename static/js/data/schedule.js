/** When to try next: soon after a save, ever later after a failure, never before the server allows. */

/** @import { Env } from "./types.js" */

const FIRST_MS = 2_000;
const LAST_MS = 15 * 60_000;

export class Schedule {
  #failures = 0;
  #notBefore = 0;
  #told = 0;
  /** @type {{due: number, handle: unknown} | null} */
  #next = null;

  /**
   * @param {Pick<Env, "later" | "cancel" | "now" | "chance">} env
   * @param {() => void} task
   */
  constructor(env, task) {
    this.env = env;
    this.task = task;
  }

  /** Run the task in `ms`, or earlier if it was to run earlier. @param {number} ms */
  at(ms) {
    const due = this.env.now() + ms;
    if (this.#next && this.#next.due <= due) return;
    this.stop();
    const run = () => {
      this.#next = null;
      this.task();
    };
    this.#next = { due, handle: this.env.later(run, ms) };
  }

  /** Try again later: 2 s, 4 s … 15 min, each between half and all of it; or when told to. @param {number} after ms */
  failed(after) {
    const most = Math.min(LAST_MS, FIRST_MS * 2 ** this.#failures);
    this.#failures += 1;
    this.#told = after;
    this.#notBefore = this.env.now() + after;
    this.stop();
    this.at(after || (most * (1 + this.env.chance())) / 2);
  }

  /** Ms that the server still asks us to wait. A clock that was set back does not count. */
  forbidden() {
    const wait = this.#notBefore - this.env.now();
    return wait > 0 && wait <= this.#told ? wait : 0;
  }

  succeeded() {
    this.#failures = 0;
  }

  stop() {
    if (this.#next) this.env.cancel(this.#next.handle);
    this.#next = null;
  }
}
