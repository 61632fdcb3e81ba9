// One session in one line of facts, for the list and for today.
import { html, nothing } from "lit";
import { dayHeading, dayOf, hereZone, startTime, wall } from "./days.js";
import { minutes, painWord, STATE_WORDS } from "./words.js";

/** @typedef {import("../data/types.js").EntryView} EntryView */

/** @param {EntryView} entry */
export function stateOf({ state }) {
  return html`<span class="log-state log-state-${state}">${STATE_WORDS[state]}</span>`;
}

/** @param {Record<string, any>} body */
export function factsOf(body) {
  const facts = [
    startTime(body, hereZone()),
    body.duration_s == null ? "" : `${minutes(body.duration_s)} min`,
    body.effort == null ? "" : `effort ${body.effort}`,
  ];
  return html`<span class="figures">${facts.filter(Boolean).join(" · ")}</span>${painOf(body)}`;
}

/** Which day it counts for; empty for what has none. @param {Record<string, any>} body */
export function dayWords(body) {
  if (!body.date && !body.started_at) return "";
  return dayHeading(dayOf(body), wall(Date.now(), hereZone()).date);
}

/** @param {Record<string, any>} body */
function painOf({ pain_peak: pain }) {
  if (pain == null) return nothing;
  const { word, tone } = painWord(pain);
  return html` <span class="log-pain ${tone}">pain ${pain}, ${word}</span>`;
}
