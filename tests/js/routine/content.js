// The real content, for what reads more of it than the player does.
import { content as published } from "../player/content.js";

export const content =
  /** @type {import("../../../static/js/routine/dose.js").Content & {routines: Record<string, any>,
   *   exercises: Record<string, import("../../../static/js/routine/dose.js").PlanExercise & {duration_s: number}>}} */ (
    /** @type {unknown} */ (published)
  );

let made = 0;

/** The next of a row of ids. */
export function newId() {
  made += 1;
  return `01900000-0000-7000-8000-${String(made).padStart(12, "0")}`;
}
