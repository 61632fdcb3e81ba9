// The screens of a routine that was begun. The player fetches them then: a first visit does without.
export { end, saved } from "./end.js";
export { askWhatHurts } from "../../components/hurts-dialog.js";
export { leftovers, offer } from "./leftovers.js";

for (const sheet of ["forms", "components/session-form", "components/hurts-dialog"]) {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = `/static/css/${sheet}.css`;
  document.head.append(style);
}
