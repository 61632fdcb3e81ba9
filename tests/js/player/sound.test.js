// What is heard of a run in the open page, with the clock in our hands.
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import * as machine from "../../../static/js/player/machine.js";
import { cuesOf } from "../../../static/js/player/cue-list.js";
import { DEFAULTS } from "../../../static/js/player/sound-settings.js";
import { Sound } from "../../../static/js/player/sound.js";
import { buildTimeline } from "../../../static/js/player/timeline.js";
import { equip, FakeAudioContext } from "./fake-phone.js";
import { exercises, routine } from "./small.js";

const T0 = 1_800_000_000_000;
const phases = buildTimeline(routine, exercises);
const cues = cuesOf(phases, exercises);
const beeps = cues.filter(({ kind }) => kind !== "say" && kind !== "end");
const words = cues.filter(({ kind }) => kind === "say");

/** @type {ReturnType<typeof rider>} */
let at;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
});

afterEach(() => mock.timers.reset());

/** A rider whose phone has all that sounds, and time that passes as told. */
function rider(settings = {}) {
  const buzzes = /** @type {number[]} */ ([]);
  const spoken = /** @type {{at: number, text: string}[]} */ ([]);
  const clock = { time: T0, now: () => clock.time };
  const audio = new FakeAudioContext(clock);
  const second = () => (clock.time - T0) / 1000;
  const speechSynthesis = {
    getVoices: () => [{ lang: "de-DE" }, { lang: "en-GB", localService: true }],
    speaking: true,
    cancels: 0,
    cancel: () => (speechSynthesis.cancels += 1),
    speak: (/** @type {any} */ { text }) => spoken.push({ at: second(), text }),
  };
  class SpeechSynthesisUtterance extends EventTarget {
    /** @param {string} text */
    constructor(text) {
      super();
      this.text = text;
    }
  }
  const navigator = { vibrate: () => buzzes.push(second()) };
  equip({ navigator, speechSynthesis, SpeechSynthesisUtterance });
  const nothing = () => {};
  const keys = { play: nothing, pause: nothing, nexttrack: nothing, previoustrack: nothing };
  const outside = {
    audio: () => /** @type {any} */ (audio),
    wall: clock.now,
    keys,
    refused: nothing,
  };
  const kept = { ...DEFAULTS, ...settings };
  const rider = {
    clock,
    audio,
    buzzes,
    spoken,
    speechSynthesis,
    run: machine.start(T0),
    sound: new Sound(outside, kept, new Blob()),
    heard: () => [...new Set(audio.heard().map((one) => round(one.at - T0 / 1000)))],
    follow: () =>
      rider.sound.follow(/** @type {any} */ ({ shown: rider.run, phases, plan: { exercises } })),
    /** Time passes; the page looks every `every` seconds. @param {number} s @param {number} every */
    passes(s, every = 0.25) {
      for (let left = s; left > 0.001; left -= every) {
        // In small steps, so that what waits for its time is done on time.
        for (let ms = 0; ms < Math.min(left, every) * 1000; ms += 50) {
          clock.time += 50;
          mock.timers.tick(50);
        }
        rider.act(machine.tick);
      }
    },
    /** The page stands still, timers and sound too. @param {number} s */
    sleeps(s) {
      clock.time += s * 1000;
    },
    /** @param {(run: typeof rider.run, all: typeof phases, now: number) => typeof rider.run} change */
    act(change) {
      rider.run = change(rider.run, phases, clock.time);
      rider.follow();
    },
  };
  return rider;
}

const round = (/** @type {number} */ s) => Math.round(s * 1000) / 1000;
const between = (/** @type {{at: number}[]} */ list, from = 0, to = Infinity) =>
  list.map((one) => round(one.at)).filter((s) => s >= from && s < to);

test("each beep sounds once, on its beat, however seldom the page looks at the clock", () => {
  for (const every of [0.1, 0.25, 1]) {
    at = rider();
    at.follow();
    at.passes(routine.duration_s + 1, every);
    const due = [...between(beeps), routine.duration_s, routine.duration_s + 0.45];
    assert.deepEqual(at.heard(), due, `every ${every} s`);
  }
});

test("each word is spoken once, at its time", () => {
  at = rider();
  at.follow();
  at.passes(routine.duration_s + 2);
  assert.deepEqual(
    at.spoken.map(({ text }) => text),
    words.map(({ text }) => text),
  );
  for (const [n, one] of at.spoken.entries()) assert.ok(Math.abs(one.at - words[n].at) <= 0.05);
  assert.ok(at.speechSynthesis.cancels >= words.length); // a slow voice never queues up
});

