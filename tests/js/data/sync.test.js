import assert from "node:assert/strict";
import { test } from "node:test";
import { takePage } from "../../../static/js/data/pages.js";
import { placeOf } from "../../../static/js/data/place.js";
import { Store } from "../../../static/js/data/store.js";
import { Phone, session } from "./help/phone.js";
import { ALICE, BOB, html, json, Server } from "./help/server.js";

/** A phone on which Alice is signed in, and all is quiet. */
async function signedIn(/** @type {Server} */ server, seed = 1, rider = ALICE) {
  const browser = server.browser(rider);
  const phone = new Phone(browser.fetch, seed);
  const book = await phone.open();
  await book.refreshRider();
  await book.syncNow();
  const name = `dbs-${rider.id}`;
  return { browser, phone, book, outbox: () => phone.rows(name, "outbox") };
}

/** @param {{list: Function}} book */
const bodies = async (book) =>
  (await book.list()).entries.map((/** @type {any} */ one) => [one.body, one.state]);

/** @param {string} path */
const isPush = (path) => path.endsWith("/push");

test("an entry of one phone reaches the other, and its edit comes back", async () => {
  const server = new Server();
  const a = await signedIn(server, 1);
  const b = await signedIn(server, 2);
  const { id } = await a.book.create("session", session({ effort: 6 }));
  assert.equal((await a.book.syncNow()).state, "idle");
  assert.equal((await a.book.get(id))?.state, "synced");
  await b.book.syncNow();
  await b.book.edit(id, { set: { notes: "wet" } });
  await b.book.syncNow();
  await a.book.syncNow();
  const expected = [[session({ effort: 6, notes: "wet" }), "synced"]];
  assert.deepEqual(await bodies(a.book), expected);
  assert.deepEqual(await bodies(b.book), expected);
  assert.deepEqual(await a.outbox(), []);
});

test("the push says what the protocol asks for", async () => {
  const server = new Server();
  /** @type {any} */
  let init;
  const a = await signedIn(server);
  const { fetch } = a.browser;
  a.phone.fetch = (path, options) => {
    if (isPush(path)) init = options;
    return fetch(path, options);
  };
  await a.book.create("session", session());
  await a.book.syncNow();
  assert.equal(init.headers["X-Sync-Proto"], "1");
  assert.equal(init.headers["Content-Type"], "application/json");
  const { mutations, now: _now, device, ...envelope } = server.pushes[0];
  assert.deepEqual(envelope, { proto: 1, schema: 1, user: ALICE.id, acked_mid: 0, epoch: "e1" });
  assert.deepEqual(Object.keys(mutations[0]).sort(), [
    ...["at", "base_rev", "id", "kind", "mid", "mutation_id", "op", "set", "tz"],
  ]);
  await a.book.create("session", session());
  await a.book.syncNow();
  assert.equal(server.pushes[1].acked_mid, 1);
  assert.equal(server.pushes[1].device, device);
});

test("asked to sync during a pull, it looks again before it says that it is done", async () => {
  const server = new Server();
  const a = await signedIn(server);
  /** @type {Promise<any> | null} */
  let second = null;
  server.fault = async (path, go) => {
    if (!isPush(path) && !second) {
      await a.book.create("session", session());
      second = a.book.syncNow();
    }
    return go();
  };
  await a.book.syncNow();
  await second;
  assert.deepEqual(await a.outbox(), []);
});

