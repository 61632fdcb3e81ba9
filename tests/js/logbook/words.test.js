import assert from "node:assert/strict";
import { test } from "node:test";
import { entryIdOf } from "../../../static/js/lib/entry-id.js";
import { reasonsOf } from "../../../static/js/lib/reasons.js";
import { syncSentence } from "../../../static/js/lib/sync-words.js";
import { ago, entriesWord, excerpt, minutes, painWord } from "../../../static/js/lib/words.js";

const ID = "0199aaaa-0000-7000-8000-000000000001";
const NOW = 1_800_000_000_000;

/** @param {Partial<import("../../../static/js/data/types.js").SyncState>} sync */
const say = (sync) =>
  syncSentence(
    { state: "idle", waiting: 0, attention: 0, lastSyncedAt: null, clockOffset: null, ...sync },
    NOW,
  );

test("pain has a word beside its colour: 0-2 fine, 3-5 watch it, 6-10 too much", () => {
  const words = Array.from({ length: 11 }, (_, pain) => painWord(pain).word);
  assert.deepEqual(words.slice(0, 3), Array(3).fill("fine"));
  assert.deepEqual(words.slice(3, 6), Array(3).fill("watch it"));
  assert.deepEqual(words.slice(6), Array(5).fill("too much"));
});

test("time passed and counts read as people say them", () => {
  assert.equal(ago(NOW - 20_000, NOW), "just now");
  assert.equal(ago(NOW - 60_000, NOW), "1 minute ago");
  assert.equal(ago(NOW - 3 * 3_600_000, NOW), "3 hours ago");
  assert.equal(ago(NOW - 50 * 3_600_000, NOW), "2 days ago");
  assert.equal(entriesWord(1), "1 entry");
  assert.equal(entriesWord(1200), "1,200 entries");
  assert.equal(minutes(20), 1);
});

test("an excerpt ends at a word", () => {
  assert.equal(excerpt("left hip\n stiff ", 40), "left hip stiff");
  assert.equal(excerpt("one two three four", 12), "one two …");
});

test("every reason of the server is a sentence that names its field", () => {
  const reason = {
    code: "invalid",
    errors: { effort: "Use a whole number from 0 to 10.", "sets[2].load_kg": "No." },
  };
  assert.deepEqual(reasonsOf(reason), ["Effort: Use a whole number from 0 to 10.", "Sets: No."]);
  assert.match(reasonsOf({ code: "too_large" })[0], /bigger/);
  assert.equal(
    reasonsOf({ code: "invalid", errors: { duration_s: "Use 60 to 36,000." } })[0],
    "Length in seconds: Use 60 to 36,000.",
  );
  for (const code of ["missing_on_server", "older_on_server"]) {
    assert.match(reasonsOf({ code })[0], /backup.*“Try again” sends/);
  }
  assert.equal(reasonsOf({ code: "odd_thing" })[0], "The server's reason: odd thing.");
  assert.equal(reasonsOf(undefined).length, 1);
});

test("the sync says what waits, and never that it was lost", () => {
  assert.match(say({ state: "local" }), /this phone only/);
  assert.match(say({ lastSyncedAt: NOW - 120_000 }), /^All synced\. Last synced 2 minutes ago\.$/);
  assert.match(say({ waiting: 3 }), /^3 entries waiting/);
  assert.match(say({ attention: 1 }), /^1 entry in need of your attention/);
  assert.match(
    say({ state: "offline", waiting: 1 }),
    /1 entry safe on this phone, to go up by itself/,
  );
  assert.match(say({ state: "needs-sign-in", waiting: 2 }), /Sign in again to upload 2 entries/);
  assert.match(say({ state: "stopped", code: "wrong_user" }), /Somebody else .* safe here/);
  assert.match(say({ state: "stopped", code: "check_failed" }), /Nothing of it is lost/);
  assert.match(say({ state: "stopped", code: "storage_full" }), /out of room.* Nothing is lost/);
  assert.match(say({ state: "stopped", code: "odd_thing" }), /odd thing.* safe here/);
  assert.match(
    say({ state: "needs-reload", waiting: 1 }),
    /^Reload this page; then 1 entry can sync/,
  );
});

test("the address names the entry by its path or its hash", () => {
  assert.equal(entryIdOf({ pathname: `/log/${ID}`, hash: "" }), ID);
  assert.equal(entryIdOf({ pathname: "/log/entry", hash: `#${ID}` }), ID);
  assert.equal(entryIdOf({ pathname: "/log/entry", hash: "" }), "");
});
