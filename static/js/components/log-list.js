import { html, LitElement, nothing } from "lit";
import { openLogbook } from "../data/logbook.js";
import { dayOf, hereZone, wall } from "../lib/days.js";
import { groupByMonth } from "../lib/grouping.js";
import { LogPages } from "../lib/log-pages.js";
import { sessionName } from "../lib/words.js";
import "./log-month.js";

/** @typedef {import("../data/types.js").EntryView} EntryView */

/** `<log-list>` shows every session, newest first, by the local day it was done on. */
class LogList extends LitElement {
  static properties = {
    months: { state: true },
    pinned: { state: true },
    removed: { state: true },
    said: { state: true },
    today: { state: true },
  };

  /** @type {LogPages | null} */
  #pages = null;
  #observer = new IntersectionObserver(
    (seen) => seen.some((one) => one.isIntersecting) && this.#more(),
    { rootMargin: "1500px" },
  );

  constructor() {
    super();
    /** @type {import("../lib/grouping.js").Month[] | null} null until the first page was read */
    this.months = null;
    /** @type {EntryView | null} just saved, but too long ago to be on the first pages */
    this.pinned = null;
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
    const pages = new LogPages(logbook);
    this.#pages = pages;
    logbook.subscribe(({ type, ids }) => {
      if (type === "entries") pages.update(ids ?? []).then(() => this.#show());
      if (type === "sync") pages.catchUp().then((read) => read && this.#show());
      if (type === "rider") pages.restart().then(() => this.#show());
    });
    await pages.restart();
    await this.#show();
    await this.#arrive();
  }

  updated() {
    this.setAttribute("aria-busy", String(this.months === null));
    this.#observer.disconnect();
    // Other offers would lie over Undo, and a reload would take it away.
    const { dataset } = document.documentElement;
    if (this.removed) dataset.busy = "undo";
    else if (dataset.busy === "undo") delete dataset.busy;
    const button = this.querySelector("[data-older]");
    if (button) this.#observer.observe(button);
  }

  render() {
    if (!this.months) return html`<p class="meta">Opening your log …</p>`;
    return html`
      <p class="visually-hidden" role="status">${this.said}</p>
      ${this.#pinned()} ${this.months.length ? nothing : empty}
      ${this.months.map(
        (month) => html`<log-month .month=${month} .today=${this.today}></log-month>`,
      )}
      ${
        this.#pages?.older
          ? html`<button type="button" class="button button-quiet" data-older @click=${this.#more}>
              Show older
            </button>`
          : nothing
      }
      ${this.removed ? this.#toast(this.removed) : nothing}
    `;
  }

  #pinned() {
    if (!this.pinned || this.#pages?.has(this.pinned.id)) return nothing;
    const date = dayOf(this.pinned.body);
    const month = { month: "", days: [{ date, entries: [this.pinned] }] };
    return html`<section class="notice" aria-label="Just saved">
      <p>Just saved. It has its place further down:</p>
      <log-month .month=${month} .today=${this.today}></log-month>
    </section>`;
  }

  /** @param {EntryView} entry */
  #toast({ body }) {
    return html`<section class="toast cluster log-toast" aria-label="Deleted">
      <p><strong>${sessionName(body)}</strong> is deleted.</p>
      <button type="button" class="button" data-undo @click=${this.#undo}>Undo</button>
      <button type="button" class="button button-quiet" @click=${this.#dismiss}>Close</button>
    </section>`;
  }

  #show() {
    this.months = groupByMonth(this.#pages?.entries ?? [], this.months ?? []);
    this.today = today();
    return this.updateComplete;
  }

  async #more() {
    await this.#pages?.more();
    await this.#show();
  }

  /** Say what the page before did, as the address tells: `#saved-<id>`, `#deleted-<id>`. */
  async #arrive() {
    const [, deed, id] = location.hash.match(/^#(saved|deleted)-([0-9a-f-]{36})$/) ?? [];
    if (!deed) return;
    history.replaceState(null, "", location.pathname);
    if (deed === "deleted") return this.#offerUndo(await (await openLogbook()).get(id));
    this.said = "Saved on this phone.";
    await this.#focus(id);
  }

  /** @param {EntryView} entry */
  async #remove(entry) {
    await (await openLogbook()).remove(entry.id);
    await this.#settle(entry.id);
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
    await this.#settle(entry.id);
    this.said = `${sessionName(entry.body)} is back.`;
    await this.#focus(entry.id);
  }

  #dismiss() {
    this.removed = null;
    const first = this.querySelector(".log-name") ?? document.querySelector("#main");
    /** @type {HTMLElement | null} */ (first)?.focus();
  }

  /** @param {string} id */
  async #settle(id) {
    await this.#pages?.update([id]);
    await this.#show();
  }

  /** Bring an entry into view. @param {string} id */
  async #focus(id) {
    if (!this.#pages?.has(id)) this.pinned = await (await openLogbook()).get(id);
    await this.updateComplete;
    /** @type {NodeListOf<LitElement>} */
    const months = this.querySelectorAll("log-month");
    await Promise.all([...months].map((month) => month.updateComplete));
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
