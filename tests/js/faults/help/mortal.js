/** A phone whose page can die at any step: at a transaction, at a request, or at its answer. */

import { Phone } from "../../data/help/phone.js";

export class Mortal extends Phone {
  /** Steps that the page still has to live. */
  left = Number.POSITIVE_INFINITY;
  /** Called at each step that it lives through. */
  onStep = () => {};
  #life = 0;

  /** The page is gone, and with it all that it was about to do; the disk stays. */
  kill() {
    super.kill();
    this.#life += 1;
    this.left = Number.POSITIVE_INFINITY;
  }

  get dead() {
    return this.left < 0;
  }

  /** @override */
  env() {
    const env = super.env();
    const life = this.#life;
    const step = () => {
      this.left -= life === this.#life ? 1 : 0;
      if (life !== this.#life || this.left < 0) throw new Error("This page is dead.");
      this.onStep();
    };
    return {
      ...env,
      indexedDB: /** @type {any} */ ({
        deleteDatabase: (/** @type {string} */ name) => env.indexedDB.deleteDatabase(name),
        open: (/** @type {string} */ name, /** @type {number} */ version) =>
          steppedDatabase(env.indexedDB.open(name, version), step),
      }),
      fetch: /** @type {typeof env.fetch} */ (
        async (path, init) => {
          step();
          const answer = await env.fetch(path, init);
          step();
          return answer;
        }
      ),
    };
  }
}

/** @param {IDBOpenDBRequest} request @param {() => void} step */
function steppedDatabase(request, step) {
  request.addEventListener("success", () => {
    const db = request.result;
    const transaction = db.transaction.bind(db);
    db.transaction = /** @type {typeof transaction} */ (
      (...args) => {
        step();
        return transaction(...args);
      }
    );
  });
  return request;
}
