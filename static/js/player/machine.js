// Where a rider is in a routine. Pure: time is passed in, and every change returns a new run.
//
// A run never counts ticks. It keeps the place (`phase`, `elapsedMs`) as it was at the wall-clock
// time `anchor`, and works the present place out from there. A phone that slept comes back at the
// right place, several phases on if that much time has passed.

import { repSeconds, swappingSides } from "./timeline.js";

/**
 * @typedef {import("./timeline.js").Phase} Phase
 * @typedef {{done: number[], skipped: boolean, pain?: (number | null)[]}} Result what each side did
 *   of a set, and how much it hurt (0-10): one number, or left and right where the sides swap
 * @typedef {{phase: number, elapsedMs: number, activeMs: number, result: Result | null}} Tap where a
 *   run was when a tap ended its set, and what was noted of that set before
 */

/**
 * Plain JSON. `anchor` is null while paused, `endedAt` is set once the routine is over.
 * @typedef {object} Run
 * @property {number} startedAt ms since the epoch
 * @property {number} phase index into the phases; their number when all are through
 * @property {number} elapsedMs time spent in the phase, as of `anchor`
 * @property {number | null} anchor ms since the epoch
 * @property {number} [extraMs] what the rider added to this rest; older apps kept runs without it
 * @property {number} activeMs time played, pauses left out
 * @property {number | null} endedAt ms since the epoch
 * @property {Record<string, Result>} results by index of the phase
 * @property {Tap} [tap] the last thing that happened, as long as it may be taken back
 */

/**
 * Nobody follows a routine for two hours without the page running once: the phone was put away.
 * Then the clock stops where the page was last alive, and nothing is counted as done.
 */
export const LONG_GAP_MS = 2 * 60 * 60 * 1000;

/** Back starts the set again once it is this old; before that it goes to what was before it. */
export const RESTART_AFTER_MS = 3000;

/** So long after a tap it may be taken back, in time played. */
export const UNDO_MS = 6000;

/** One press makes a rest this much longer. */
export const EXTRA_REST_MS = 15_000;

/**
 * Begin a routine.
 * @param {number} now ms since the epoch
 * @returns {Run}
 */
export function start(now) {
  return {
    startedAt: now,
    phase: 0,
    elapsedMs: 0,
    extraMs: 0,
    anchor: now,
    activeMs: 0,
    endedAt: null,
    results: {},
  };
}

/**
 * Bring `run` to the time `now`: sets and rests that are due are through, at whatever spacing this
 * is called.
 * @param {Run} run
 * @param {Phase[]} phases
 * @param {number} now ms since the epoch
 * @returns {Run}
 */
export function tick(run, phases, now) {
  if (run.anchor === null) return run;
  const gap = now - run.anchor;
  if (gap > LONG_GAP_MS) return { ...run, anchor: null };
  if (gap < 0) return { ...run, anchor: now }; // The clock was set back: go on from here.
  let { phase, results, extraMs = 0 } = run;
  const late = run.tap && run.activeMs + gap - run.tap.activeMs >= UNDO_MS;
  let elapsedMs = run.elapsedMs + gap;
  while (phase < phases.length && elapsedMs >= phases[phase].seconds * 1000 + extraMs) {
    elapsedMs -= phases[phase].seconds * 1000 + extraMs;
    results = record(results, phases, phase, Number.POSITIVE_INFINITY, false);
    phase += 1;
    extraMs = 0;
  }
  const at = { ...(late ? untapped(run) : run), phase, results, extraMs };
  if (phase < phases.length) return { ...at, elapsedMs, anchor: now, activeMs: run.activeMs + gap };
  const activeMs = run.activeMs + gap - elapsedMs;
  return { ...at, elapsedMs: 0, anchor: null, activeMs, endedAt: now - elapsedMs };
}

/**
 * Stop the clock.
 * @param {Run} run
 * @param {Phase[]} phases
 * @param {number} now
 * @returns {Run}
 */
export function pause(run, phases, now) {
  return { ...tick(run, phases, now), anchor: null };
}

/**
 * Let the clock run again.
 * @param {Run} run
 * @param {Phase[]} _phases
 * @param {number} now
 * @returns {Run}
 */
export function resume(run, _phases, now) {
  if (run.anchor !== null || run.endedAt !== null) return run;
  return { ...run, anchor: now };
}