test("edits on two phones merge; the later one wins a field, the other value is kept", async () => {
  const server = new Server();
  const a = await signedIn(server, 1);
  const b = await signedIn(server, 2);
  const { id } = await a.book.create("session", session({ effort: 5, notes: "dry" }));
  await a.book.syncNow();
  await b.book.syncNow();
  await a.book.edit(id, { set: { notes: "wet", pain_peak: 2 } });
  await b.book.edit(id, { set: { notes: "snow", effort: 7 } });
  await a.book.syncNow();
  await b.book.syncNow();
  await a.book.syncNow();
  const expected = session({ effort: 7, notes: "snow", pain_peak: 2 });
  assert.deepEqual((await a.book.get(id))?.body, expected);
  assert.deepEqual((await b.book.get(id))?.body, expected);
  const lost = { rev: 3, notes: "wet" };
  assert.deepEqual((await a.book.get(id))?.lost, lost);
  assert.deepEqual((await b.book.get(id))?.lost, lost);
  const seen = await b.book.edit(id, { set: { effort: 8 } });
  assert.equal(seen.lost, undefined);
});

test("a pull does not touch what waits: it changes the base and the edit stays on top", async () => {
  const server = new Server();
  const a = await signedIn(server, 1);
  const b = await signedIn(server, 2);
  const { id } = await a.book.create("session", session({ sets: [{ id: "x", done: 8 }] }));
  await a.book.syncNow();
  await b.book.syncNow();
  await b.book.edit(id, {
    set: {
      effort: 3,
      sets: [
        { id: "x", done: 8 },
        { id: "y", done: 9 },
      ],
    },
  });
  await b.book.syncNow();
  await a.book.edit(id, { set: { notes: "mine", sets: [{ id: "x", done: 10 }] } });
  server.fault = (path, go, body) => {
    if (!isPush(path)) return go();
    const results = body.mutations.map((/** @type {any} */ { mid }) => ({
      mid,
      status: "retry",
      code: "internal",
    }));
    return json({ proto: 1, results });
  };
  assert.equal((await a.book.syncNow()).state, "busy");
  const sets = [
    { id: "x", done: 10 },
    { id: "y", done: 9 },
  ];
  const merged = session({ effort: 3, notes: "mine", sets });
  assert.deepEqual(await bodies(a.book), [[merged, "phone"]]);
  server.fault = null;
  await a.book.syncNow();
  assert.deepEqual(await bodies(a.book), [[merged, "synced"]]);
  assert.deepEqual(server.log(ALICE.id).entries.get(id).body, merged);
});

/** @type {[string, () => Response][]} */
const STRANGERS = [
  ["a captive portal's page", () => html()],
  ["a captive portal's 401", () => html("sign in", 401)],
  ["a captive portal's 409", () => html("", 409)],
  ["JSON without our proto", () => json({ results: [], changes: [], cursor: "" })],
  ["JSON of another proto", () => json({ proto: 2, results: [], changes: [], cursor: "" })],
  ["broken JSON", () => new Response("{", { headers: { "Content-Type": "application/json" } })],
];
for (const [name, answer] of STRANGERS) {
  test(`${name} is not believed`, async () => {
    const server = new Server();
    const a = await signedIn(server);
    await a.book.create("session", session());
    server.fault = answer;
    assert.equal((await a.book.syncNow()).state, "offline");
    assert.equal((await a.outbox()).length, 1);
    server.fault = null;
    await a.book.syncNow();
    assert.deepEqual(await a.outbox(), []);
  });
}

test("a phone restored from a backup becomes a new device and loses nothing", async () => {
  const server = new Server();
  const a = await signedIn(server);
  await a.book.create("session", session({ notes: "before the backup" }));
  const [known] = await a.outbox();
  server.log(ALICE.id).mids.set("other", "other");
  let device = "";
  server.fault = (path, go, body) => {
    if (isPush(path) && !device) {
      device = body.device;
      return json({ proto: 1, error: "device_forked" }, 409);
    }
    return go();
  };
  await a.book.syncNow();
  const [push] = server.pushes;
  assert.notEqual(push.device, device);
  assert.deepEqual([push.mutations[0].mid, push.mutations[0].mutation_id], [1, known.mutation_id]);
  assert.deepEqual(await a.outbox(), []);
});

