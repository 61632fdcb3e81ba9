import { html, LitElement, nothing } from "lit";
import { openLogbook } from "../data/logbook.js";
import { dayHeading, dayOf, hereZone, wall } from "../lib/days.js";
import { groupByDay } from "../lib/grouping.js";
import { sessionName } from "../lib/words.js";
import "./log-day.js";

/** @typedef {import("../data/types.js").EntryView} EntryView */

const FIRST = 50;
const MORE = 100;
/** Changes come in bursts while a sync runs; the list is read once for each burst. */
const SETTLE_MS = 120;

/** `<log-list>` shows every session, newest first, by the local day it was done on. */
class LogList extends LitElement {
  static properties = {
    days: { state: true },
    older: { state: true },
    removed: { state: true },
    said: { state: true },
    today: { state: true },
  };

  /** @type {EntryView[]} */
  #entries = [];
  /** @type {Promise<void>} the reading that is going on; the next waits for it */
  #reading = Promise.resolve();
  #settling = 0;
  #observer = new IntersectionObserver(
    (seen) => seen.some((one) => one.isIntersecting) && this.#more(),
    {
      rootMargin: "1500px",
    },
  );

  constructor() {
    super();
    /** @type {import("../lib/grouping.js").Day[] | null} null until the first page was read */
    this.days = null;
    /** @type {any} the key of the next page, null at the end */
    this.older = null;
    /** @type {EntryView | null} what Undo brings back */
    this.removed = null;
    this.said = "";
    this.today = today();
  }

  createRenderRoot() {
    return this;
  }

  async connectedCallback() {
    super.connectedCallback();
    this.addEventListener("log-remove", (event) => {
      this.#remove(/** @type {CustomEvent<EntryView>} */ (event).detail);
    });
    document.addEventListener("visibilitychange", () => {
      this.today = today();
    });
    const logbook = await openLogbook();
    logbook.subscribe(() => this.#readSoon());
    await this.#read();
    await this.#arrive();
  }

  updated() {
    this.setAttribute("aria-busy", String(this.days === null));
    this.#observer.disconnect();
    const button = this.querySelector("[data-older]");
    if (button) this.#observer.observe(button);
  }

  render() {
    if (!this.days) return html`<p class="meta">Opening your log …</p>`;
    return html`
      <p class="visually-hidden" role="status">${this.said}</p>
      ${this.days.length ? nothing : empty}
      ${this.days.map((day) => html`<log-day .day=${day} .today=${this.today}></log-day>`)}
      ${
        this.older === null
          ? nothing
          : html`<button type="button" class="button button-quiet" data-older @click=${this.#more}>
              Show older
            </button>`
      }
      ${this.removed ? this.#toast(this.removed) : nothing}
    `;
  }

  /** @param {EntryView} entry */
  #toast({ body }) {
    return html`<section class="toast cluster log-toast" aria-label="Deleted">
      <p>${sessionName(body)}, ${dayHeading(dayOf(body), this.today)}, is deleted.</p>
      <button type="button" class="button" data-undo @click=${this.#undo}>Undo</button>
      <button type="button" class="button button-quiet" @click=${this.#dismiss}>Close</button>
    </section>`;
  }

  #readSoon() {
    clearTimeout(this.#settling);
    this.#settling = window.setTimeout(() => this.#read(), SETTLE_MS);
  }

  /** Read again as much as is shown. */
  #read() {
    return this.#next(async (logbook) => {
      const limit = Math.max(FIRST, this.#entries.length);
      const { entries, next } = await logbook.list({ limit });
      this.#show(entries, next);
    });
  }

  #more() {
    return this.#next(async (logbook) => {
      if (this.older === null) return;
      const { entries, next } = await logbook.list({ limit: MORE, after: this.older });
      this.#show([...this.#entries, ...entries], next);
    });
  }

  /** @param {(logbook: import("../data/logbook.js").Logbook) => Promise<void>} read */
  #next(read) {
    this.#reading = this.#reading.then(async () => read(await openLogbook())).catch(() => {});
    return this.#reading.then(() => this.updateComplete);
  }

  /**
   * @param {EntryView[]} entries
   * @param {any} next
   */
  #show(entries, next) {
    this.#entries = entries;
    this.days = groupByDay(entries, this.days ?? []);
    this.older = next;
    this.today = today();
  }

  /** Say what the page before did, as the address tells: `#saved-<id>`, `#deleted-<id>`. */
  async #arrive() {
    const [, deed, id] = location.hash.match(/^#(saved|deleted)-([0-9a-f-]{36})$/) ?? [];
    if (!deed) return;
    history.replaceState(null, "", location.pathname);
    if (deed === "saved") {
      this.said = "Saved on this phone.";
      await this.#focus(id);
    } else await this.#offerUndo(await (await openLogbook()).get(id));
  }

  /** @param {EntryView} entry */
  async #remove(entry) {
    await (await openLogbook()).remove(entry.id);
    await this.#read();
    await this.#offerUndo(entry);
  }

  /** @param {EntryView | null} entry */
  async #offerUndo(entry) {
    this.removed = entry;
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.querySelector("[data-undo]"))?.focus();
  }

  async #undo() {
    const entry = this.removed;
    if (!entry) return;
    await (await openLogbook()).restore(entry.id);
    this.removed = null;
    await this.#read();
    this.said = `${sessionName(entry.body)} is back.`;
    await this.#focus(entry.id);
  }

  #dismiss() {
    this.removed = null;
    const first = this.querySelector(".log-name") ?? document.querySelector("#main");
    /** @type {HTMLElement | null} */ (first)?.focus();
  }

  /** Bring an entry into view, however old it is. @param {string} id */
  async #focus(id) {
    while (this.older !== null && !this.#entries.some((one) => one.id === id)) await this.#more();
    /** @type {NodeListOf<LitElement>} */
    const days = this.querySelectorAll("log-day");
    await Promise.all([...days].map((day) => day.updateComplete));
    const row = document.getElementById(`entry-${id}`);
    row?.classList.add("log-fresh");
    row?.scrollIntoView({ block: "center" });
    row?.focus({ preventScroll: true });
  }
}

const today = () => wall(Date.now(), hereZone()).date;

const empty = html`<section class="card stack">
  <h2>Nothing here yet</h2>
  <p>
    Every session you finish lands here, with how hard it was and what it did to the pain. The
    shortest takes seven minutes.
  </p>
  <p><a class="button" href="/today">See what is first today</a></p>
</section>`;

customElements.define("log-list", LogList);
