// What is typed into a form and not saved yet survives a reload of the page, in sessionStorage.

/**
 * @typedef {{start: Record<string, string>, values: Record<string, string>}} Typed
 *   `start`: what the form held before anything was typed
 */

/** @param {string} key @returns {Typed | null} */
export function typedBefore(key) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "null");
    // Versions before kept nothing but the values: which of them were typed they did not say.
    return kept && !kept.values ? { start: {}, values: kept } : kept;
  } catch {
    return null; // storage is shut: the form then only lives as long as its page
  }
}

/**
 * @param {string} key
 * @param {Typed | null} typed null forgets
 */
export function keepTyped(key, typed) {
  try {
    if (typed) sessionStorage.setItem(key, JSON.stringify(typed));
    else sessionStorage.removeItem(key);
  } catch {
    // As above.
  }
}
