// What a session held, set by set, as a table.
import { html, nothing } from "lit";

/** @typedef {Record<string, any>} SetDone */

/** @type {Record<string, string>} */
const SIDES = { L: "left", R: "right" };
/** @type {Record<string, string>} */
const UNITS = { seconds: "s", metres: "m", reps: "×" };

/** @param {SetDone[]} sets */
export function setsOf(sets) {
  if (!sets.length) return nothing;
  return html`<details class="card fold">
    <summary>${sets.filter((one) => !one.skipped).length} of ${sets.length} sets done</summary>
    <table class="table log-sets">
      <thead>
        <tr>
          <th scope="col">Exercise</th>
          <th scope="col">Done</th>
        </tr>
      </thead>
      <tbody>
        ${sets.map(
          (one) =>
            html`<tr>
              <td>${nameOf(one)}</td>
              <td>${amountOf(one)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`;
}

/** @param {SetDone} one */
function nameOf({ name, exercise, side }) {
  const word = SIDES[side];
  return `${name ?? exercise.replaceAll("-", " ")}${word ? `, ${word}` : ""}`;
}

/** @param {SetDone} one */
function amountOf({ done, target, unit, skipped, load_kg: load, pain }) {
  const count = done == null ? "–" : `${done} ${UNITS[unit] ?? ""}`.trim();
  const aim = target == null || target === done ? "" : ` of ${target}`;
  const rest = [load ? `${load} kg` : "", pain == null ? "" : `pain ${pain}`];
  return [skipped && !done ? "skipped" : count + aim, ...rest].filter(Boolean).join(", ");
}
