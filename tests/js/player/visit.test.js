import assert from "node:assert/strict";
import { test } from "node:test";
import { DraftTaken } from "../../../static/js/data/store.js";
import { finish, reopen, skip } from "../../../static/js/player/machine.js";
import { Visit } from "../../../static/js/player/visit.js";
import { exercises, routine } from "./small.js";

const T0 = 1_800_000_000_000;
const other = { ...routine, slug: "other", name: "Other" };
const content = { version: "abc", exercises, routines: { small: routine, other } };

/**
 * A phone whose store outlives its visits.
 * @param {{slug?: string, content?: any}} [with_]
 */
function phone({ slug = "small", content: read = content } = {}) {
  const at = {
    time: T0,
    slug,
    screen: "",
    /** @type {any} */ draft: null,
    /** @type {any[]} */ log: [],
    /** @type {Record<string, any>} */ own: {},
    /** @type {Error | null} */ refuses: null,
    visit: () => new Visit(outside),
  };
  const refuse = () => {
    if (at.refuses) throw at.refuses;
  };
  const expect = (/** @type {any} */ holder) => {
    if ((at.draft?.holder ?? null) !== holder) throw new DraftTaken();
  };
  const draft = {
    get: async () => at.draft,
    put: async (/** @type {any} */ value, /** @type {any} */ after) => {
      refuse();
      expect(after);
      at.draft = JSON.parse(JSON.stringify(value));
    },
    clear: async (/** @type {any} */ holder) => {
      if (at.draft) expect(holder);
      at.draft = null;
    },
  };
  const finishDraft = async (
    /** @type {string} */ kind,
    /** @type {any} */ body,
    /** @type {any} */ holder,
  ) => {
    refuse();
    expect(holder);
    at.log.push({ kind, body });
    at.draft = null;
  };
  const outside = {
    loadContent: async () => read ?? Promise.reject(new Error("no signal")),
    openLogbook: async () => ({ draft, finishDraft }),
    now: () => at.time,
    zone: () => "UTC",
    newId: () => crypto.randomUUID(),
    slug: () => at.slug,
    ownRoutine: async (/** @type {string} */ slug) => at.own[slug] ?? null,
    go: (/** @type {string} */ to) => {
      at.slug = to;
    },
    show: (/** @type {string} */ screen) => {
      at.screen = screen;
    },
    moved: () => {},
  };
  return at;
}

/** A phone that was killed just after the first set of `small`, with the clock running. */
async function stopped(slug = "small") {
  const at = phone();
  const visit = at.visit();
  await visit.open();
  await visit.start();
  at.time = T0 + 35_000;
  visit.playback?.tick();
  await visit.playback?.commit();
  at.slug = slug;
  return at;
}

test("a routine of the plan is ready to start", async () => {
  const at = phone();
  await at.visit().open();
  assert.equal(at.screen, "ready");
});

test("an unknown routine is said to be unknown", async () => {
  const at = phone({ slug: "nonsense" });
  await at.visit().open();
  assert.equal(at.screen, "unknown");
});

test("a name that every object has is no routine", async () => {
  const at = phone({ slug: "constructor" });
  await at.visit().open();
  assert.equal(at.screen, "unknown");
});

test("a routine of the rider's own is played, and logged by the name it had", async () => {
  const at = phone({ slug: "mine-1" });
  at.own["mine-1"] = { ...routine, slug: "mine-1", name: "Mine" };
  const visit = at.visit();
  await visit.open();
  assert.equal(at.screen, "ready");
  await visit.start();
  at.own["mine-1"] = { ...at.own["mine-1"], name: "Mine, changed" };
  await visit.act(skip);
  await visit.act(finish);
  await visit.save({});
  assert.equal(at.log[0].body.routine, "mine-1");
  assert.equal(at.log[0].body.routine_name, "Mine");
});

test("going on with another routine of the rider's own leaves that one on the page", async () => {
  const at = await stopped("mine-1");
  at.own["mine-1"] = { ...routine, slug: "mine-1", name: "Mine" };
  at.draft.routine = "mine-2";
  at.own["mine-2"] = { ...routine, slug: "mine-2", name: "Mine too" };
  const visit = at.visit();
  await visit.open();
  await visit.goOn();
  await visit.discard();
  assert.equal(at.screen, "ready");
  assert.equal(visit.routine?.name, "Mine too");
});

