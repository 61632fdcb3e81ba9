// What a rider has to know of this phone before and while a routine runs. Pure.

/** @import { Screen } from "./visit.js" */

const NO_PLACE =
  "This phone will not keep your place just now. Leave this page open until you have saved.";
const KEEP_SCREEN_ON =
  "This browser cannot keep the screen on: turn on pocket mode, or set your phone to stay awake.";
const POCKET = "Pocket mode is on: once it has begun, you may lock the phone and put it away.";
const NO_POCKET = "No pocket mode here just now: keep the screen on.";

/**
 * @param {Screen} screen
 * @param {{unkept: boolean, pocket: boolean, refused: boolean, lit: boolean}} phone `unkept`: it does
 *   not keep the place; `refused`: it does not play the track of pocket mode; `lit`: it can keep
 *   the screen on
 * @returns {string[]} sentences, the gravest first
 */
export function notesOf(screen, { unkept, pocket, refused, lit }) {
  const ready = screen === "ready";
  return [
    unkept ? NO_PLACE : "",
    ready && pocket ? POCKET : "",
    ready && !pocket && !lit ? KEEP_SCREEN_ON : "",
    screen === "play" && pocket && refused ? NO_POCKET : "",
  ].filter(Boolean);
}
