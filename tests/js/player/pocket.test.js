import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import {
  back,
  pause,
  restLonger,
  resume,
  skip,
  start,
  tick,
} from "../../../static/js/player/machine.js";
import { Pocket } from "../../../static/js/player/pocket.js";
import { Score } from "../../../static/js/player/score.js";
import { buildTimeline } from "../../../static/js/player/timeline.js";
import { FakeAudio } from "./fake-phone.js";
import { exercises, routine } from "./small.js";

const T0 = 1_800_000_000_000;
const phases = buildTimeline(routine, exercises);
const REST = 35; // the second of the first rest

/** @type {ReturnType<typeof phone>} */
let at;
beforeEach(() => {
  at = phone();
});

/** A phone with a routine that has just begun. */
function phone() {
  const element = new FakeAudio();
  const told = { sounds: 0, stopped: 0, resumed: 0, refused: /** @type {unknown[]} */ ([]) };
  const phone = {
    element,
    told,
    wall: T0,
    run: start(T0),
    sound: "loud",
    /** @type {{from: number, seconds: number}[]} */
    made: [],
    /** What the making of a track waits for. @type {Promise<unknown> | null} */
    slow: null,
    /** @type {Error | null} */
    fails: null,
    score: new Score(() => []),
    /** @type {Pocket} */
    pocket: /** @type {any} */ (null),
    follow(moved = true) {
      phone.score.follow(phone.run, phases, exercises);
      phone.pocket.follow(phone.run, phone.score, phone.sound, moved, render);
    },
    /** @param {(run: typeof phone.run, all: typeof phases, now: number) => typeof phone.run} change */
    act(change) {
      phone.run = change(phone.run, phases, phone.pocket.now());
      phone.follow();
    },
    /** Time passes for the audio and, where it is not stopped, for the page. @param {number} s */
    passes(s) {
      phone.wall += s * 1000;
      element.runs(s);
    },
    look() {
      phone.run = tick(phone.run, phases, phone.pocket.now());
      phone.follow(false);
    },
    async trackIsThere() {
      await new Promise(setImmediate);
      element.loaded();
    },
  };
  const render = async (/** @type {number} */ from, /** @type {number} */ seconds) => {
    phone.made.push({ from, seconds });
    await phone.slow;
    if (phone.fails) throw phone.fails;
    return new Blob(["track"]);
  };
  const outside = {
    wall: () => phone.wall,
    sounds: () => (told.sounds += 1),
    stopped: () => {
      told.stopped += 1;
      phone.act(pause);
    },
    resumed: () => {
      told.resumed += 1;
      phone.act(resume);
    },
    refused: (/** @type {unknown} */ reason) => told.refused.push(reason),
  };
  const audio = /** @type {any} */ (element);
  phone.pocket = new Pocket(outside, new Blob(["silence"]), audio);
  return phone;
}

/** Start, and wait until the track is what is heard. */
async function begun() {
  at.pocket.arm();
  at.follow();
  await at.trackIsThere();
}

test("it plays silence in the tap, and the track from where the run is by then", async () => {
  at.pocket.arm();
  assert.equal(at.element.paused, false);
  assert.equal(at.element.loop, true);
  at.follow();
  at.passes(2);
  assert.equal(at.pocket.sounding, false);
  await at.trackIsThere();
  assert.equal(at.pocket.sounding, true);
  assert.equal(at.told.sounds, 1);
  assert.equal(at.element.loop, false);
  assert.ok(Math.abs(at.element.currentTime - 2) < 0.001);
  assert.ok(at.made[0].seconds > routine.duration_s);
});

test("the player is where the audio is, whatever the page has slept through", async () => {
  await begun();
  at.passes(100);
  at.look();
  assert.equal(at.score.secondOf(at.run), 100);
  at.wall += 7000; // the audio stood still
  at.look();
  assert.equal(at.score.secondOf(at.run), 100);
  assert.equal(at.made.length, 1);
});

test("pause stops it, and resume goes on at the same place", async () => {
  await begun();
  at.passes(20);
  at.act(pause);
  assert.equal(at.element.paused, true);
  at.wall += 60_000;
  at.act(resume);
  assert.equal(at.element.paused, false);
  at.passes(5);
  at.look();
  assert.equal(at.score.secondOf(at.run), 25);
  assert.equal(at.element.currentTime, 25);
  assert.equal(at.told.stopped + at.told.resumed, 0);
});

test("skip moves the audio", async () => {
  await begun();
  at.passes(1);
  at.act(skip);
  assert.equal(at.element.currentTime, 15);
  assert.equal(at.made.length, 1);
});

