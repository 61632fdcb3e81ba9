// Days as the rider lived them: YYYY-MM-DD in the zone where the session was done, never the UTC day.

const DAY_MS = 86_400_000;

/** @type {Map<string, Intl.DateTimeFormat>} Making a formatter costs more than using it 100 times. */
const clocks = new Map();

/**
 * The formatter of a zone; an unknown zone reads as UTC, so that an odd import can still be shown.
 * @param {string} zone IANA name
 */
function clockOf(zone) {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = makeClock(zone) ?? /** @type {Intl.DateTimeFormat} */ (makeClock("UTC"));
    clocks.set(zone, clock);
  }
  return clock;
}

/** @param {string} timeZone */
function makeClock(timeZone) {
  try {
    return new Intl.DateTimeFormat("en-GB", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
  } catch {
    return null;
  }
}

/**
 * What calendar and wall clock show at an instant.
 * @param {number} ms since the epoch
 * @param {string} zone
 * @returns {{date: string, time: string}} YYYY-MM-DD and HH:MM:SS
 */
export function wall(ms, zone) {
  const part = Object.fromEntries(
    clockOf(zone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, value]),
  );
  return {
    date: `${part.year.padStart(4, "0")}-${part.month}-${part.day}`,
    time: `${part.hour}:${part.minute}:${part.second}`,
  };
}

/** The IANA name of the zone this device is in. */
export function hereZone() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return /^[A-Za-z]/.test(zone) ? zone : "UTC"; // some report a bare offset such as "+05:30"
}

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
