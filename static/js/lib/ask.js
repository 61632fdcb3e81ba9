import { html, render } from "lit";

/**
 * Ask before something that cannot be undone. Escape, and the way back, mean no.
 * @param {{title: string, words: string, yes: string, no: string}} question
 * @returns {Promise<boolean>}
 */
export function ask({ title, words, yes, no }) {
  const dialog = document.createElement("dialog");
  dialog.className = "card log-dialog";
  dialog.setAttribute("aria-labelledby", "ask-title");
  render(
    html`<form method="dialog" class="stack">
      <h2 id="ask-title">${title}</h2>
      <p>${words}</p>
      <div class="actions">
        <button class="button" value="no">${no}</button>
        <button class="button button-danger" value="yes">${yes}</button>
      </div>
    </form>`,
    dialog,
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}