test("a server that calls every device forked is not asked for ever", async () => {
  const server = new Server();
  const a = await signedIn(server);
  await a.book.create("session", session());
  server.fault = (path, go) => (isPush(path) ? json({ error: "device_forked" }, 409) : go());
  assert.equal((await a.book.syncNow()).state, "stopped");
  assert.equal((await a.outbox()).length, 1);
});

test("a refused entry stays, with the reason, and the others pass", async () => {
  const server = new Server();
  const a = await signedIn(server);
  server.errorsOf = ({ set }) => (set?.effort === 11 ? { effort: "Effort is 0 to 10." } : null);
  const bad = await a.book.create("session", session({ effort: 11 }));
  const good = await a.book.create("session", session({ effort: 1 }));
  await a.book.syncNow();
  await a.book.syncNow();
  const kept = await a.book.get(bad.id);
  assert.deepEqual(
    [kept?.state, kept?.reason, kept?.body.effort],
    ["attention", { code: "invalid", errors: { effort: "Effort is 0 to 10." } }, 11],
  );
  assert.equal((await a.book.get(good.id))?.state, "synced");
  assert.deepEqual(await a.book.counts(), { waiting: 0, attention: 1 });
  assert.equal(server.pushes.length, 1);
});

test("a refused entry that the rider puts right goes out whole", async () => {
  const server = new Server();
  const a = await signedIn(server);
  server.errorsOf = ({ set }) => (set?.effort === 11 ? { effort: "0 to 10" } : null);
  const { id } = await a.book.create("session", session({ effort: 11, notes: "long ride" }));
  await a.book.edit(id, { set: { pain_peak: 1 } });
  await a.book.syncNow();
  assert.equal((await a.book.get(id))?.state, "attention");
  const fixed = await a.book.edit(id, { set: { effort: 10 } });
  assert.deepEqual([fixed.state, fixed.reason], ["phone", undefined]);
  await a.book.syncNow();
  const expected = session({ effort: 10, notes: "long ride", pain_peak: 1 });
  assert.deepEqual(await bodies(a.book), [[expected, "synced"]]);
  assert.deepEqual(server.log(ALICE.id).entries.get(id).body, expected);
});

test("a refused edit can be let go: the server's copy shows again", async () => {
  const server = new Server();
  const a = await signedIn(server);
  const { id } = await a.book.create("session", session({ effort: 5 }));
  await a.book.syncNow();
  server.errorsOf = () => ({ effort: "0 to 10" });
  await a.book.edit(id, { set: { effort: 11 } });
  await a.book.syncNow();
  const back = await a.book.discard(id);
  assert.deepEqual([back.state, back.body.effort], ["synced", 5]);
  assert.deepEqual(await a.outbox(), []);
});

test("a deletion that was sent is undone by sending the entry again", async () => {
  const server = new Server();
  const a = await signedIn(server, 1);
  const b = await signedIn(server, 2);
  const { id } = await a.book.create("session", session({ effort: 5 }));
  await a.book.remove(id);
  await a.book.syncNow();
  await b.book.syncNow();
  assert.deepEqual(await bodies(b.book), []);
  await a.book.restore(id);
  await a.book.syncNow();
  await b.book.syncNow();
  assert.deepEqual(await bodies(b.book), [[session({ effort: 5 }), "synced"]]);
  assert.deepEqual(await bodies(a.book), [[session({ effort: 5 }), "synced"]]);
});

test("a deletion under way is not taken out of the outbox by its undo", async () => {
  const server = new Server();
  const a = await signedIn(server);
  const { id } = await a.book.create("session", session());
  await a.book.syncNow();
  await a.book.remove(id);
  /** @type {string[]} */
  let ops = [];
  server.fault = async (_path, go) => {
    server.fault = null;
    await a.book.restore(id);
    ops = (await a.outbox()).map((one) => one.op);
    return go();
  };
  await a.book.syncNow();
  assert.deepEqual(ops, ["delete", "patch"]);
  await a.book.syncNow();
  assert.deepEqual(await bodies(a.book), [[session(), "synced"]]);
  assert.deepEqual(server.log(ALICE.id).entries.get(id).body, session());
});

