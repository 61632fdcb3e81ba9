import { html, render } from "lit";

/**
 * Hand a link on: to the phone's own share sheet, or to the clipboard, with the link in sight for
 * where neither works.
 * @param {{title: string, url: string}} link
 */
export async function shareLink({ title, url }) {
  if (navigator.share) {
    try {
      return await navigator.share({ title, url });
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return;
    }
  }
  show(url, await copied(url));
}

/** @param {string} text */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} url
 * @param {boolean} done whether it is in the clipboard
 */
function show(url, done) {
  const dialog = document.createElement("dialog");
  dialog.className = "card log-dialog";
  dialog.setAttribute("aria-labelledby", "share-title");
  const draw = (/** @type {string} */ said) =>
    render(
      html`<form method="dialog" class="stack">
        <h2 id="share-title">Share this routine</h2>
        <p>
          The whole routine is in this link. Who opens it needs no account; a signal only if the app
          is not on their phone yet.
        </p>
        <div class="field">
          <label for="share-url">Link</label>
          <input id="share-url" readonly .value=${url} @focus=${select} />
        </div>
        <p role="status">${said}</p>
        <div class="actions">
          <button type="button" class="button button-quiet" @click=${again}>Copy</button>
          <button class="button">Done</button>
        </div>
      </form>`,
      dialog,
    );
  const again = async () => draw(word(await copied(url)));
  draw(word(done));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** @param {boolean} done */
const word = (done) =>
  done
    ? "Copied. Paste it wherever you like."
    : "This browser does not let us copy. Do it by hand.";

/** @param {Event} event */
const select = ({ target }) => /** @type {HTMLInputElement} */ (target).select();
