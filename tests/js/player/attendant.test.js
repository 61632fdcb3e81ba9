import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Attendant } from "../../../static/js/player/attendant.js";
import * as machine from "../../../static/js/player/machine.js";
import { buildTimeline } from "../../../static/js/player/timeline.js";
import { equip, FakeAudio, FakeAudioContext, fakeStorage } from "./fake-phone.js";
import { exercises, routine } from "./small.js";

const phases = buildTimeline(routine, exercises);

/** @type {ReturnType<typeof phone>} */
let at;
beforeEach(() => {
  at = phone();
});

/** A phone with sound, a lock, a store, and a routine at its start. */
function phone({ kept = {}, sound = true } = {}) {
  const dataset = /** @type {Record<string, string>} */ ({});
  const navigator = {
    audioSession: { type: "auto" },
    wakeLock: {
      request: async () => {
        phone.lit = true;
        const release = async () => (phone.lit = false);
        return Object.assign(new EventTarget(), { release });
      },
    },
  };
  const phone = {
    dataset,
    navigator,
    lit: false,
    changes: 0,
    storage: fakeStorage({ "dbs-sound": JSON.stringify(kept) }),
    /** @type {FakeAudioContext[]} */
    contexts: [],
    /** @type {FakeAudio[]} */
    elements: [],
    playback: /** @type {any} */ ({
      phases,
      plan: { routine, exercises },
      shown: machine.start(Date.now()),
    }),
    /** @type {Attendant} */
    attendant: /** @type {any} */ (null),
  };
  class Audio extends FakeAudio {
    constructor() {
      super();
      phone.elements.push(this);
    }
  }
  class AudioContext extends FakeAudioContext {
    constructor() {
      if (!sound) throw new Error("refused");
      super({ now: Date.now });
      phone.contexts.push(this);
    }
  }
  const document = { documentElement: { dataset }, visibilityState: "visible" };
  equip({ navigator, document, Audio, AudioContext, localStorage: phone.storage });
  const nothing = () => {};
  const keys = { play: nothing, pause: nothing, nexttrack: nothing, previoustrack: nothing };
  phone.attendant = new Attendant({ keys, changed: () => (phone.changes += 1) });
  return phone;
}

/** Wait until something that is brought by import() has come. @param {() => unknown} check */
async function come(check) {
  const deadline = Date.now() + 30_000;
  while (!check()) {
    assert.ok(Date.now() < deadline, `waited in vain for ${check}`);
    await new Promise(setImmediate);
  }
}

test("while the clock runs the page is busy and the screen lit; at the end neither", async () => {
  at.attendant.begin(at.playback);
  assert.equal(at.dataset.busy, "routine");
  await come(() => at.lit);
  at.playback.shown = machine.pause(at.playback.shown, phases, Date.now());
  at.attendant.follow(at.playback);
  assert.equal(at.lit, false);
  assert.equal(at.dataset.busy, "routine");
  at.attendant.end();
  assert.equal(at.dataset.busy, undefined);
});

test("a tap opens the sound once, and asks music of other apps to be softer", async () => {
  at.attendant.arm();
  at.attendant.arm();
  assert.equal(at.contexts.length, 1);
  assert.equal(at.navigator.audioSession.type, "transient");
  await at.attendant.sample("beeps"); // by then it is brought: a late cue would not be sounded
  const { sounds } = at.contexts[0];
  const before = sounds.length;
  at.playback.shown = machine.start(Date.now());
  at.attendant.begin(at.playback);
  await come(() => sounds.length > before);
});

test("the sound that the phone took away is there again when the page is", async () => {
  at.attendant.arm();
  at.contexts[0].state = "interrupted";
  at.attendant.renew();
  assert.equal(at.contexts[0].state, "running");
});

test("what is set is kept on the phone, and told", () => {
  at.attendant.toggleSound();
  assert.equal(at.attendant.settings.muted, true);
  assert.equal(JSON.parse(at.storage.kept["dbs-sound"]).muted, true);
  assert.equal(at.changes, 1);
  at.attendant.toggleSound();
  assert.equal(at.attendant.settings.muted, false);
});

test("pocket mode plays in the tap on Start, and lets the screen go dark", async () => {
  at = phone({ kept: { pocket: true } });
  await come(() => at.elements.length);
  await new Promise(setImmediate);
  at.attendant.arm();
  assert.equal(at.elements[0].paused, false);
  assert.equal(at.navigator.audioSession.type, "playback");
  at.attendant.begin(at.playback);
  assert.equal(at.lit, false);
});

test("pocket mode that is wanted in the middle of a run asks for sound that a lock does not end", async () => {
  at.attendant.arm();
  at.attendant.begin(at.playback);
  at.attendant.set({ pocket: true });
  assert.equal(at.navigator.audioSession.type, "playback");
  at.attendant.refused = true;
  at.attendant.set({ pocket: false });
  assert.equal(at.navigator.audioSession.type, "transient");
  assert.equal(at.attendant.refused, false);
});

test("where pocket mode is refused it is said, and the screen stays lit", async () => {
  at = phone({ kept: { pocket: true } });
  await come(() => at.elements.length);
  at.elements[0].refuses = new DOMException("no", "NotAllowedError");
  await new Promise(setImmediate);
  at.attendant.arm();
  at.attendant.begin(at.playback);
  await come(() => at.lit);
  assert.equal(at.attendant.refused, true);
  assert.ok(at.changes > 0);
});

test("a phone without sound plays on", () => {
  at = phone({ sound: false });
  at.attendant.arm();
  at.attendant.begin(at.playback);
  at.attendant.renew();
  assert.ok(Math.abs(at.attendant.now() - Date.now()) < 1000);
  at.attendant.end();
});

test("the phone's own voice speaks once in the first tap, unheard, and may speak from then on", () => {
  const spoken = /** @type {any[]} */ ([]);
  const speechSynthesis = { speak: (/** @type {any} */ words) => spoken.push(words) };
  class SpeechSynthesisUtterance {
    /** @param {string} text */
    constructor(text) {
      this.text = text;
    }
  }
  equip({ navigator: at.navigator, speechSynthesis, SpeechSynthesisUtterance });
  try {
    at.attendant.arm();
    at.attendant.arm();
  } finally {
    equip({ navigator: at.navigator, speechSynthesis: undefined });
  }
  assert.deepEqual(spoken, [Object.assign(new SpeechSynthesisUtterance(""), { volume: 0 })]);
});

test("where pocket mode cannot even be brought it is said, and the screen stays lit", async () => {
  at = phone({ kept: { pocket: true } });
  equip({ navigator: at.navigator, Audio: null });
  at.attendant.begin(at.playback);
  await come(() => at.lit);
  assert.equal(at.attendant.refused, true);
});
