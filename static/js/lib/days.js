// Days as the rider lived them: YYYY-MM-DD in the zone where the session was done, never the UTC day.
import { wall } from "./zone.js";

export { hereZone, wall } from "./zone.js";

const DAY_MS = 86_400_000;

/**
 * The instant at which a wall clock shows a time. In the hour that spring skips, the hour after;
 * in the hour that autumn repeats, its first run.
 * @param {string} date YYYY-MM-DD
 * @param {string} time HH:MM:SS
 * @param {string} zone
 * @returns {number} ms since the epoch, never below 0
 */
export function instant(date, time, zone) {
  const asUtc = Date.parse(`${date}T${time}Z`);
  const offsets = [asUtc - DAY_MS, asUtc + DAY_MS].map((at) => offsetAt(at, zone));
  const fits = offsets.find((offset) => offsetAt(asUtc - offset, zone) === offset);
  return Math.max(0, asUtc - (fits ?? offsets[0]));
}

/**
 * @param {number} ms
 * @param {string} zone
 */
function offsetAt(ms, zone) {
  const whole = Math.floor(ms / 1000) * 1000;
  const { date, time } = wall(whole, zone);
  return Date.parse(`${date}T${time}Z`) - whole;
}

/**
 * @param {string} date YYYY-MM-DD
 * @param {number} days may be negative
 */
export function addDays(date, days) {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/**
 * The day a session counts for: the local day it was done on.
 * @param {{date?: unknown, started_at?: unknown, tz?: unknown}} body
 */
export function dayOf(body) {
  if (typeof body.date === "string") return body.date;
  return wall(Number(body.started_at) || 0, String(body.tz ?? "UTC")).date;
}

/**
 * "Today", "Yesterday", "Friday 20 November", with the year when it is another one.
 * @param {string} date
 * @param {string} today
 */
export function dayHeading(date, today) {
  if (date === today) return "Today";
  if (date === addDays(today, -1)) return "Yesterday";
  if (date === addDays(today, 1)) return "Tomorrow";
  const at = new Date(Date.parse(date));
  if (Number.isNaN(at.getTime())) return date;
  /** @param {Intl.DateTimeFormatOptions} options */
  const word = (options) => at.toLocaleDateString("en-GB", { ...options, timeZone: "UTC" });
  const year = date.slice(0, 4) === today.slice(0, 4) ? "" : ` ${date.slice(0, 4)}`;
  return `${word({ weekday: "long" })} ${at.getUTCDate()} ${word({ month: "long" })}${year}`;
}

/**
 * "07:10", and the zone's name when the session was done in another zone than this one.
 * @param {{started_at?: unknown, tz?: unknown}} body
 * @param {string} here
 */
export function startTime(body, here) {
  if (typeof body.started_at !== "number") return "";
  const zone = typeof body.tz === "string" && body.tz ? body.tz : here;
  const time = wall(body.started_at, zone).time.slice(0, 5);
  return zone === here ? time : `${time} ${zone.replaceAll("_", " ")} time`;
}
