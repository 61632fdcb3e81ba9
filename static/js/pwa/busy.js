// Whether a reload now would cost the rider something: a running routine or words not yet saved.
// A screen that is busy says so itself by `<html data-busy>`; a form, once typed into, counts too.

/** @type {Set<HTMLFormElement>} */
const typedInto = new Set();
/** @type {Set<() => void>} */
const listeners = new Set();

/** @returns {boolean} */
export function isBusy() {
  const unsaved = [...typedInto].some((form) => form.isConnected);
  return unsaved || document.documentElement.dataset.busy !== undefined;
}

/**
 * Whether the page tells what the rider may not have read yet, as that a routine was saved. Nothing is
 * lost by a reload, but the good news.
 * @returns {boolean}
 */
export function tellsNews() {
  return document.documentElement.dataset.news !== undefined;
}

/**
 * Call `listener` whenever the answer of `isBusy` or `tellsNews` may have changed.
 * @param {() => void} listener
 * @returns {() => void} stops it
 */
export function onBusyChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function changed() {
  for (const listener of listeners) listener();
}

document.addEventListener("input", ({ target }) => {
  const form = target instanceof Element && target.closest("form");
  if (!form || form.closest("search, [role=search]") || typedInto.has(form)) return;
  typedInto.add(form);
  changed();
});

for (const done of ["submit", "reset"]) {
  document.addEventListener(done, ({ target }) => {
    if (target instanceof HTMLFormElement && typedInto.delete(target)) changed();
  });
}

new MutationObserver(changed).observe(document.documentElement, {
  attributeFilter: ["data-busy", "data-news"],
});
