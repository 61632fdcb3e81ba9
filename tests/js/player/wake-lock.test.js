import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { WakeLock } from "../../../static/js/player/wake-lock.js";
import { equip } from "./fake-phone.js";

/** @type {ReturnType<typeof phone>} */
let at;
beforeEach(() => {
  at = phone();
});

/** A phone that counts how many locks are held. */
function phone() {
  const phone = { held: 0, asked: 0, refuses: false, visibilityState: "visible", drop: () => {} };
  const request = async () => {
    phone.asked += 1;
    if (phone.refuses) throw new Error("battery low");
    const lock = new EventTarget();
    let released = false;
    const release = async () => {
      if (released) return;
      released = true;
      phone.held -= 1;
      lock.dispatchEvent(new Event("release"));
    };
    phone.held += 1;
    phone.drop = release;
    return Object.assign(lock, { release });
  };
  equip({ navigator: { wakeLock: { request } }, document: phone });
  return phone;
}

test("it holds one lock, and lets go of it", async () => {
  const lock = new WakeLock();
  await lock.hold();
  await lock.hold();
  assert.equal(at.held, 1);
  lock.release();
  assert.equal(at.held, 0);
});

test("what the phone took away with the page is asked for again when it is back", async () => {
  const lock = new WakeLock();
  await lock.hold();
  at.visibilityState = "hidden";
  await at.drop();
  lock.renew();
  assert.equal(at.held, 0);
  at.visibilityState = "visible";
  lock.renew();
  assert.equal(at.held, 1);
});

test("once let go, a page that comes back does not take it again", async () => {
  const lock = new WakeLock();
  await lock.hold();
  lock.release();
  lock.renew();
  assert.equal(at.held, 0);
});

test("let go while it was being asked for, it is not kept", async () => {
  const lock = new WakeLock();
  const asked = lock.hold();
  lock.release();
  await asked;
  assert.equal(at.held, 0);
});

test("refused is no error, and the next look asks again", async () => {
  const lock = new WakeLock();
  at.refuses = true;
  await lock.hold();
  at.refuses = false;
  lock.renew();
  assert.equal(at.held, 1);
});

test("a browser without locks is left alone", async () => {
  equip({ navigator: {} });
  assert.equal(WakeLock.supported, false);
  const lock = new WakeLock();
  await lock.hold();
  lock.release();
});
