// What the tests ask of a page, by role and accessible name, the way a screen reader would.
// Read as text, and evaluated in the page of every engine.

const SELECTORS = {
  button: "button, [role=button], input[type=submit], input[type=button], summary",
  link: "a[href]",
  heading: "h1, h2, h3, h4",
  listitem: "li, [role=listitem]",
  dialog: "dialog[open], [role=dialog]",
};

/** @param {string} text */
function tidy(text) {
  return text.replace(/\s+/g, " ").trim();
}

/**
 * The words of an element without those that assistive technology skips.
 * @param {Element} element
 */
function words(element) {
  const copy = /** @type {Element} */ (element.cloneNode(true));
  for (const skipped of copy.querySelectorAll("[aria-hidden=true], [hidden], select, textarea")) {
    skipped.remove();
  }
  return tidy(copy.textContent ?? "");
}

/**
 * The accessible name, near enough for our own pages.
 * @param {Element} element
 */
function nameOf(element) {
  const ids = element.getAttribute("aria-labelledby");
  if (ids) {
    const parts = ids.split(/\s+/).map((id) => document.getElementById(id));
    return tidy(parts.map((part) => (part ? words(part) : "")).join(" "));
  }
  const label = element.getAttribute("aria-label");
  if (label) return tidy(label);
  if (element instanceof HTMLInputElement && element.type === "submit") return element.value;
  return words(element);
}

/** @param {Element} element */
function visible(element) {
  return (
    element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0
  );
}

/**
 * @param {keyof typeof SELECTORS} role
 * @param {string} name
 */
function find(role, name) {
  const all = [...document.querySelectorAll(SELECTORS[role])];
  return all.find((element) => nameOf(element) === name && visible(element));
}

/**
 * @param {keyof typeof SELECTORS} role
 * @param {string} name
 */
export function sees(role, name) {
  return find(role, name) !== undefined;
}

/**
 * Whether a rider could see the page by now. A script can ask where things are before their styles
 * have come, and a tap there hits something else once they have.
 */
function drawn() {
  const sheets = [...document.querySelectorAll("link[rel=stylesheet]")];
  const styled = sheets.every((link) => /** @type {HTMLLinkElement} */ (link).sheet);
  // A sheet that fails has none; then the page is drawn without it, once it has loaded.
  if (!styled && document.readyState !== "complete") return false;
  return performance.getEntriesByType("paint").length > 0;
}

/**
 * Return the point where a finger hits the element, or null while it cannot be hit.
 * @param {keyof typeof SELECTORS} role
 * @param {string} name
 */
export function target(role, name) {
  if (!drawn()) return null;
  const element = find(role, name);
  if (!element || element.matches(":disabled, [aria-disabled=true]")) return null;
  element.scrollIntoView({ block: "center", behavior: "instant" });
  const box = element.getClientRects()[0];
  const point = [box.left + box.width / 2, box.top + box.height / 2];
  const hit = document.elementFromPoint(point[0], point[1]);
  return element.contains(hit) ? point : null;
}

/**
 * Notice from now on how a tap goes on what it is meant for, whatever the page makes of it.
 * @param {keyof typeof SELECTORS} role
 * @param {string} name
 */
export function watchTap(role, name) {
  const page = /** @type {any} */ (globalThis);
  page.endOfWatch?.abort();
  page.endOfWatch = new AbortController();
  page.tap = "unheard";
  /** @type {Element | undefined} */
  let meant;
  /** @type {Record<string, (event: Event) => void>} */
  const heard = {
    pointerdown({ target }) {
      meant = find(role, name); // now, as a page may have made it anew at the same place
      const hit = /** @type {Element} */ (target);
      page.tap = meant?.contains(hit) ? "pressed" : `pressed <${hit.localName}> instead`;
    },
    // The click comes at once, or never: what was pressed has moved away from the finger.
    pointerup() {
      setTimeout(() => page.tap === "pressed" && (page.tap = "let go of something else"));
    },
    click({ target }) {
      const hit = /** @type {Element} */ (target);
      if (page.tap === "pressed" && meant?.contains(hit)) page.tap = "clicked";
    },
  };
  for (const [kind, listener] of Object.entries(heard)) {
    addEventListener(kind, listener, { capture: true, signal: page.endOfWatch.signal });
  }
  return true;
}

/** How the tap went so far; where it took the page away, the next one has nothing to tell. */
export function tapSoFar() {
  return /** @type {any} */ (globalThis).tap ?? "clicked";
}

/**
 * Return the controls called `label`: one field, or all the radio buttons of one question.
 * @param {string} label
 */
function controls(label) {
  const all = [...document.querySelectorAll("input, select, textarea, output")].filter(visible);
  const called = all.filter((control) => {
    const labels = /** @type {HTMLInputElement} */ (control).labels ?? [];
    const names = [...labels].map(words);
    return names.includes(label) || control.getAttribute("aria-label") === label;
  });
  if (called.length) return called;
  const groups = [...document.querySelectorAll("fieldset, [role=radiogroup], [role=group]")];
  const group = groups.find((one) => {
    const legend = one.querySelector("legend");
    return (legend ? words(legend) : nameOf(one)) === label;
  });
  return group ? [...group.querySelectorAll("input[type=radio]")] : [];
}

/**
 * Put a value in, with the events that typing makes; false while there is no such field.
 * @param {string} label
 * @param {string} value
 */
export function fill(label, value) {
  const found = controls(label);
  const first = /** @type {HTMLInputElement} */ (found[0]);
  if (!first || first.matches(":disabled")) return false;
  if (first.type === "radio") {
    const choice = /** @type {HTMLInputElement | undefined} */ (
      found.find((one) => /** @type {HTMLInputElement} */ (one).value === value)
    );
    choice?.click();
    return Boolean(choice?.checked);
  }
  const options = first instanceof HTMLSelectElement ? [...first.options] : [];
  const option = options.find((one) => tidy(one.text) === value);
  first.focus();
  first.value = option ? option.value : value;
  first.dispatchEvent(new Event("input", { bubbles: true }));
  first.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

/**
 * Return [what is in the field], or null while there is no such field.
 * @param {string} label
 */
export function valueOf(label) {
  const found = /** @type {HTMLInputElement[]} */ (controls(label));
  if (!found.length) return null;
  if (found[0].type !== "radio") return [found[0].value];
  return [found.find((one) => one.checked)?.value ?? ""];
}

/**
 * Move the page's clocks forward; the timers go on at their own pace and find it later.
 * @param {number} seconds
 */
export function moveClock(seconds) {
  const page = /** @type {any} */ (globalThis);
  if (page.clockShift === undefined) {
    const RealDate = Date;
    const realNow = performance.now.bind(performance);
    page.clockShift = 0;
    page.Date = class extends RealDate {
      /** @param {any[]} parts */
      constructor(...parts) {
        // @ts-expect-error: Date has several signatures, and all of them may pass through here.
        super(...(parts.length ? parts : [RealDate.now() + page.clockShift]));
      }
      static now() {
        return RealDate.now() + page.clockShift;
      }
    };
    performance.now = () => realNow() + page.clockShift;
  }
  page.clockShift += seconds * 1000;
  return page.clockShift;
}
