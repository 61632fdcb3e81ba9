import assert from "node:assert/strict";
import { test } from "node:test";
import {
  clockWords,
  moment,
  nextStep,
  safety,
  suspectWords,
  waitWords,
} from "../../../static/js/lib/sync-advice.js";

/**
 * @import { SyncState, Unsynced } from "../../../static/js/data/types.js"
 */

const ZONE = "Europe/Berlin";
const NOW = Date.UTC(2026, 10, 22, 20, 0); // a Sunday, 21:00 in Berlin
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** @param {Partial<SyncState>} sync */
const step = (sync) =>
  nextStep({
    state: "idle",
    waiting: 0,
    attention: 0,
    lastSyncedAt: null,
    clockOffset: null,
    ...sync,
  });

/** @param {Partial<Unsynced>} item */
const waits = (item) =>
  waitWords(
    {
      ...{ id: "a", kind: "session", body: {}, deleted: false },
      ...{ op: "create", state: "waiting", since: NOW - HOUR, tries: 0, ...item },
    },
    NOW,
    ZONE,
  );

test("whatever the sync is up to, the page says what is next and what can be done", () => {
  /** @type {[Partial<SyncState>, string | null, RegExp][]} */
  const cases = [
    [{}, "sync", /hold the same log/],
    [{ waiting: 2 }, "sync", /You need do nothing/],
    [{ attention: 1 }, "sync", /said below/],
    [{ attention: 1, waiting: 2 }, "sync", /said below/],
    [{ state: "local" }, "register", /account/],
    [{ state: "offline", waiting: 1 }, "sync", /tried again within 15 minutes/],
    [{ state: "offline", code: "stranger" }, "sync", /sign-in page.*tried again within 15 minutes/],
    [{ state: "busy" }, "sync", /tried again by itself/],
    [{ state: "needs-sign-in" }, "sign-in", /Once you are back/],
    [{ state: "needs-update" }, "update", /takes your log over as it is/],
    [{ state: "needs-reload" }, "reload", /Load it afresh/],
    [{ state: "stopped", code: "account_deleted" }, null, /for you to say/],
    [{ state: "stopped", code: "wrong_user" }, "reload", /Sign in as yourself/],
    [
      { state: "stopped", code: "check_failed" },
      "scratch",
      /Nothing of it is lost.*from scratch.*report/,
    ],
    [{ state: "stopped", code: "storage_full" }, "sync", /film or an app.*nothing is lost/],
    [{ state: "stopped", code: "storage_failed" }, "reload", /saved is on this phone/],
    [{ state: "stopped" }, "reload", /safe here/],
    [{ state: "stopped", code: "odd_thing" }, "reload", /safe here/],
  ];
  for (const [sync, act, words] of cases) {
    assert.equal(step(sync).act, act, JSON.stringify(sync));
    assert.match(step(sync).words, words);
    assert.ok(step(sync).title);
  }
});

test("what waits is safe, and said so; nothing is said of nothing", () => {
  /** @param {number} waiting @param {number} attention */
  const safe = (waiting, attention) =>
    safety({ state: "idle", waiting, attention, lastSyncedAt: null, clockOffset: null });
  assert.equal(safe(0, 0), "");
  assert.equal(safe(1, 0), "1 entry is not on the server yet, and safe on this phone.");
  assert.equal(safe(2, 1), "3 entries are not on the server yet, and safe on this phone.");
});

test("an entry says since when it waits, and how it went so far", () => {
  assert.equal(waits({}), "Waiting since today, 20:00.");
  assert.equal(waits({ op: "patch", tries: 1 }), "Changed today, 20:00; the change waits.");
  assert.match(waits({ op: "delete" }), /^Deleted today, 20:00\. Your other devices hear of it/);
  assert.equal(waits({ tries: 3 }), waits({}));
  assert.equal(waits({ state: "uploading" }), "Going up now.");
  assert.match(waits({ state: "put-off", tries: 8 }), /stumbled over it 8 times.*once a day/);
  assert.match(waits({ clockOff: -26 * HOUR }), /clock was 1 day behind then\.$/);
});

test("a moment reads as people say it", () => {
  assert.equal(moment(NOW, NOW, ZONE), "today, 21:00");
  assert.equal(moment(NOW - 24 * HOUR, NOW, ZONE), "yesterday, 21:00");
  assert.equal(moment(NOW - 50 * HOUR, NOW, ZONE), "Friday 20 November, 19:00");
});

test("a clock that is off is one sentence, and no reproach", () => {
  for (const fine of [null, undefined, 0, 4 * MINUTE, -4 * MINUTE])
    assert.equal(clockWords(fine), "");
  assert.match(clockWords(24 * HOUR), /^This phone's clock is 1 day ahead\. It does no harm/);
  assert.match(clockWords(48 * HOUR), /2 days ahead/);
  assert.match(clockWords(-HOUR), /60 minutes behind/);
  assert.match(suspectWords(3 * HOUR), /3 hours ahead when this was saved/);
  assert.equal(suspectWords(undefined), "");
});
