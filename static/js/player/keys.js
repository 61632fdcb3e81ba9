// Space pauses, arrows go back and skip, plus makes a rest longer, M turns the sound off. Pure.

/** @type {Record<string, "toggle" | "back" | "skip" | "restLonger" | "mute">} */
const COMMANDS = {
  " ": "toggle",
  ArrowLeft: "back",
  ArrowRight: "skip",
  "+": "restLonger",
  m: "mute",
  M: "mute",
};
const TYPING = "input, textarea, select, dialog, [contenteditable]";
const PRESSABLE = "button, a[href], summary";

/**
 * Say whether a tap hit the stage itself, and nothing on it that has a use of its own.
 * @param {Pick<Event, "target">} event
 */
export function onStage({ target }) {
  return !(/** @type {Element} */ (target).closest(`${PRESSABLE}, ${TYPING}, .stage-bar`));
}

/**
 * Say what a key asks for. Space on a button or link belongs to that button. Characters can be
 * switched off, for whoever speaks to the phone (WCAG 2.1.4).
 * @param {Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "repeat" | "target">} event
 * @param {boolean} [characters] whether they ask for anything
 */
export function commandOf({ key, ctrlKey, metaKey, altKey, repeat, target }, characters = true) {
  const command = characters || !/^[+mM]$/.test(key) ? COMMANDS[key] : undefined;
  const on = (/** @type {string} */ what) =>
    Boolean(/** @type {Element} */ (target)?.closest?.(what));
  if (!command || ctrlKey || metaKey || altKey || repeat || on(TYPING)) return null;
  return command === "toggle" && on(PRESSABLE) ? null : command;
}