test("a shared routine that was begun can be started afresh without its link", async () => {
  const at = await stopped("shared");
  at.draft.routine = "shared";
  at.draft.plan.routine = { ...routine, slug: "shared", name: "A friend's", own: true };
  const visit = at.visit();
  await visit.open();
  await visit.startAfresh();
  await visit.discard();
  assert.deepEqual([at.screen, visit.routine?.name, at.draft], ["ready", "A friend's", null]);
});

test("a shared routine that was begun is not offered with an exercise that the plan dropped", async () => {
  const at = await stopped("shared");
  const items = [{ ...routine.items[0], exercise: "gone" }];
  at.draft.routine = "shared";
  at.draft.plan.routine = { ...routine, slug: "shared", items, own: true };
  const visit = at.visit();
  await visit.open();
  await visit.discard();
  assert.equal(at.screen, "unknown");
});

test("without a plan there is nothing to play, yet what was begun can be gone on with", async () => {
  const empty = phone({ content: null });
  await empty.visit().open();
  assert.equal(empty.screen, "unreadable");
  const begun = await stopped();
  empty.draft = begun.draft;
  await empty.visit().open();
  assert.equal(empty.screen, "offer");
});

test("a start is on the phone before it is on the screen", async () => {
  const at = phone();
  const visit = at.visit();
  await visit.open();
  const started = visit.start();
  assert.equal(at.screen, "ready");
  await started;
  assert.equal(at.screen, "play");
  assert.deepEqual([at.draft.routine, at.draft.run.phase], ["small", 0]);
});

test("two taps on Start start one routine", async () => {
  const at = phone();
  const visit = at.visit();
  await visit.open();
  const first = visit.start();
  const { playback } = visit;
  await Promise.all([first, visit.start()]);
  assert.equal(visit.playback, playback);
});

test("after a kill the routine goes on paused, where it was", async () => {
  const at = await stopped();
  at.time += 3_600_000;
  const visit = at.visit();
  await visit.open();
  assert.equal(at.screen, "offer");
  await visit.goOn();
  assert.equal(at.screen, "play");
  const { phase, elapsedMs, anchor } = visit.playback?.shown ?? assert.fail();
  assert.deepEqual([phase, elapsedMs, anchor], [2, 0, null]);
});

test("going on with another routine puts it into the address", async () => {
  const at = await stopped("other");
  const visit = at.visit();
  await visit.open();
  await visit.goOn();
  assert.equal(at.slug, "small");
});

test("starting afresh asks about sets that were done, and can log them", async () => {
  const at = await stopped("other");
  const visit = at.visit();
  await visit.open();
  await visit.startAfresh();
  assert.equal(at.screen, "leftovers");
  await visit.keep();
  assert.equal(at.screen, "end");
  await visit.save({ effort: 3 });
  assert.equal(at.screen, "saved");
  assert.deepEqual([at.log[0].body.routine, at.log[0].body.effort], ["small", 3]);
  visit.home();
  assert.deepEqual([at.screen, visit.routine?.slug, visit.afresh], ["ready", "other", true]);
});

test("starting afresh can throw the old run away", async () => {
  const at = await stopped();
  const visit = at.visit();
  await visit.open();
  await visit.startAfresh();
  await visit.discard();
  assert.deepEqual([at.screen, at.draft, at.log.length], ["ready", null, 0]);
});

test("starting afresh asks nothing where nothing was done", async () => {
  const at = phone();
  const before = at.visit();
  await before.open();
  await before.start();
  const visit = at.visit();
  await visit.open();
  await visit.startAfresh();
  assert.deepEqual([at.screen, at.draft], ["ready", null]);
});

test("half a set is enough to be asked about", async () => {
  const at = await stopped();
  at.draft.run = { ...at.draft.run, phase: 1, elapsedMs: 11_000, results: {} };
  const visit = at.visit();
  await visit.open();
  await visit.startAfresh();
  assert.equal(at.screen, "leftovers");
});

