// What a session held, set by set, as a table.
import { html, nothing } from "lit";
import { setAmount, setName } from "./entry-words.js";

/** @param {Record<string, any>[]} sets */
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
              <td>${setName(one)}</td>
              <td>${setAmount(one)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </details>`;
}
