import assert from "node:assert/strict";
import { test } from "node:test";
import { planOf } from "../../../static/js/player/draft.js";
import { pause, skip, start } from "../../../static/js/player/machine.js";
import { Playback } from "../../../static/js/player/playback.js";
import { exercises, routine } from "./small.js";

const T0 = 1_800_000_000_000;
const plan = planOf({ version: "abc", exercises }, routine, {
  now: T0,
  tz: "UTC",
  newId: () => crypto.randomUUID(),
});

/** A phone with a clock to turn, and a store that answers when it is told to. */
function phone() {
  /** @type {{draft: any, done: () => void, fail: (error: Error) => void}[]} */
  const writes = [];
  const outside = {
    time: T0,
    now: () => outside.time,
    keep: (/** @type {any} */ draft) =>
      new Promise((done, fail) => writes.push({ draft, done: () => done(undefined), fail })),
    changed: () => {},
    taken: () => {},
  };
  const playback = new Playback({ plan, run: start(T0), answers: {} }, outside);
  return { outside, writes, playback };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("the screen shows a change only after it is kept", async () => {
  const { outside, writes, playback } = phone();
  outside.time = T0 + 16_000;
  playback.tick();
  await settled();
  assert.equal(playback.shown.phase, 0);
  writes[0].done();
  await settled();
  assert.equal(playback.shown.phase, 1);
});

test("seconds inside a phase are shown at once, and kept every five", async () => {
  const { outside, writes, playback } = phone();
  playback.commit();
  writes[0].done();
  await settled();
  for (const ms of [250, 500, 4750]) {
    outside.time = T0 + ms;
    playback.tick();
    assert.equal(playback.shown.elapsedMs, ms);
  }
  assert.equal(writes.length, 1);
  outside.time = T0 + 5000;
  playback.tick();
  assert.equal(writes.length, 2);
});

test("a pause is kept", async () => {
  const { outside, writes, playback } = phone();
  outside.time = T0 + 2000;
  const paused = playback.act(pause);
  writes[0].done();
  await paused;
  assert.deepEqual([writes[0].draft.run.anchor, writes[0].draft.run.elapsedMs], [null, 2000]);
});

test("while a write is under way, only the latest place waits for the next", async () => {
  const { writes, playback } = phone();
  for (let presses = 0; presses < 4; presses += 1) playback.act(skip);
  writes[0].done();
  await settled();
  assert.deepEqual(
    writes.map(({ draft }) => draft.run.phase),
    [1, 4],
  );
});

test("a phone that refuses to keep the place goes on, and says so", async () => {
  const { writes, playback } = phone();
  const skipped = playback.act(skip);
  writes[0].fail(new Error("full"));
  await skipped;
  assert.equal(playback.shown.phase, 1);
  assert.match(String(playback.problem), /full/);
});

test("once handed over, nothing brings the draft back", async () => {
  const { outside, writes, playback } = phone();
  playback.act(skip);
  const order = /** @type {string[]} */ ([]);
  const closed = playback.close(async () => order.push("handed over"));
  assert.deepEqual(order, []);
  writes[0].done();
  await closed;
  outside.time = T0 + 60_000;
  playback.tick();
  playback.answer({ notes: "late" });
  await settled();
  assert.deepEqual([order.length, writes.length], [1, 1]);
});

test("a hand-over that fails leaves the run as it was, and kept", async () => {
  const { writes, playback } = phone();
  await assert.rejects(
    playback.close(() => Promise.reject(new Error("full"))),
    /full/,
  );
  playback.answer({ notes: "still here" });
  assert.equal(writes[0].draft.answers.notes, "still here");
});