test("a page that comes back from memory finds out that its run is saved", async () => {
  const at = await stopped();
  const [early, late] = [at.visit(), at.visit()];
  await early.open();
  await early.goOn();
  await late.open();
  await late.goOn();
  await late.act(finish);
  await late.save({});
  await early.open();
  assert.deepEqual([at.screen, early.playback], ["ready", null]);
});

test("a finished routine that was never saved comes back to its form, answers and all", async () => {
  const at = await stopped();
  const before = at.visit();
  await before.open();
  await before.goOn();
  await before.act(finish);
  await before.playback?.answer({ notes: "left side slept" });
  const visit = at.visit();
  await visit.open();
  await visit.goOn();
  assert.equal(at.screen, "end");
  assert.deepEqual(visit.playback?.answers, { notes: "left side slept" });
});

/** Two tabs that took up one routine, `late` after `early`. */
async function twoTabs() {
  const at = await stopped();
  const [early, late] = [at.visit(), at.visit()];
  await early.open();
  await early.goOn();
  await late.open();
  await late.goOn();
  return { at, early, late };
}

test("a routine taken up in another tab goes on there only", async () => {
  const { at, early, late } = await twoTabs();
  await early.act(skip);
  assert.deepEqual([at.screen, early.playback], ["elsewhere", null]);
  await late.act(finish);
  assert.ok(late.playback?.shown.endedAt);
  await early.open();
  assert.deepEqual([at.screen, early.leftOver?.run.phase], ["offer", 2]);
});

for (const what of /** @type {const} */ (["save", "discard"])) {
  test(`a tab whose routine was saved in another can not ${what} it once more`, async () => {
    const { at, early, late } = await twoTabs();
    await late.act(finish);
    await late.save({});
    const fresh = at.visit();
    await fresh.open();
    await fresh.start();
    await early[what]({});
    assert.deepEqual([at.screen, at.log.length, at.draft?.run.phase], ["elsewhere", 1, 0]);
  });
}

test("a routine that was begun in another tab meanwhile is not begun over it", async () => {
  const at = phone();
  const [here, there] = [at.visit(), at.visit()];
  await here.open();
  await there.open();
  await there.start();
  const { holder } = at.draft;
  await here.start();
  assert.deepEqual([at.screen, here.playback, at.draft.holder], ["elsewhere", null, holder]);
});

test("saving writes one log and leaves no draft", async () => {
  const at = await stopped();
  const visit = at.visit();
  await visit.open();
  await visit.goOn();
  await visit.act(finish);
  await Promise.all([visit.save({}), visit.save({})]);
  assert.deepEqual([at.screen, at.log.length, at.draft, visit.playback], ["saved", 1, null, null]);
  assert.deepEqual(visit.log, {
    name: "Small",
    step: "activate",
    sets: 1,
    exercises: 1,
    seconds: 60,
  });
});

test("a refused save keeps the run, its draft and its answers, and can be tried again", async () => {
  const at = await stopped();
  const visit = at.visit();
  await visit.open();
  await visit.goOn();
  await visit.act(finish);
  at.refuses = new Error("the phone is full");
  await visit.save({ effort: 6 });
  assert.deepEqual([at.screen, visit.failure], ["end", at.refuses]);
  assert.ok(at.draft);
  at.refuses = null;
  await visit.save({ effort: 6 });
  assert.deepEqual([at.screen, at.log.length], ["saved", 1]);
});

test("a finish that came too early can be taken back", async () => {
  const at = await stopped();
  const visit = at.visit();
  await visit.open();
  await visit.goOn();
  await visit.act(finish);
  await visit.act(reopen);
  await visit.act(skip);
  assert.deepEqual([visit.playback?.shown.phase, visit.playback?.shown.endedAt], [3, null]);
});

test("a phone that refuses to keep the place says so, and plays on", async () => {
  const at = phone();
  const visit = at.visit();
  await visit.open();
  at.refuses = new Error("the phone is full");
  await visit.start();
  assert.deepEqual([at.screen, visit.unkept], ["play", true]);
});
