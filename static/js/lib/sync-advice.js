// What waits, since when, and what happens next, in words for the page about the sync. Pure.
import { dayHeading, wall } from "./days.js";
import { entriesWord } from "./words.js";

/**
 * @typedef {import("../data/types.js").SyncState} SyncState
 * @typedef {import("../data/types.js").Unsynced} Unsynced
 * @typedef {"sign-in" | "register" | "reload" | "update" | "sync" | "scratch" | null} Act
 */

/** Below this a phone's clock is as good as any. */
const CLOCK_MS = 5 * 60_000;

/** @typedef {{title: string, words: string, act: Act}} Step */

/** @type {Record<string, Step>} */
const STEPS = {
  local: {
    title: "On this phone only",
    words: "With an account your log goes up by itself, and your other devices have it too.",
    act: "register",
  },
  offline: {
    title: "No signal just now",
    words:
      "You need do nothing. While the app is open it is tried again within 15 minutes, and at once when the signal is back.",
    act: "sync",
  },
  stranger: {
    title: "Something is in the way",
    words:
      "This network answers in the server's place, as a café's sign-in page does. Sign in to it, or leave it for another. While the app is open it is tried again within 15 minutes.",
    act: "sync",
  },
  busy: {
    title: "The server asked for a moment",
    words: "You need do nothing: it is tried again by itself in a few minutes.",
    act: "sync",
  },
  "needs-sign-in": {
    title: "Sign in again to go on",
    words: "Your session on the server has ended. Once you are back, all goes up by itself.",
    act: "sign-in",
  },
  "needs-update": {
    title: "The server wants a newer app",
    words: "The new version takes your log over as it is.",
    act: "update",
  },
  "needs-reload": {
    title: "This page has grown stale",
    words: "The server does not recognise this page any more. Load it afresh, and syncing goes on.",
    act: "reload",
  },
  account_deleted: {
    title: "The account is deleted",
    words: "Your log is on this phone and nowhere else. What becomes of it is for you to say.",
    act: null,
  },
  wrong_user: {
    title: "Somebody else is signed in",
    words: "Nothing of yours is sent while they are. Sign in as yourself again, and it goes up.",
    act: "reload",
  },
  check_failed: {
    title: "Counted twice, two results",
    words:
      "This phone and the server disagree on what is in your log. Nothing of it is lost. Syncing from scratch usually settles it; if not, the report at the end of this page helps whoever runs this site.",
    act: "scratch",
  },
  storage_full: {
    title: "This phone is out of room",
    words:
      "What is new on the server does not fit. Delete a film or an app you can spare, then sync again; nothing is lost until then.",
    act: "sync",
  },
  storage_failed: {
    title: "The log will not open just now",
    words:
      "The browser keeps it shut, as it does now and then after a while in the background. What you saved is on this phone. A reload opens it again, as a rule.",
    act: "reload",
  },
  stopped: {
    title: "Syncing has stopped",
    words: "Your log is safe here. A reload starts it again.",
    act: "reload",
  },
  waiting: {
    title: "On the way up",
    words: "You need do nothing: what waits goes up while the app is open.",
    act: "sync",
  },
  attention: {
    title: "Something needs you",
    words: "What it needs is said below. All else goes up by itself.",
    act: "sync",
  },
  synced: {
    title: "All synced",
    words: "This phone and the server hold the same log.",
    act: "sync",
  },
};

/**
 * How it stands, what happens next, and what the rider can do about it.
 * @param {SyncState} sync
 * @returns {Step}
 */
export function nextStep({ state, code = "", waiting, attention }) {
  return (
    STEPS[code] ?? STEPS[state] ?? STEPS[attention ? "attention" : waiting ? "waiting" : "synced"]
  );
}

/**
 * Say that all of it is safe, or nothing where nothing waits.
 * @param {SyncState} sync
 */
export function safety({ waiting, attention }) {
  const many = waiting + attention;
  if (!many) return "";
  return `${entriesWord(many)} ${many === 1 ? "is" : "are"} not on the server yet, and safe on this phone.`;
}

/**
 * What waits of an entry, since when, and how it went so far.
 * @param {Unsynced} item
 * @param {number} now ms since the epoch
 * @param {string} zone IANA name
 */
export function waitWords({ op, state, since, tries, clockOff }, now, zone) {
  const when = moment(since, now, zone);
  const first = {
    create: `Waiting since ${when}.`,
    patch: `Changed ${when}; the change waits.`,
    delete: `Deleted ${when}. Your other devices hear of it once this goes up.`,
  }[op];
  return [
    state === "uploading" ? "Going up now." : first,
    state === "put-off"
      ? `The server stumbled over it ${times(tries)}. From here on it is tried once a day, after all others.`
      : "",
    clockOff ? `This phone's clock was ${apart(clockOff)} then.` : "",
  ]
    .filter(Boolean)
    .join(" ");
}

/**
 * That this phone's clock is off, where it is; nothing else.
 * @param {number | null | undefined} offset ms ahead of the server
 */
export function clockWords(offset) {
  if (offset == null || Math.abs(offset) < CLOCK_MS) return "";
  return `This phone's clock is ${apart(offset)}. It does no harm: your entries keep the times you see, and sync all the same.`;
}

/**
 * That an entry's time may be off.
 * @param {number | undefined} offset ms that the phone was ahead
 */
export function suspectWords(offset) {
  if (!offset) return "";
  return `This phone's clock was ${apart(offset)} when this was saved. If the time looks odd, that is why.`;
}

/**
 * "today, 07:10", "Friday 20 November, 07:10".
 * @param {number} ms since the epoch
 * @param {number} now
 * @param {string} zone IANA name
 */
export function moment(ms, now, zone) {
  const { date, time } = wall(ms, zone);
  const day = dayHeading(date, wall(now, zone).date).replace(
    /^(Today|Yesterday|Tomorrow)$/,
    (one) => one.toLowerCase(),
  );
  return `${day}, ${time.slice(0, 5)}`;
}

/** @param {number} count */
function times(count) {
  return count === 1 ? "once" : count === 2 ? "twice" : `${count} times`;
}

/** "2 hours ahead", "1 day behind". @param {number} offset ms ahead */
function apart(offset) {
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const [count, unit] =
    minutes < 90
      ? [minutes, "minute"]
      : minutes < 20 * 60
        ? [Math.round(minutes / 60), "hour"]
        : [Math.round(minutes / 1440), "day"];
  return `${count} ${unit}${count === 1 ? "" : "s"} ${offset > 0 ? "ahead" : "behind"}`;
}
