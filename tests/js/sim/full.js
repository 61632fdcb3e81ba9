/** Storage without room, as the browsers have it say so. */

/**
 * Have `tx` find no room: what is put is refused at once, or takes all with it at the commit.
 *
 * @param {any} tx
 * @param {"put" | "commit"} when
 */
export function starve(tx, when) {
  const open = tx.objectStore.bind(tx);
  let refused = false;
  tx.objectStore = (/** @type {string} */ name) => {
    const store = open(name);
    const put = Object.getPrototypeOf(store).put.bind(store);
    store.put = (/** @type {any[]} */ ...args) => {
      if (when === "put") throw new DOMException("There is no room", "QuotaExceededError");
      if (!refused) setImmediate(() => tx._abort("QuotaExceededError"));
      refused = true;
      return put(...args);
    };
    return store;
  };
}
