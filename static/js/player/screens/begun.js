// The screens of a routine that was begun. The player fetches them then: a first visit does without.
export { end, saved } from "./end.js";
export { leftovers, offer } from "./leftovers.js";

const style = document.createElement("link");
style.rel = "stylesheet";
style.href = "/static/css/components/session-form.css";
document.head.append(style);
