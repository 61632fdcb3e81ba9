/** No tap waits for the network, whatever the network is doing. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { signedIn } from "./help/people.js";
import { Phone, session } from "./help/phone.js";
import { ALICE, BOB, html, Server } from "./help/server.js";

/** Settle what can be settled without the network. */
const quiet = async () => {
  for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve));
};

const silence = () => new Promise(() => {});

/** @type {[string, (book: any) => unknown][]} */
const HANGING = [
  ["who is signed in is asked for the first time", (book) => book.refreshRider()],
  ["it is asked again", async (book) => (book.wake(), book.tick(), book.refreshRider())],
  ["a sync is under way", (book) => book.syncNow()],
  ["a signing out uploads first", (book) => book.signOut({ pending: "upload" })],
];
for (const [what, begin] of HANGING) {
  test(`every tap is done while ${what} and no answer ever comes`, async () => {
    const server = new Server();
    const a = await signedIn(server);
    const { id } = await a.book.create("session", session());
    server.fault = silence;
    void begin(a.book);
    await quiet();
    const { id: second } = await a.book.create("session", session());
    await a.book.edit(id, { set: { effort: 3 } });
    await a.book.remove(second);
    await a.book.restore(second);
    await a.book.draft.put({ holder: "me", set: 1 }, null);
    await a.book.finishDraft("session", session({ notes: "done" }), "me");
    assert.equal((await a.book.list()).entries.length, 3);
    assert.equal((await a.book.unsynced()).length, 3);
  });
}

test("a page opens, and saves, while the server is silent from the start", async () => {
  const phone = new Phone(silence);
  const book = await phone.open();
  void book.refreshRider();
  book.wake();
  await quiet();
  await book.draft.put({ holder: "me", set: 1 }, null);
  await book.finishDraft("session", session(), "me");
  assert.equal((await book.list()).entries.length, 1);
});

test("asked to sign out, it looks at once what is left, whatever is under way", async () => {
  const server = new Server();
  const a = await signedIn(server);
  await a.book.create("session", session());
  server.fault = silence;
  void a.book.syncNow();
  void a.book.refreshRider();
  await quiet();
  assert.deepEqual((await a.book.signOut()).waiting, 1);
});

for (const again of /** @type {const} */ (["wake", "tick"])) {
  test(`while nobody has answered who is signed in, it is asked again at the next ${again}`, async () => {
    const server = new Server();
    const browser = server.browser(ALICE);
    const phone = new Phone(browser.fetch);
    const book = await phone.open();
    await book.create("session", session());
    server.fault = () => html();
    assert.equal(await book.refreshRider(), null);
    server.fault = null;
    const told = new Promise((resolve) => {
      book.subscribe((message) => message.type === "rider" && resolve(book.rider));
    });
    book[again]();
    assert.deepEqual(await told, ALICE);
  });
}

test("the second question has 20 seconds, and there is one at a time", async () => {
  const phone = new Phone(silence);
  const book = await phone.open();
  const first = book.refreshRider();
  await quiet();
  phone.pass(3000);
  assert.equal(await first, null);
  let asked = 0;
  phone.fetch = () => {
    asked += 1;
    return silence();
  };
  book.tick();
  book.tick();
  let given = false;
  const second = book.refreshRider().finally(() => {
    given = true;
  });
  await quiet();
  phone.pass(19_999);
  await quiet();
  assert.deepEqual([asked, given], [1, false]);
  phone.pass(1);
  assert.equal(await second, null);
});

test("once somebody has answered, no minute asks again", async () => {
  const server = new Server();
  const a = await signedIn(server);
  let asked = 0;
  server.fault = (path, go) => {
    asked += Number(path === "/api/session");
    return go();
  };
  a.book.tick();
  await a.book.wake();
  assert.equal(asked, 0);
});

test("an answer from before the signing out signs nobody in again", async () => {
  const server = new Server();
  const a = await signedIn(server);
  /** @type {(value?: unknown) => void} */
  let letGo = () => {};
  let held = false;
  server.fault = async (path, go) => {
    const answer = go();
    if (path === "/api/session" && !held) {
      held = true;
      await new Promise((resolve) => (letGo = resolve));
    }
    return answer;
  };
  const asked = a.book.refreshRider();
  await quiet();
  const leaving = a.book.signOut();
  letGo();
  assert.equal((await leaving).done, true);
  assert.equal(await asked, null);
  assert.equal(a.book.rider, null);
});

test("a question from before the signing out is given up: its answer would renew the cookie", async () => {
  const server = new Server();
  const a = await signedIn(server);
  const { fetch } = a.phone;
  /** @type {(AbortSignal | null | undefined)[]} */
  const signals = [];
  a.phone.fetch = (path, init) => {
    signals.push(init.signal);
    return signals.length === 1 ? silence() : fetch(path, init);
  };
  const asked = a.book.refreshRider();
  assert.equal((await a.book.signOut()).done, true);
  assert.equal(signals[0]?.aborted, true);
  assert.equal(await asked, null);
  assert.equal(a.browser.rider, null);
});

test("a cookie that became Bob's brings nothing of his into Alice's log", async () => {
  const server = new Server();
  const b = await signedIn(server, 2, BOB);
  await b.book.create("session", session({ notes: "Bob's" }));
  await b.book.syncNow();
  const a = await signedIn(server);
  a.browser.rider = BOB;
  assert.deepEqual((await a.book.syncNow()).code, "wrong_user");
  assert.deepEqual(await a.phone.rows("dbs-u_a11ce", "entry"), []);
});
