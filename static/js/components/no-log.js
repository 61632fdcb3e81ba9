// What a page of the log says when the browser does not let it have the log.
import { html, render } from "lit";

/** What shows nothing without the log, and has no words of its own for that. */
const WAITING =
  "sync-status:has(+ log-list), log-list, log-entry, log-form[data-edits], sync-page, settings-panel";

/** Say it above what waits for the log; other pages do without. */
export function sayNoLog() {
  const waiting = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(WAITING));
  if (!waiting.length) return;
  const notice = document.createElement("div");
  waiting[0].before(notice);
  for (const one of waiting) one.hidden = true;
  render(words, notice);
}

const words = html`<section class="notice notice-bad stack" role="alert">
  <h2>Your log will not open just now</h2>
  <p>
    The browser keeps it shut, as it does now and then after a while in the background. What you
    saved is still on this phone. Load the page again; if that is no use, close the app and open it
    anew. In a private window there may be no log to open at all.
  </p>
  <p><button type="button" class="button" @click=${() => location.reload()}>Reload</button></p>
</section>`;
