import { nothing } from "lit";
import { small } from "../player/screens/figure.js";

/**
 * Show one pose beside the name of an exercise, once the phone holds the pictures: on a first visit
 * they would be a fifth of its weight.
 * @param {string} slug
 * @param {import("./dose.js").Content} content
 */
export function picture(slug, { exercises }) {
  if (!navigator.serviceWorker?.controller) return nothing;
  return small(slug, /** @type {any} */ (exercises));
}