test("a phone that takes its time to keep the place does not put the beeps off", () => {
  at = rider({ voice: false });
  at.follow();
  at.passes(11.5, 0.5);
  const run = machine.tick(at.run, phases, at.clock.time);
  at.clock.time += 300;
  at.run = machine.pause(run, phases, at.clock.time);
  at.follow(); // the plan so far is dropped
  at.run = run;
  at.follow();
  assert.deepEqual(at.heard(), [0, 12]);
});

test("it buzzes at changes and in the last three seconds, even where the sound is off", () => {
  at = rider({ muted: true });
  at.follow();
  at.passes(36);
  assert.deepEqual(at.buzzes.map(Math.round), [0, 12, 13, 14, 15, 32, 33, 34, 35]);
  assert.deepEqual(at.heard(), []);
  assert.deepEqual(at.spoken, []);
});

test("each of the three can be off by itself", () => {
  const all = { voice: false, beeps: false, vibration: false };
  const counts = (/** @type {object} */ settings) => {
    at = rider({ ...all, ...settings });
    at.follow();
    at.passes(20);
    return [at.spoken, at.heard(), at.buzzes].map(({ length }) => length > 0);
  };
  assert.deepEqual(counts({ voice: true }), [true, false, false]);
  assert.deepEqual(counts({ beeps: true }), [false, true, false]);
  assert.deepEqual(counts({ vibration: true }), [false, false, true]);
});

test("the first beep waits for the sound to come, but not for long", () => {
  at = rider({ voice: false });
  at.audio.state = "suspended";
  Object.defineProperty(at.audio, "currentTime", { value: 0, configurable: true });
  at.follow();
  assert.deepEqual([at.audio.sounds, at.buzzes], [[], []]);
  Reflect.deleteProperty(at.audio, "currentTime");
  at.audio.state = "running";
  at.passes(0.25);
  assert.deepEqual(at.heard(), [0.25]);

  at = rider({ voice: false });
  at.audio.state = "suspended";
  Object.defineProperty(at.audio, "currentTime", { value: 0 });
  at.follow();
  at.passes(15.5);
  assert.deepEqual(at.buzzes.map(Math.round), [0, 12, 13, 14, 15]);
});

test("a pause is silent at once, and nothing is lost or heard again by it", () => {
  at = rider({ voice: false });
  at.follow();
  at.passes(11.5);
  at.act(machine.pause); // what comes at 12 was on its way
  at.clock.time += 60_000;
  assert.deepEqual(at.heard(), [0]);
  at.act(machine.resume);
  at.passes(4);
  assert.deepEqual(at.heard(), [0, 72, 73, 74, 75]);
  assert.deepEqual(at.buzzes.map(Math.round), [0, 72, 73, 74, 75]);
});

test("a skip leaves out what was due, and begins with the change", () => {
  at = rider({ voice: false });
  at.follow();
  at.passes(11.5);
  at.act(machine.skip);
  at.passes(1);
  assert.deepEqual(at.heard(), [0, 11.5]);
});

test("a phone that slept does not catch up", () => {
  at = rider();
  at.follow();
  at.passes(5);
  const spoken = at.spoken.length;
  at.sleeps(60.1);
  at.act(machine.tick);
  mock.timers.tick(2000);
  assert.deepEqual(
    between(
      at.audio.heard().map((one) => ({ at: one.at - T0 / 1000 })),
      1,
      65,
    ),
    [],
  );
  assert.equal(at.spoken.length, spoken);
});

test("a longer rest puts its countdown off", () => {
  at = rider({ voice: false });
  at.follow();
  at.passes(36.5);
  at.act(machine.restLonger);
  at.passes(20);
  assert.deepEqual(
    at.heard().filter((second) => second > 36),
    [52, 53, 54, 55],
  );
});

test("other settings hold from now on, and repeat nothing", () => {
  at = rider({ voice: false });
  at.follow();
  at.passes(15.1);
  at.sound.set({ ...DEFAULTS, voice: false, beepVolume: 0.2 });
  at.passes(2);
  assert.deepEqual(at.heard(), [0, 12, 13, 14, 15]);
});

test("without sound, voice and buzzing there is silence and no harm", () => {
  at = rider();
  equip({ speechSynthesis: undefined });
  at.audio.state = "suspended";
  at.follow();
  at.passes(routine.duration_s + 1);
  assert.notEqual(at.run.endedAt, null);
  assert.deepEqual(at.heard(), []);
});

test("a voice that says nothing is not cut off: some phones then swallow what comes next", () => {
  at = rider();
  at.speechSynthesis.speaking = false;
  at.sound.sample("voice");
  mock.timers.tick(1);
  assert.deepEqual([at.spoken.length, at.speechSynthesis.cancels], [1, 0]);
});
