// Keeps the screen on while a routine runs, where the browser can.

/** Holds at most one lock; asks again when the page comes back, for hiding it drops the lock. */
export class WakeLock {
  /** @type {WakeLockSentinel | null} */
  #lock = null;
  #wanted = false;

  static get supported() {
    return "wakeLock" in navigator;
  }

  /** Ask for the lock. Refused (low battery, hidden page) is not an error: the clock is right. */
  async hold() {
    this.#wanted = true;
    if (!WakeLock.supported || this.#lock || document.visibilityState !== "visible") return;
    try {
      const lock = await navigator.wakeLock.request("screen");
      lock.addEventListener("release", () => {
        this.#lock = null;
      });
      this.#lock = lock;
      if (!this.#wanted) this.release();
    } catch {
      this.#lock = null;
    }
  }

  /** Call when the page is shown again. */
  renew() {
    if (this.#wanted) this.hold();
  }

  /** Let the screen go dark. */
  release() {
    this.#wanted = false;
    this.#lock?.release().catch(() => {});
    this.#lock = null;
  }
}
