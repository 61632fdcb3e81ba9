// Which side first? Open until it was answered once; after that a line to change one's mind in.
import { html, nothing } from "lit";
import { choicesIn } from "../sides.js";

/** @typedef {import("../sides.js").Sides} Sides */
/** @typedef {import("../sides.js").Choice} Choice */

const WORDS = { L: "left", R: "right" };

/**
 * @param {Parameters<typeof choicesIn>[0]} routine
 * @param {Parameters<typeof choicesIn>[1]} exercises
 * @param {Sides} sides
 * @param {(change: Partial<Choice>) => void} choose
 */
export function sidesAsked(routine, exercises, sides, choose) {
  const asks = choicesIn(routine, exercises);
  if (!asks.first) return nothing;
  const { first, turns } = sides.order;
  const [one, other] = first === "L" ? ["left", "right"] : ["right", "left"];
  const radio = (/** @type {Partial<Choice>} */ change, /** @type {string} */ word) => {
    const [[name, value]] = Object.entries(change);
    return html`<label class="choice">
      <input
        type="radio"
        name="sides-${name}"
        value=${value}
        .checked=${(name === "first" ? first : turns) === value}
        @change=${() => choose(change)}
      />
      <span>${word}</span>
    </label>`;
  };
  return html`
    <details class="player-sides" ?open=${sides.fresh}>
      <summary>
        Sides: ${one}
        first${asks.turns ? `, ${turns === "set" ? "in turns" : "then the other"}` : ""}
      </summary>
      <fieldset>
        <legend>Which side first?</legend>
        ${radio({ first: "L" }, "Left")} ${radio({ first: "R" }, "Right")}
      </fieldset>
      <p class="meta">
        ${sides.sore ? `Your log says that the ${WORDS[sides.sore]} one hurt last. ` : nothing}The
        weaker side goes first, while you are fresh.
      </p>
      ${
        asks.turns
          ? html`<fieldset>
              <legend>And its sets?</legend>
              ${radio({ turns: "set" }, `In turns: ${one}, ${other}, ${one}, ${other}`)}
              ${radio({ turns: "side" }, `All sets ${one}, then all sets ${other}`)}
            </fieldset>`
          : nothing
      }
    </details>
  `;
}
