// A routine of the rider's own in the making: what is typed, what was saved, and how it is saved.
// No DOM. Each verb keeps the change first, and returns what to say of it.
import { diff, mergePatch, same } from "../data/merge.js";
import { BLANK, fromBody, moved, toBody, typed, withExercise, without } from "./composition.js";
import { exerciseOf } from "./dose.js";
import { problemsIn } from "./problems.js";

/**
 * @typedef {import("./composition.js").Composition} Composition
 * @typedef {import("./composition.js").Part} Part
 * @typedef {import("./dose.js").Content} Content
 * @typedef {import("./dose.js").Own} Own
 * @typedef {import("./unsaved.js").Unsaved} Unsaved
 * @typedef {Pick<import("../data/logbook.js").Logbook, "get" | "create" | "edit">} Book
 *
 * @typedef {object} Outside
 * @property {Content} content
 * @property {() => Promise<Book>} openLogbook
 * @property {string} id of the entry that is changed, empty for a new routine
 * @property {() => string} newId UUID
 * @property {() => Unsaved | null} recall what was typed before
 * @property {(unsaved: Unsaved | null) => void} keep
 */

export class Composing {
  /** @type {Composition} */
  composition = BLANK;
  /** The routine as it was when the rider began to change it. @type {Own | null} */
  #base = null;
  /** Of the server's copy that this was; unknown of what a version before kept. @type {number | undefined} */
  #rev;
  /** The save under way: a second tap on Save is the same one. @type {Promise<string> | null} */
  #saving = null;

  /** @param {Outside} outside */
  constructor(outside) {
    this.outside = outside;
    /** The entry that saving changes; a new routine has one once it is saved. */
    this.id = outside.id;
  }

  /**
   * Begin with what was typed before, else with what is saved.
   * @returns {Promise<"new" | "recalled" | "missing">}
   */
  async begin() {
    const saved = await this.#read();
    if (this.outside.id && !saved) return "missing";
    const unsaved = this.outside.recall();
    const { base, rev } = unsaved?.base ? unsaved : { base: saved?.body ?? null, rev: saved?.rev };
    this.#base = base;
    this.#rev = rev;
    this.composition = unsaved?.composition ?? this.#saved;
    return unsaved ? "recalled" : "new";
  }

  /** Another device has changed it: taken at once, unless there is something to lose here. */
  async renew() {
    const saved = await this.#read().catch(() => null);
    if (!saved || this.#saving || this.dirty) return;
    this.#base = saved.body;
    this.#rev = saved.rev;
    this.composition = this.#saved;
  }

  /** True while something is typed that is not saved. */
  get dirty() {
    return !same(this.composition, this.#saved);
  }

  get body() {
    return toBody(this.composition, this.outside.content);
  }

  get problems() {
    return problemsIn(this.body, this.outside.content);
  }

  /** @param {Part} part */
  nameOf({ was }) {
    return (
      exerciseOf(this.outside.content, was.exercise)?.name ?? was.exercise.replaceAll("-", " ")
    );
  }

  /** @param {string} name */
  rename(name) {
    return this.#become({ ...this.composition, name });
  }

  /** @param {number} at @param {Partial<import("./composition.js").Typed>} said */
  type(at, said) {
    return this.#become(typed(this.composition, at, said));
  }

  /** @param {string} slug */
  add(slug) {
    const { content, newId } = this.outside;
    this.#become(withExercise(this.composition, slug, newId(), content));
    const { parts } = this.composition;
    return `${this.nameOf(parts[parts.length - 1])} added as number ${parts.length}.`;
  }

  /** @param {number} at @param {string} slug */
  swap(at, slug) {
    const { content, newId } = this.outside;
    this.#become(withExercise(this.composition, slug, newId(), content, at));
    return `${this.nameOf(this.composition.parts[at])} is in its place.`;
  }

  /** @param {number} at */
  remove(at) {
    const name = this.nameOf(this.composition.parts[at]);
    this.#become(without(this.composition, at));
    return `${name} is out.`;
  }

  /** @param {number} from @param {number} to */
  move(from, to) {
    const { parts } = this.composition;
    const name = this.nameOf(parts[from]);
    if (to < 0) return `${name} is the first already.`;
    if (to >= parts.length) return `${name} is the last already.`;
    this.#become(moved(this.composition, from, to));
    return `${name} is number ${to + 1} of ${parts.length} now.`;
  }

  /** Let go of what is not saved. */
  drop() {
    this.#become(this.#saved);
    return this.outside.id ? "Back to how it was saved." : "Empty again.";
  }

  /**
   * Save a routine without problems. What another device has changed meanwhile is kept; what was
   * changed here too gives way, and is told by the server.
   * @returns {Promise<string>} the id of the entry; rejects where the phone cannot keep it
   */
  save() {
    this.#saving ??= this.#save().finally(() => {
      this.#saving = null;
    });
    return this.#saving;
  }

  async #save() {
    const id = await this.#write(this.body);
    this.outside.keep(null);
    return id;
  }

  /** @param {Own} body */
  async #write(body) {
    const logbook = await this.outside.openLogbook();
    const { id } = this;
    if (!id) {
      this.id = (await logbook.create("routine", body)).id;
      this.#base = body;
      this.#rev = 0;
      return this.id;
    }
    const held = (await logbook.get(id))?.body ?? {};
    const { doc } = mergePatch(this.#base, held, { set: body }, "items");
    const { set, unset } = diff(held, doc);
    if (Object.keys(set).length || unset.length) await logbook.edit(id, { set, unset }, this.#seen);
    return id;
  }

  get #seen() {
    return this.#base && this.#rev !== undefined ? { rev: this.#rev, body: this.#base } : undefined;
  }

  get #saved() {
    return this.#base ? fromBody(this.#base, this.outside.content) : BLANK;
  }

  /** @returns {Promise<{body: Own, rev: number} | null>} */
  async #read() {
    const { openLogbook, id } = this.outside;
    if (!id) return null;
    const entry = await (await openLogbook()).get(id);
    if (!entry || entry.deleted || entry.kind !== "routine") return null;
    return { body: /** @type {Own} */ (entry.body), rev: entry.rev };
  }

  /** @param {Composition} composition */
  #become(composition) {
    this.composition = composition;
    this.outside.keep(this.dirty ? { base: this.#base, rev: this.#rev, composition } : null);
    return "";
  }
}
