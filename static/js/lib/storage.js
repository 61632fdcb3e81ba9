// How safe the log is on this phone. Not every engine answers: then we say that we do not know.

/**
 * @typedef {object} Storage
 * @property {boolean | null} kept whether the browser promised not to clear it; null: it will not say
 * @property {boolean} askable
 * @property {number | null} used bytes
 * @property {number | null} room bytes
 */

/** @returns {Promise<Storage>} */
export async function lookAtStorage() {
  const store = navigator.storage;
  const [kept, estimate] = await Promise.all([
    store?.persisted?.().catch(() => null) ?? null,
    store?.estimate?.().catch(() => null) ?? null,
  ]);
  return {
    kept: kept ?? null,
    askable: Boolean(store?.persist),
    used: estimate?.usage ?? null,
    room: estimate?.quota ?? null,
  };
}

/** Ask the browser to keep our storage, from a tap. */
export async function askToKeep() {
  return (await navigator.storage?.persist?.()) ?? false;
}

/**
 * "4.2 MB", "3 GB".
 * @param {number} bytes
 */
export function size(bytes) {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = bytes < 1 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3));
  const amount = bytes / 1000 ** power;
  return `${amount < 10 && power > 0 ? amount.toFixed(1) : Math.round(amount)} ${units[power]}`;
}
