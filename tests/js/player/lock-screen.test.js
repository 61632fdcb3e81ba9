import assert from "node:assert/strict";
import { test } from "node:test";
import { LockScreen, titlesOf } from "../../../static/js/player/lock-screen.js";
import { pause, start, tick } from "../../../static/js/player/machine.js";
import { buildTimeline } from "../../../static/js/player/timeline.js";
import { equip } from "./fake-phone.js";
import { exercises, routine } from "./small.js";

const phases = buildTimeline(routine, exercises);
const at = (/** @type {number} */ second) =>
  /** @type {any} */ ({
    phases,
    plan: { routine, exercises },
    shown: tick(start(0), phases, second * 1000),
  });

/** A phone whose lock screen can be looked at and pressed. */
function lockedPhone() {
  const handlers = /** @type {Record<string, (() => void) | null>} */ ({});
  const session = {
    metadata: /** @type {any} */ (null),
    playbackState: "none",
    shown: 0,
    setActionHandler: (/** @type {string} */ name, /** @type {any} */ handler) => {
      if (name === "previoustrack") throw new TypeError("not known here");
      handlers[name] = handler;
    },
  };
  class MediaMetadata {
    /** @param {object} titles */
    constructor(titles) {
      session.shown += 1;
      Object.assign(this, titles);
    }
  }
  equip({ navigator: { mediaSession: session }, MediaMetadata });
  return { session, handlers };
}

/** Keys that write down which was pressed. */
function keys() {
  const pressed = /** @type {string[]} */ ([]);
  const key = (/** @type {string} */ name) => () => pressed.push(name);
  const keys = {
    play: key("play"),
    pause: key("pause"),
    nexttrack: key("next"),
    previoustrack: key("back"),
  };
  return { keys, pressed };
}

test("it names exercise, side, set and routine", () => {
  const titles = { title: "Clam", artist: "Left side, Set 1 of 2", album: "Small" };
  assert.deepEqual(titlesOf(at(0)), titles);
  assert.deepEqual(titlesOf(at(20)), titles);
  assert.equal(titlesOf(at(36)).artist, "Rest. Next: Right side, Set 1 of 2");
  assert.equal(titlesOf(at(routine.duration_s - 1)).artist, "Set 2 of 2");
  assert.equal(titlesOf(at(routine.duration_s)).title, "Plank");
});

test("it is shown once a set, with keys that go to the player", () => {
  const { session, handlers } = lockedPhone();
  const { keys: pressable, pressed } = keys();
  const screen = new LockScreen(pressable);
  for (const second of [0, 5, 20]) screen.show(at(second));
  assert.equal(session.shown, 1);
  assert.equal(session.metadata.artwork[0].src, "/static/cards/clam.png");
  assert.equal(session.playbackState, "playing");
  for (const name of ["pause", "play", "nexttrack"]) handlers[name]?.();
  assert.deepEqual(pressed, ["pause", "play", "next"]);
  const paused = at(40);
  screen.show({ ...paused, shown: pause(paused.shown, phases, 40_000) });
  assert.equal(session.playbackState, "paused");
  screen.clear();
  assert.deepEqual([session.metadata, session.playbackState, handlers.pause], [null, "none", null]);
});

test("a browser without one is left alone", () => {
  equip();
  const screen = new LockScreen(keys().keys);
  screen.show(at(0));
  screen.clear();
});