/**
 * Rest for longer: the rest, and with it the end of the routine, moves away. Presses add up.
 * @param {Run} run
 * @param {Phase[]} phases
 * @param {number} now
 * @returns {Run}
 */
export function restLonger(run, phases, now) {
  const at = tick(run, phases, now);
  if (at.endedAt !== null || phases[at.phase].type !== "rest") return at;
  return { ...at, extraMs: (at.extraMs ?? 0) + EXTRA_REST_MS };
}

/**
 * Leave the phase; a set that is left is recorded as skipped, with what was done of it.
 * @param {Run} run
 * @param {Phase[]} phases
 * @param {number} now
 * @returns {Run}
 */
export function skip(run, phases, now) {
  const at = tick(run, phases, now);
  if (at.endedAt !== null) return at;
  const results = record(at.results, phases, at.phase, at.elapsedMs, true);
  return enter({ ...at, results }, phases, at.phase + 1, now);
}

/**
 * Take a set by repetitions as done, ahead of the count, and go on to what comes. A second tap,
 * before the count has come to one repetition, is none: nobody is that quick. A tap may have been a
 * slip, so that for a moment it can be taken back.
 * @param {Run} run
 * @param {Phase[]} phases
 * @param {number} now
 * @returns {Run}
 */
export function done(run, phases, now) {
  const at = tick(run, phases, now);
  const phase = phases[at.phase];
  const counts = at.anchor !== null && phase.type === "work" && phase.kind === "reps";
  if (!counts || at.elapsedMs < repSeconds(phase) * 1000) return at;
  const results = record(at.results, phases, at.phase, Number.POSITIVE_INFINITY, false);
  const { elapsedMs, activeMs } = at;
  const tap = { phase: at.phase, elapsedMs, activeMs, result: at.results[at.phase] ?? null };
  return { ...enter({ ...at, results }, phases, at.phase + 1, now), tap };
}

/**
 * Take a tap back: the set goes on, and stands where it would stand without the tap.
 * @param {Run} run
 * @param {Phase[]} phases
 * @param {number} now
 * @returns {Run}
 */
export function undo(run, phases, now) {
  const at = tick(run, phases, now);
  if (!at.tap) return at;
  const { phase, result, elapsedMs, activeMs } = at.tap;
  const { [phase]: taken, ...others } = at.results;
  const pain = taken?.pain && { pain: taken.pain }; // What hurt, hurt.
  const kept = result ?? (pain ? { done: taken.done.map(() => 0), skipped: false } : null);
  const results = kept ? { ...others, [phase]: { ...kept, ...pain } } : others;
  const played = elapsedMs + at.activeMs - activeMs;
  const before = { ...untapped(at), phase, results, elapsedMs: played, extraMs: 0, endedAt: null };
  // The count may have come to its end meanwhile.
  return at.anchor === null ? before : tick(before, phases, now);
}

/**
 * Leave the exercise: what is left of its sets is recorded as skipped.
 * @param {Run} run
 * @param {Phase[]} phases
 * @param {number} now
 * @returns {Run}
 */
export function skipExercise(run, phases, now) {
  let at = tick(run, phases, now);
  const item = phases[at.phase]?.item;
  while (at.endedAt === null && phases[at.phase].item === item) at = skip(at, phases, now);
  return at;
}

/**
 * Take back a tap that has just been made; else start the set again, or go to what was before it.
 * What was done stays done.
 * @param {Run} run
 * @param {Phase[]} phases
 * @param {number} now
 * @returns {Run}
 */
export function back(run, phases, now) {
  const at = tick(run, phases, now);
  if (at.endedAt !== null) return at;
  if (at.tap) return undo(at, phases, now);
  const results = record(at.results, phases, at.phase, at.elapsedMs, false);
  const again = phases[at.phase].type === "work" && at.elapsedMs >= RESTART_AFTER_MS;
  return enter({ ...at, results }, phases, Math.max(0, at.phase - (again ? 0 : 1)), now);
}

/**
 * End the routine here. The place is kept, so `reopen` can take it up again.
 * @param {Run} run
 * @param {Phase[]} phases
 * @param {number} now
 * @returns {Run}
 */
export function finish(run, phases, now) {
  const at = tick(run, phases, now);
  return at.endedAt === null ? { ...untapped(at), anchor: null, endedAt: now } : at;
}

/**
 * Take back an end that came too early, be it a tap's: paused, where it was.
 * @param {Run} run
 * @param {Phase[]} phases
 * @returns {Run}
 */
