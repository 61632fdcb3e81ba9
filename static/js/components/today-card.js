import { html, LitElement, nothing } from "lit";
import { loadContent } from "../data/content.js";
import { openLogbook } from "../data/logbook.js";
import { dayHeading, dayOf, hereZone, wall } from "../lib/days.js";
import { factsOf, stateOf } from "../lib/entry-line.js";
import { mayActivate, suggest } from "../lib/suggest.js";
import { ago, sessionName } from "../lib/words.js";

/** Enough for two weeks of four sessions a day. */
const LOOK_BACK = 60;
const SHOWN = 3;

/** `<today-card>` shows the one next step of today, a way to ride warmed up, and the last sessions. */
class TodayCard extends LitElement {
  static properties = {
    entries: { state: true },
    draft: { state: true },
    content: { state: true },
  };

  constructor() {
    super();
    /** @type {import("../data/types.js").EntryView[] | null} */
    this.entries = null;
    /** @type {{routine: string, name: string, savedAt: number} | null} */
    this.draft = null;
    /** @type {any} */
    this.content = null;
  }

  createRenderRoot() {
    return this;
  }

  async connectedCallback() {
    super.connectedCallback();
    const [content, logbook] = await Promise.all([loadContent(), openLogbook()]);
    await this.#read(logbook);
    this.content = content;
    logbook.subscribe(() => this.#read(logbook));
    document.addEventListener("visibilitychange", () => this.requestUpdate());
  }

  /** @param {import("../data/logbook.js").Logbook} logbook */
  async #read(logbook) {
    const [{ entries }, draft] = await Promise.all([
      logbook.list({ limit: LOOK_BACK }),
      logbook.draft.get(),
    ]);
    this.entries = entries;
    this.draft = draft?.routine ? draft : null;
  }

  /** What the server wrote stays until we know better. */
  willUpdate() {
    if (this.content && this.entries) this.querySelector(":scope > [data-first]")?.remove();
  }

  render() {
    if (!this.content || !this.entries) return nothing;
    const { routines } = this.content;
    const day = wall(Date.now(), hereZone()).date;
    const done = this.entries.map(({ body }) => ({ routine: body.routine, date: dayOf(body) }));
    return html`
      ${this.draft ? this.#resume(this.draft) : this.#next(suggest(done, routines, day))}
      ${!this.draft && mayActivate(done, routines, day) ? this.#ride() : nothing}
      <p><a href="/routines/mine">My routines</a></p>
      ${this.#last(day)}
    `;
  }

  /** @param {{routine: string, name: string, savedAt: number}} draft */
  #resume({ routine, name, savedAt }) {
    return html`<section class="card stack log-next">
      <p class="meta">You were in the middle of it, ${ago(savedAt, Date.now())}.</p>
      <h2>${name}</h2>
      <p><a class="button button-big" href="/play/${routine}">Resume</a></p>
    </section>`;
  }

  /** @param {import("../lib/suggest.js").Suggestion} suggestion */
  #next({ slug, why }) {
    const routine = slug ? this.content.routines[slug] : null;
    if (!routine) {
      return html`<section class="card stack log-next">
        <h2>Done for today</h2>
        <p>${why}</p>
      </section>`;
    }
    return html`<section class="card stack log-next">
      <p class="meta">${why}</p>
      <h2>${routine.name} <span class="log-minutes">${routine.minutes} min</span></h2>
      <p>${routine.summary}</p>
      <div class="cluster">
        <a class="button button-big" href="/play/${routine.slug}">Start</a>
        <a href="/routines/${routine.slug}">What is in it</a>
      </div>
    </section>`;
  }

  #ride() {
    const { slug, name, minutes } = this.content.routines["activate-express"];
    return html`<section class="card log-ride">
      <p><strong>Riding today?</strong> Wake the glutes up first: ${minutes} minutes.</p>
      <a class="button button-quiet" href="/play/${slug}">${name}</a>
    </section>`;
  }

  /** @param {string} today */
  #last(today) {
    const entries = this.entries?.slice(0, SHOWN) ?? [];
    if (!entries.length) return nothing;
    return html`<section class="stack log-last">
      <h2>Last sessions</h2>
      <ul class="link-list">
        ${entries.map(
          (entry) =>
            html`<li>
              <a href="/log/${entry.id}">
                <span class="link-name">${sessionName(entry.body)}</span>
                ${stateOf(entry)}
                <span class="meta"
                  >${dayHeading(dayOf(entry.body), today)}, ${factsOf(entry.body)}</span
                >
              </a>
            </li>`,
        )}
      </ul>
      <p><a href="/log/">The whole log</a></p>
    </section>`;
  }
}

customElements.define("today-card", TodayCard);
