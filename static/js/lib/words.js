// The logbook's words, the same on every screen.

export { entriesWord } from "./entries-word.js";

/** @typedef {import("../data/logbook.js").EntryView} EntryView */

/** @type {Record<string, string>} */
export const STATE_WORDS = {
  phone: "On this phone",
  synced: "Synced",
  attention: "Needs attention",
};

/**
 * A pain rating in words and its class. 0-2 fine, 3-5 watch it, 6-10 too much: the plan's green,
 * amber and red (Thomeé 1997, in whole numbers).
 * @param {number} pain 0-10
 */
export function painWord(pain) {
  if (pain <= 2) return { word: "fine", tone: "pain-good" };
  if (pain <= 5) return { word: "watch it", tone: "pain-warn" };
  return { word: "too much", tone: "pain-bad" };
}

/** @param {number} seconds */
export function minutes(seconds) {
  return Math.max(1, Math.round(seconds / 60));
}

/** @param {Record<string, any>} body */
export function sessionName(body) {
  return body.routine_name || "Something else";
}

/**
 * The first `most` characters of notes on one line, cut at a word.
 * @param {string} text
 */
export function excerpt(text, most = 140) {
  const line = text.replace(/\s+/g, " ").trim();
  if (line.length <= most) return line;
  return `${line.slice(0, most).replace(/\s+\S*$/, "")} …`;
}

/**
 * "just now", "5 minutes ago", "3 hours ago", "2 days ago".
 * @param {number} then ms since the epoch
 * @param {number} now
 */
export function ago(then, now) {
  const minutesAgo = Math.floor((now - then) / 60_000);
  if (minutesAgo < 1) return "just now";
  const [count, unit] =
    minutesAgo < 60
      ? [minutesAgo, "minute"]
      : minutesAgo < 1440
        ? [Math.floor(minutesAgo / 60), "hour"]
        : [Math.floor(minutesAgo / 1440), "day"];
  return `${count} ${unit}${count === 1 ? "" : "s"} ago`;
}
