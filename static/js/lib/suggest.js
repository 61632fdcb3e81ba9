// What to do next today, by the plan's own order: roll, stretch, activate before a ride, and
// strength A and B in turn. Nothing here knows the rider better than the log does.

import { addDays } from "./days.js";

/**
 * @typedef {{routine: string | null, date: string}} Done
 * @typedef {{step: string, base: string | null}} KnownRoutine
 * @typedef {{slug: string | null, why: string}} Suggestion
 */

/** Strength: two sessions in any seven days, never on two days in a row (the plan's default). */
const STRENGTH_A_WEEK = 2;

/**
 * Suggest one routine.
 * @param {Done[]} done the sessions of the last two weeks or more, newest first
 * @param {Record<string, KnownRoutine>} routines
 * @param {string} today YYYY-MM-DD
 * @returns {Suggestion} slug null when today is done
 */
export function suggest(done, routines, today) {
  const did = doneSteps(done, routines);
  const doneToday = did.filter(({ date }) => date === today).map(({ step }) => step);
  if (!did.length)
    return { slug: "roll-short", why: "Start here: loosen what the saddle tightened." };
  if (!doneToday.includes("foam-roll"))
    return { slug: "roll-short", why: "First, loosen what the saddle tightened." };
  if (!doneToday.includes("stretch"))
    return { slug: "stretch-daily-minimum", why: "You have rolled. Three stretches, every day." };
  return strength(did, today) ?? { slug: null, why: rest(did, today) };
}

/**
 * True while the warm-up before a ride has not been done today.
 * @param {Done[]} done
 * @param {Record<string, KnownRoutine>} routines
 * @param {string} today
 */
export function mayActivate(done, routines, today) {
  return !doneSteps(done, routines).some((one) => one.date === today && one.step === "activate");
}

/**
 * @param {Done[]} done
 * @param {Record<string, KnownRoutine>} routines
 */
function doneSteps(done, routines) {
  return done.flatMap(({ routine, date }) => {
    const known = routine ? routines[routine] : undefined;
    return known ? [{ slug: known.base ?? String(routine), step: known.step, date }] : [];
  });
}

/**
 * @param {{slug: string, step: string, date: string}[]} did
 * @param {string} today
 */
function strengthDays(did, today) {
  const past = did.filter(({ step, date }) => step === "strengthen" && date <= today);
  return { past, week: past.filter(({ date }) => date > addDays(today, -7)) };
}

/**
 * @param {{slug: string, step: string, date: string}[]} did
 * @param {string} today
 * @returns {Suggestion | null}
 */
function strength(did, today) {
  const { past, week } = strengthDays(did, today);
  if (week.length >= STRENGTH_A_WEEK) return null;
  if (week.some(({ date }) => date >= addDays(today, -1))) return null;
  if (past[0]?.slug === "strength-a")
    return {
      slug: "strength-b",
      why: "Rolled and stretched. Last time was Strength A, so B it is.",
    };
  return { slug: "strength-a", why: "Rolled and stretched. A good day for strength." };
}

/**
 * @param {{slug: string, step: string, date: string}[]} did
 * @param {string} today
 */
function rest(did, today) {
  const { week } = strengthDays(did, today);
  if (week.some(({ date }) => date === today))
    return "Rolled, stretched and strong. That is a day.";
  if (week.length >= STRENGTH_A_WEEK)
    return "Rolled and stretched, and this week's strength is in. Muscles grow while you sit.";
  return "Rolled and stretched. Strength was yesterday: today it works by itself.";
}