test("a deletion whose answer was lost, with that of its entry, is undone all the same", async () => {
  const server = new Server();
  const a = await signedIn(server);
  const { id } = await a.book.create("session", session());
  await a.book.remove(id);
  server.fault = (_path, go) => {
    go();
    throw new TypeError("connection reset");
  };
  await a.book.syncNow();
  server.fault = null;
  await a.book.restore(id);
  await a.book.syncNow();
  assert.deepEqual(await bodies(a.book), [[session(), "synced"]]);
  assert.deepEqual(server.log(ALICE.id).entries.get(id).body, session());
});

test("an entry put right while a later edit is under way goes out whole, with nothing left over", async () => {
  const server = new Server();
  const a = await signedIn(server);
  server.errorsOf = ({ set }) => (set?.effort === 11 ? { effort: "0 to 10" } : null);
  const { id } = await a.book.create("session", session({ effort: 11 }));
  let pushes = 0;
  server.fault = async (path, go) => {
    if (isPush(path)) pushes += 1;
    if (isPush(path) && pushes === 2) await a.book.edit(id, { set: { effort: 10 } });
    const answer = go();
    if (isPush(path) && pushes === 1) await a.book.edit(id, { set: { notes: "wet" } });
    return answer;
  };
  await a.book.syncNow();
  assert.equal(pushes, 3);
  const expected = session({ effort: 10, notes: "wet" });
  assert.deepEqual(await bodies(a.book), [[expected, "synced"]]);
  assert.deepEqual(server.log(ALICE.id).entries.get(id).body, expected);
  assert.deepEqual(await a.outbox(), []);
});

test("a result that comes late does not take a newer copy back", async () => {
  const server = new Server();
  const a = await signedIn(server, 1);
  const b = await signedIn(server, 2);
  const { id } = await a.book.create("session", session({ effort: 5 }));
  await a.book.syncNow();
  await b.book.syncNow();
  await a.book.edit(id, { set: { notes: "wet" } });
  server.fault = async (path, go, body) => {
    const answer = go();
    if (!isPush(path)) return answer;
    const { mid } = body.mutations[0];
    return json({ proto: 1, results: [{ mid, status: "retry", code: "internal" }] });
  };
  void a.book.syncNow();
  await a.book.syncNow();
  server.fault = null;
  await b.book.syncNow();
  await b.book.edit(id, { set: { effort: 9 } });
  await b.book.syncNow();
  server.fault = (path, go, body) => {
    if (!isPush(path)) return go();
    const results = body.mutations.map((/** @type {any} */ { mid }) => ({ mid, status: "retry" }));
    return json({ proto: 1, results });
  };
  await a.book.syncNow();
  server.fault = (path, go) => (isPush(path) ? go() : html());
  await a.book.syncNow();
  assert.deepEqual((await a.book.get(id))?.body, session({ effort: 9, notes: "wet" }));
  await a.book.edit(id, { set: { effort: 10 } });
  assert.equal((await a.outbox())[0].base_rev, 3);
});

test("an edit outlives a deletion on the other phone", async () => {
  const server = new Server();
  const a = await signedIn(server, 1);
  const b = await signedIn(server, 2);
  const { id } = await a.book.create("session", session());
  await a.book.syncNow();
  await b.book.syncNow();
  await a.book.remove(id);
  await b.book.edit(id, { set: { notes: "keep me" } });
  await a.book.syncNow();
  await b.book.syncNow();
  await a.book.syncNow();
  assert.deepEqual(await bodies(a.book), [[session({ notes: "keep me" }), "synced"]]);
  assert.deepEqual((await b.book.get(id))?.lost, { rev: 3 });
});