export function reopen(run, phases) {
  if (run.tap) return undo(run, phases, run.endedAt ?? 0);
  return run.phase < phases.length ? { ...run, endedAt: null } : run;
}

/**
 * Take up a run that was put down with the page (closed, reloaded, killed): paused, at the place of
 * its last commit. Time without the page, short or long, is never counted as done.
 * @param {Run} run
 * @returns {Run}
 */
export function restore(run) {
  return { ...run, anchor: null };
}

/**
 * Note how much the set hurts that `run` stands in, leads to, or has just rested from. Where it was
 * more before, that stays.
 * @param {Run} run
 * @param {Phase[]} phases
 * @param {number} pain 0-10
 * @param {string} side that hurts: L, R or any
 * @returns {Run}
 */
export function hurt(run, phases, pain, side) {
  const index = painfulSet(phases, run.phase);
  const phase = phases[index];
  if (!phase) return run;
  const parts = phase.side === "alternate" ? ["L", "R"] : [phase.side];
  const here = parts.map((part) => parts.length === 1 || !parts.includes(side) || part === side);
  const old = run.results[index] ?? { done: parts.map(() => 0), skipped: false };
  const worst = (/** @type {number} */ n) => Math.max(pain, old.pain?.[n] ?? 0);
  const pains = parts.map((_, n) => (here[n] ? worst(n) : (old.pain?.[n] ?? null)));
  return { ...run, results: { ...run.results, [index]: { ...old, pain: pains } } };
}

/** @param {Phase[]} phases @param {number} index @returns {number} index of a set; -1: there is none */
function painfulSet(phases, index) {
  const { type, item } = phases[index] ?? {};
  const sets = [...phases.keys()].filter(
    (n) => phases[n].type === "work" && phases[n].item === item,
  );
  if (type === "rest") return sets.findLast((n) => n < index) ?? -1;
  return sets.find((n) => n >= index) ?? -1;
}

/**
 * Say what was done of each set, the set that `run` stands in included.
 * @param {Run} run
 * @param {Phase[]} phases
 * @returns {Record<string, Result>} by index of the phase; sets never reached are absent
 */
export function results(run, phases) {
  return record(run.results, phases, run.phase, run.elapsedMs, false);
}

/**
 * @param {Run} run
 * @param {Phase[]} phases
 * @param {number} phase
 * @param {number} now
 * @returns {Run}
 */
function enter(run, phases, phase, now) {
  const over = phase >= phases.length;
  const anchor = over || run.anchor === null ? null : now;
  const endedAt = over ? now : null;
  return { ...untapped(run), phase, elapsedMs: 0, extraMs: 0, anchor, endedAt };
}

/** @param {Run} run @returns {Run} with nothing to take back */
function untapped({ tap: _tap, ...run }) {
  return run;
}

/**
 * Note what was done of a set. Doing it again never takes anything away.
 * @param {Record<string, Result>} results
 * @param {Phase[]} phases
 * @param {number} index
 * @param {number} elapsedMs
 * @param {boolean} skipped
 */
function record(results, phases, index, elapsedMs, skipped) {
  const phase = phases[index];
  if (phase?.type !== "work") return results;
  const old = results[index];
  const done = doneOf(phase, elapsedMs);
  const best = done.map((amount, side) => Math.max(amount, old?.done[side] ?? 0));
  if (!skipped && !old && best.every((amount) => amount === 0)) return results;
  const result = { ...old, done: best, skipped: skipped || (old?.skipped ?? false) };
  return { ...results, [index]: result };
}

/**
 * Count whole repetitions or seconds done `elapsedMs` into a set.
 * @param {Phase} phase
 * @param {number} elapsedMs
 * @returns {number[]} one number, or left and right where the sides swap
 */
export function doneOf(phase, elapsedMs) {
  const { target, side, kind } = phase;
  const unitMs = 1000 * (kind === "hold" ? 1 : repSeconds(phase));
  const count = Math.floor(elapsedMs / unitMs);
  if (side !== "alternate") return [Math.min(target, count)];
  const [one, other] =
    kind === "hold"
      ? [Math.min(target, count), clamp(count - target, target)]
      : [Math.min(target, Math.ceil(count / 2)), Math.min(target, Math.floor(count / 2))];
  return swappingSides(phase)[0] === "L" ? [one, other] : [other, one];
}

/** @param {number} value @param {number} max */
function clamp(value, max) {
  return Math.max(0, Math.min(max, value));
}