test("a longer rest is made into a new track, and the clock goes on meanwhile", async () => {
  await begun();
  at.passes(REST + 1);
  at.look();
  at.act(restLonger);
  assert.equal(at.pocket.sounding, false);
  assert.equal(at.element.paused, false); // silence holds the place
  at.passes(1);
  await at.trackIsThere();
  assert.equal(at.made.length, 2);
  assert.equal(at.made[1].from, 15); // the set before can be gone back to
  at.look();
  assert.equal(at.score.secondOf(at.run), REST + 2);
  assert.ok(Math.abs(at.element.currentTime - (REST + 2 - 15)) < 0.001);
});

test("where the audio has fallen behind, a new track goes on where it was", async () => {
  await begun();
  at.passes(REST + 1);
  at.wall += 3000;
  at.look();
  at.act(restLonger);
  at.passes(1);
  await at.trackIsThere();
  at.look();
  assert.equal(at.score.secondOf(at.run), REST + 2);
});

test("going back before the beginning of the track makes another one", async () => {
  at.run = tick(at.run, phases, at.wall);
  at.wall += 60_000;
  at.run = tick(at.run, phases, at.wall);
  await begun();
  assert.equal(at.made[0].from, REST + 5);
  for (let n = 0; n < 3; n += 1) at.act(back);
  await at.trackIsThere();
  assert.equal(at.made.length, 2);
  assert.ok(at.element.currentTime >= 0);
  assert.equal(at.made[1].from + at.element.currentTime, at.score.secondOf(at.run));
});

test("other volumes make another track; an older one that comes late is dropped", async () => {
  await begun();
  /** @type {(value?: unknown) => void} */
  let release = () => {};
  at.slow = new Promise((done) => (release = done));
  at.sound = "soft";
  at.follow(false);
  at.slow = null;
  at.sound = "softer";
  at.follow(false);
  await at.trackIsThere();
  const { src } = at.element;
  release();
  await at.trackIsThere();
  assert.equal(at.made.length, 3);
  assert.equal(at.element.src, src);
});

test("a phone call stops the run, and its end lets it go on", async () => {
  await begun();
  at.passes(20);
  at.element.pause();
  assert.equal(at.told.stopped, 1);
  assert.equal(at.run.anchor, null);
  assert.equal(at.score.secondOf(at.run), 20);
  at.wall += 90_000;
  await at.element.play();
  assert.equal(at.told.resumed, 1);
  at.passes(1);
  at.look();
  assert.equal(at.score.secondOf(at.run), 21);
});

test("at the end the chime rings out", async () => {
  await begun();
  at.passes(routine.duration_s);
  at.look();
  assert.notEqual(at.run.endedAt, null);
  assert.equal(at.element.paused, false);
  at.passes(4);
  at.element.ended = true;
  at.element.pause();
  assert.equal(at.told.stopped, 0);
});

test("where it is not allowed to play it says so, and the wall clock goes on", async () => {
  at.element.refuses = new DOMException("no", "NotAllowedError");
  at.pocket.arm();
  await new Promise(setImmediate);
  at.follow();
  assert.equal(at.told.refused.length, 1);
  assert.deepEqual(at.made, []);
  at.wall += 5000;
  at.look();
  assert.equal(at.score.secondOf(at.run), 5);
  at.element.refuses = null;
  await begun();
  assert.equal(at.pocket.sounding, true); // the next tap tries again
});

test("where the track cannot be made it says so", async () => {
  at.fails = new Error("no OfflineAudioContext");
  await begun();
  assert.deepEqual(at.told.refused, [at.fails]);
  assert.equal(at.element.paused, true);
});

test("a track that breaks off leaves the run going", async () => {
  await begun();
  at.passes(10);
  at.element.error = new Error("decode");
  at.element.tell("error");
  assert.equal(at.told.refused.length, 1);
  at.passes(1);
  at.look();
  assert.equal(at.score.secondOf(at.run), 11);
  assert.notEqual(at.run.anchor, null);
});

test("an end that comes early, by a tap, takes the track to its end", async () => {
  await begun();
  at.passes(20);
  at.run = { ...at.run, phase: phases.length, elapsedMs: 0, anchor: null, endedAt: at.wall };
  at.follow();
  assert.equal(at.element.currentTime, at.score.length);
});

test("put away in the middle of a run, it stops, and the clock does not jump", async () => {
  await begun();
  at.passes(20);
  at.wall += 3000; // The track was held up.
  const before = at.pocket.now();
  at.pocket.putAway();
  assert.deepEqual([at.pocket.now(), at.element.paused, at.pocket.sounding], [before, true, false]);
});