test("413 halves the batch; what is too large alone needs attention", async () => {
  const server = new Server();
  const a = await signedIn(server);
  const large = await a.book.create("session", session({ notes: "x".repeat(4000) }));
  for (let i = 0; i < 6; i++) await a.book.create("session", session());
  /** @type {number[]} */
  const sizes = [];
  server.fault = (path, go, body) => {
    if (!isPush(path)) return go();
    sizes.push(body.mutations.length);
    return JSON.stringify(body).length > 3000 ? html("too large", 413) : go();
  };
  await a.book.syncNow();
  assert.deepEqual(sizes, [7, 3, 1, 1, 1, 1, 1, 1, 1]);
  assert.deepEqual((await a.book.get(large.id))?.reason, { code: "too_large" });
  assert.deepEqual(await a.book.counts(), { waiting: 0, attention: 1 });
});

test("a batch is at most 200 mutations and 256 KB", async () => {
  const server = new Server();
  const a = await signedIn(server);
  await Promise.all(
    Array.from({ length: 260 }, () =>
      a.book.create("session", session({ notes: "é".repeat(600) })),
    ),
  );
  await a.book.syncNow();
  for (const push of server.pushes) {
    assert.ok(push.mutations.length <= 200);
    assert.ok(new TextEncoder().encode(JSON.stringify(push)).length <= 256 * 1024);
  }
  const mids = server.pushes.flatMap((push) =>
    push.mutations.map((/** @type {any} */ one) => one.mid),
  );
  assert.deepEqual(
    mids,
    Array.from({ length: 260 }, (_, i) => i + 1),
  );
});

test("426 asks for a newer app, keeps all", async () => {
  const server = new Server();
  const a = await signedIn(server);
  await a.book.create("session", session());
  server.fault = () => json({ proto: 1, error: "upgrade" }, 426);
  assert.equal((await a.book.syncNow()).state, "needs-update");
  assert.equal((await a.outbox()).length, 1);
});

test("Retry-After is obeyed, even when the rider looks again", async () => {
  const server = new Server();
  const a = await signedIn(server);
  await a.book.create("session", session());
  let asked = 0;
  server.fault = () => {
    asked += 1;
    return json({ error: "slow down" }, 429, { "Retry-After": "90" });
  };
  await a.book.syncNow();
  assert.equal(asked, 1);
  a.phone.pass(60_000);
  await a.book.wake();
  assert.equal(asked, 1);
  server.fault = null;
  a.phone.pass(30_000);
  await a.book.syncNow();
  assert.deepEqual(await a.outbox(), []);
});

