import { openLogbook } from "../data/logbook.js";
import { hereZone, wall } from "../lib/days.js";
import { entryIdOf } from "../lib/entry-id.js";
import { check } from "../lib/field-rules.js";
import { fieldsOf, labelOf, mark, note, rulesOf, shown, valuesOf } from "../lib/form-fields.js";
import { saveTrouble } from "../lib/save-trouble.js";
import { changes, newBody, rebased, toValues } from "../lib/session-values.js";
import { keepTyped, typedBefore } from "../lib/typed.js";

/** @typedef {Record<string, string>} Values */

const ELSEWHERE =
  "This was changed on another device or in another tab while you were writing. What you typed is kept. Over there it says:";

/**
 * `<log-form>` saves the form inside it on this phone: a new session, or with `data-edits` the
 * changes of the entry that the address names. It never asks the network.
 */
class LogForm extends HTMLElement {
  /** @type {Values} what the fields held before the rider typed */
  #start = {};
  /** @type {import("../data/types.js").EntryView | null} */
  #entry = null;
  #saving = false;

  async connectedCallback() {
    const id = entryIdOf(location);
    this.#form.addEventListener("input", () => this.#typed());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#save();
    });
    addEventListener("beforeunload", (event) => {
      if (this.#dirty) event.preventDefault();
    });
    if (!this.#edits) return this.#open();
    const logbook = await openLogbook();
    this.#entry = await logbook.get(id);
    this.hidden = !this.#entry || this.#entry.deleted;
    if (this.hidden) return;
    note(this.#form, ""); // there from the start, so that what it comes to say is spoken
    this.#open();
    logbook.subscribe(async ({ ids }) => {
      if (ids?.includes(id)) this.#changedElsewhere(await logbook.get(id));
    });
  }

  get #edits() {
    return this.dataset.edits !== undefined;
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.querySelector("form"));
  }

  get #fields() {
    return fieldsOf(this.#form);
  }

  get #key() {
    return `dbs-form-${this.#entry?.id ?? "new"}`;
  }

  get #dirty() {
    const now = valuesOf(this.#fields);
    return Object.keys(this.#start).some((name) => now[name] !== this.#start[name]);
  }

  #open() {
    if (this.#entry) this.#keepOldRoutine(this.#entry.body);
    this.#fill(this.#entry ? toValues(this.#entry.body) : this.#blank());
    this.#start = valuesOf(this.#fields);
    const kept = typedBefore(this.#key);
    if (kept) this.#goOn(kept);
    this.querySelector("fieldset")?.removeAttribute("disabled");
    this.#markRefused();
    if (kept) this.#typed();
  }

  /**
   * Take up again what was typed before the page went. The entry may have become another meanwhile.
   *
   * @param {import("../lib/typed.js").Typed} kept
   */
  #goOn({ start, values }) {
    if (!this.#entry) return this.#fill(values);
    const { untouched, clashes } = rebased(start, values, this.#start);
    this.#fill({ ...values, ...untouched });
    this.#tellElsewhere(clashes, this.#start);
  }

  /**
   * The entry is another while it is edited: show what is new, keep what was typed, and say where
   * both are at odds.
   *
   * @param {import("../data/types.js").EntryView | null} entry
   */
  #changedElsewhere(entry) {
    if (this.#saving || !entry || entry.deleted) return;
    this.#keepOldRoutine(entry.body);
    const fresh = toValues(entry.body);
    this.#entry = entry;
    // Nothing that shows is another, as when it was synced: what was said before stays true.
    if (Object.keys(fresh).every((name) => fresh[name] === this.#start[name])) return;
    const { untouched, clashes } = rebased(this.#start, valuesOf(this.#fields), fresh);
    this.#fill(untouched);
    const now = valuesOf(this.#fields);
    for (const name of Object.keys(untouched)) fresh[name] = now[name]; // as the field writes it
    this.#start = fresh;
    this.#typed();
    this.#tellElsewhere(clashes, fresh);
  }

  /** @param {string[]} clashes names of fields that were changed on both sides @param {Values} fresh */
  #tellElsewhere(clashes, fresh) {
    const fields = this.#fields;
    const there = clashes.map(
      (name) => `${labelOf(fields[name])}: ${shown(fields[name], fresh[name])}`,
    );
    note(this.#form, there.length ? `${ELSEWHERE} ${there.join("; ")}.` : "");
  }

  /** @returns {Values} today, and the routine that the address may name */
  #blank() {
    const routine = new URLSearchParams(location.search).get("routine") ?? "";
    return { routine, date: today() };
  }

  /** A routine that has left the plan since stays what this session was. @param {any} body */
  #keepOldRoutine({ routine, routine_name: name }) {
    const { routine: select } = this.#fields;
    const choices = select.dataset.choices?.split(" ") ?? [];
    if (!routine || choices.includes(routine)) return;
    /** @type {HTMLSelectElement} */ (select).add(new Option(name ?? routine, routine));
    select.dataset.choices = [...choices, routine].join(" ");
  }

  /** What the server refused is said beside its field. */
  #markRefused() {
    for (const [path, sentence] of Object.entries(this.#entry?.reason?.errors ?? {})) {
      const { [path]: field, minutes } = this.#fields;
      if (field) mark(field, sentence);
      else if (path === "duration_s") mark(minutes, minutes.dataset.error ?? sentence);
    }
  }

  /** @param {Values} values */
  #fill(values) {
    for (const [name, field] of Object.entries(this.#fields)) {
      if (values[name] !== undefined) field.value = values[name];
    }
  }

  /** Keep what is typed, and no update may reload the page meanwhile. */
  #typed() {
    const values = valuesOf(this.#fields);
    keepTyped(this.#key, this.#dirty ? { start: this.#start, values } : null);
    if (this.#dirty) document.documentElement.dataset.busy = "form";
    else delete document.documentElement.dataset.busy;
    const wrong = check(values, rulesOf(this.#fields, today()));
    for (const [name, field] of Object.entries(this.#fields)) {
      if (field.hasAttribute("aria-invalid")) mark(field, wrong[name] ?? "");
    }
  }

  async #save() {
    const values = valuesOf(this.#fields);
    const wrong = check(values, rulesOf(this.#fields, today()));
    this.#tell(wrong);
    if (this.#saving || Object.keys(wrong).length) return;
    this.#saving = true;
    try {
      const id = await this.#write(values);
      this.#start = values;
      keepTyped(this.#key, null);
      delete document.documentElement.dataset.busy;
      location.assign(`/log/#saved-${id}`);
    } catch (error) {
      this.#saving = false;
      this.#summary([saveTrouble(error)]);
    }
  }

  /**
   * @param {Values} values
   * @returns {Promise<string>} the id of the entry
   */
  async #write(values) {
    const logbook = await openLogbook();
    if (this.#entry) {
      const { set, unset } = changes(this.#entry.body, values, this.#names);
      const { id, state } = this.#entry;
      if (Object.keys(set).length || unset.length) await logbook.edit(id, { set, unset });
      else if (state === "attention") await logbook.resend(id);
      return id;
    }
    const { version = "" } = this.dataset;
    const context = { now: Date.now(), zone: hereZone(), names: this.#names, version };
    return (await logbook.create("session", newBody(values, context))).id;
  }

  /** @returns {Record<string, string>} slug -> name, of every routine on offer */
  get #names() {
    const select = /** @type {HTMLSelectElement} */ (this.#fields.routine);
    return Object.fromEntries([...select.options].map((one) => [one.value, one.text]));
  }

  /** @param {Record<string, string>} wrong sentences by field */
  #tell(wrong) {
    const fields = this.#fields;
    for (const [name, field] of Object.entries(fields)) mark(field, wrong[name] ?? "");
    const lines = Object.entries(wrong).map(([name, line]) => `${labelOf(fields[name])}: ${line}`);
    this.#summary(lines);
    fields[Object.keys(wrong)[0]]?.focus();
  }

  /** @param {string[]} lines none: all is well */
  #summary(lines) {
    const box = /** @type {HTMLElement} */ (this.querySelector("[data-summary]"));
    box.hidden = lines.length === 0;
    box
      .querySelector("ul")
      ?.replaceChildren(
        ...lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })),
      );
  }
}

const today = () => wall(Date.now(), hereZone()).date;

customElements.define("log-form", LogForm);
