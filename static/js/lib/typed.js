// What is typed into a form and not saved yet survives a reload of the page, in sessionStorage.

/** @param {string} key */
export function typedBefore(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null");
  } catch {
    return null; // storage is shut: the form then only lives as long as its page
  }
}

/**
 * @param {string} key
 * @param {Record<string, string> | null} values null forgets
 */
export function keepTyped(key, values) {
  try {
    if (values) sessionStorage.setItem(key, JSON.stringify(values));
    else sessionStorage.removeItem(key);
  } catch {
    // As above.
  }
}