test("after failures it tries again by itself, ever later, up to 15 minutes", async () => {
  const server = new Server();
  const a = await signedIn(server);
  await a.book.create("session", session());
  server.fault = () => json({ error: "internal_server_error" }, 500);
  await a.book.syncNow();
  /** @type {number[]} */
  const waits = [];
  for (let i = 0; i < 11; i++) {
    const [{ due }] = a.phone.timers;
    waits.push((due - a.phone.time) / 1000);
    a.phone.pass(due - a.phone.time);
    await a.book.syncNow();
  }
  assert.deepEqual(waits, [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
  server.fault = null;
  await a.book.wake();
  assert.deepEqual(await a.outbox(), []);
});

test("a save is sent a second later, once for quick taps", async () => {
  const server = new Server();
  const a = await signedIn(server);
  await a.book.create("session", session());
  await a.book.create("session", session());
  a.phone.pass(999);
  assert.equal(server.pushes.length, 0);
  a.phone.pass(1);
  await a.book.syncNow();
  assert.deepEqual(
    server.pushes.map((push) => push.mutations.length),
    [2],
  );
});

test("the minute's tick sends what waits, and does not meddle with a retry", async () => {
  const server = new Server();
  const a = await signedIn(server);
  a.book.tick();
  assert.equal(a.book.syncState.state, "idle");
  await a.book.create("session", session());
  server.fault = () => json({}, 500);
  await a.book.syncNow();
  const { length } = server.pushes;
  a.book.tick();
  assert.equal(a.book.syncState.state, "busy");
  assert.equal(server.pushes.length, length);
});

test("a server that accepts and never answers is given up after 20 seconds", async () => {
  const server = new Server();
  const a = await signedIn(server);
  await a.book.create("session", session());
  /** @type {AbortSignal | null | undefined} */
  let signal;
  const asked = new Promise((resolve) => {
    a.phone.fetch = (_path, init) => {
      signal = init.signal;
      resolve(null);
      return new Promise(() => {});
    };
  });
  const running = a.book.syncNow();
  await asked;
  assert.ok(await a.book.create("session", session()), "a save does not wait for the network");
  a.phone.pass(20_000);
  assert.equal((await running).state, "offline");
  assert.equal(signal?.aborted, true);
});

test("a killed tab is passed over: by the browser's lock at once, else when its lease is over", async () => {
  const server = new Server();
  const a = await signedIn(server);
  await a.book.create("session", session());
  const asked = new Promise((resolve) => {
    server.fault = () => {
      resolve(null);
      return new Promise(() => {});
    };
  });
  void a.book.syncNow();
  await asked;
  a.phone.kill();
  server.fault = null;
  const next = await a.phone.open();
  await next.syncNow();
  assert.equal((await a.outbox()).length, 1);
  a.phone.pass(60_000);
  await next.syncNow();
  assert.deepEqual(await a.outbox(), []);
});

test("a page that another tab has taken in already does not set the cursor back", async () => {
  const store = new Store(new Phone().env(), "dbs-u_a11ce");
  const page = { more: false, changes: [] };
  const start = await placeOf(store);
  assert.deepEqual(await takePage(store, start, { ...page, cursor: "e1:7" }), []);
  assert.equal(await takePage(store, start, { ...page, cursor: "e1:5" }), null);
  assert.equal((await placeOf(store)).cursor, "e1:7");
});

test("a server back from a backup erases nothing: what it lost is offered again", async () => {
  const server = new Server();
  const a = await signedIn(server);
  const kept = await a.book.create("session", session({ notes: "in the backup" }));
  await a.book.syncNow();
  const lost = await a.book.create("session", session({ notes: "after the backup" }));
  await a.book.syncNow();
  server.log(ALICE.id).entries.delete(lost.id);
  server.epoch = "e2";
  await a.book.syncNow();
  assert.equal((await a.book.get(kept.id))?.state, "synced");
  const orphan = await a.book.get(lost.id);
  assert.deepEqual([orphan?.state, orphan?.reason], ["attention", { code: "missing_on_server" }]);
  await a.book.resend(lost.id);
  await a.book.syncNow();
  assert.equal((await a.book.get(lost.id))?.state, "synced");
  assert.equal(server.log(ALICE.id).entries.get(lost.id).body.notes, "after the backup");
});

test("a check that never fits is said, not repeated for ever", async () => {
  const server = new Server();
  const a = await signedIn(server);
  a.phone.pass(86_400_000);
  server.fault = async (_path, go) => {
    const data = await go().json();
    return json({ ...data, check: { count: 99, hash: "00000000" } });
  };
  const result = await a.book.syncNow();
  assert.deepEqual([result.state, result.code], ["stopped", "check_failed"]);
});

test("Bob's cookie does not carry Alice's entries", async () => {
  const server = new Server();
  const a = await signedIn(server);
  a.browser.rider = BOB;
  await a.book.create("session", session());
  await a.book.syncNow();
  await a.book.refreshRider();
  await a.book.syncNow();
  assert.equal(a.book.rider?.id, BOB.id);
  assert.deepEqual((await a.book.list()).entries, []);
  assert.equal(server.log(BOB.id).entries.size, 0);
  assert.equal((await a.outbox()).length, 1);
  a.browser.rider = ALICE;
  await a.book.refreshRider();
  await a.book.syncNow();
  assert.equal(server.log(ALICE.id).entries.size, 1);
});
