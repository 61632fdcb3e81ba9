/** Knows when nothing more will happen by itself. Import this before anything that schedules. */

const soon = globalThis.setImmediate;
let pending = 0;

// fake-indexeddb schedules all its work with setImmediate, so counting these is enough.
globalThis.setImmediate = /** @type {any} */ (
  (/** @type {(...args: any[]) => void} */ task, /** @type {any[]} */ ...args) => {
    pending += 1;
    return soon(() => {
      pending -= 1;
      task(...args);
    });
  }
);

/** Wait until every page waits for the network, a timer or the rider. */
export async function quiet() {
  do await new Promise((resolve) => soon(() => resolve(null)));
  while (pending);
}
