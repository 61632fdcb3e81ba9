// A form that comes back after a reload, over an entry that was changed elsewhere meanwhile.

import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { after, test } from "node:test";

/** @type {any} */
let LogForm;
/** @type {Map<string, string>} what the tab keeps, over a reload too */
const kept = new Map();
const location = { pathname: "", href: "", hash: "", search: "", assign() {} };
const deaf = { addEventListener() {}, removeEventListener() {} };
Object.assign(globalThis, {
  ...deaf,
  location,
  HTMLElement: class {
    dataset = {};
  },
  HTMLSelectElement: class {},
  customElements: {
    define: (/** @type {string} */ _name, /** @type {any} */ one) => (LogForm = one),
  },
  window: { ...deaf, setInterval() {}, document: { readyState: "complete" } },
  document: {
    documentElement: { dataset: {} },
    getElementById: () => null,
    createElement: () => ({ setAttribute() {}, toggleAttribute() {} }),
  },
  sessionStorage: {
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ text) => kept.set(key, text),
    removeItem: (/** @type {string} */ key) => kept.delete(key),
  },
  fetch: async () => {
    throw new TypeError("offline");
  },
});
Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });

await import("../../../static/js/components/log-form.js");
const { openLogbook } = await import("../../../static/js/data/logbook.js");

after(async () => (await openLogbook()).close());

const TEXTS = ["pain_site", "pain_side", "notes"];
const NUMBERS = ["minutes", "effort", "pain_before", "pain_peak", "felt_glutes"];

/** @param {string} name */
function fieldNamed(name) {
  /** @type {Record<string, string>} */
  const attributes = { name, min: "0", max: "1000" };
  const of =
    name === "routine" ? { choices: "roll-short" } : TEXTS.includes(name) && { maxLength: "4000" };
  return {
    ...{ name, id: name, value: "", type: name === "date" ? "date" : "text" },
    ...{ dataset: of || {}, validity: {}, labels: [], options: [], required: false },
    ...{ hasAttribute: () => false, setAttribute() {}, removeAttribute() {}, focus() {} },
    getAttribute: (/** @type {string} */ what) => attributes[what] ?? null,
  };
}

/** Open the page that changes the entry. */
async function opened() {
  const fields = ["routine", "date", ...NUMBERS, ...TEXTS].map(fieldNamed);
  /** @type {Record<string, any>} */
  const heard = {};
  /** @type {any} */
  let said = null;
  const form = {
    querySelectorAll: () => fields,
    querySelector: () => said,
    prepend: (/** @type {any} */ one) => (said = one),
    addEventListener: (/** @type {string} */ what, /** @type {any} */ hear) => (heard[what] = hear),
  };
  const page = new LogForm();
  const parts = { form, "[data-summary]": { querySelector: () => null } };
  page.dataset.edits = "";
  page.querySelector = (/** @type {"form"} */ what) => parts[what] ?? null;
  await page.connectedCallback();
  const by = Object.fromEntries(fields.map((one) => [one.name, one]));
  return {
    by,
    said: () => said.textContent,
    type: (/** @type {string} */ name, /** @type {string} */ value) => {
      by[name].value = value;
      heard.input();
    },
    save: () =>
      new Promise((resolve) => {
        location.assign = () => resolve(null);
        heard.submit({ preventDefault() {} });
      }),
  };
}

/** Log a session, type these notes, and lose the page; meanwhile the session becomes `set`. */
async function typedAndChanged(/** @type {string} */ notes, /** @type {object} */ set) {
  const book = await openLogbook();
  book.subscribe = () => () => {}; // the page is gone by then, and hears nothing
  const { id } = await book.create("session", {
    ...{ routine: "roll-short", date: "2026-03-01", duration_s: 420, effort: 5 },
  });
  Object.assign(location, { pathname: `/log/${id}`, href: `http://dbs.example/log/${id}` });
  (await opened()).type("notes", notes);
  await book.edit(id, { set });
  return async () => /** @type {any} */ ((await book.get(id))?.body);
}

test("what was changed elsewhere while the page was away is not put back by what was typed beside it", async () => {
  const body = await typedAndChanged("wet", { effort: 9 });
  const form = await opened();
  assert.deepEqual([form.by.effort.value, form.by.notes.value], ["9", "wet"]);
  assert.equal(form.said(), "");
  await form.save();
  const { effort, notes } = await body();
  assert.deepEqual([effort, notes], [9, "wet"]);
});

test("what was typed before the page went stays, and what it says elsewhere is told", async () => {
  const body = await typedAndChanged("wet", { notes: "dry" });
  const form = await opened();
  assert.equal(form.by.notes.value, "wet");
  assert.match(form.said(), /Over there it says: notes: dry\./);
  await form.save();
  assert.equal((await body()).notes, "wet");
});

test("what a version before kept of a form is there again", async () => {
  await typedAndChanged("wet", { pain_peak: 1 });
  for (const [key, text] of kept) kept.set(key, JSON.stringify(JSON.parse(text).values));
  const { by } = await opened();
  assert.deepEqual([by.effort.value, by.notes.value], ["5", "wet"]);
});
