// What clock and calendar show in a zone, and which zone this is.

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
