import assert from "node:assert/strict";
import { test } from "node:test";
import { clearAway } from "../../../static/js/data/departure.js";
import { Riders } from "../../../static/js/data/riders.js";
import { bodies, withMirror } from "./help/people.js";
import { nowhere, session } from "./help/phone.js";
import { ALICE, Server } from "./help/server.js";

for (const nth of [1, 2, 3])
  test(`a tab that froze before it cleared a log, as it asked whose for time ${nth}, clears nothing once its rider is back`, async () => {
    const { browser, phone, book } = await withMirror(new Server());
    await book.create("session", session({ notes: "old" }));
    await book.syncNow();
    // Another tab, which tidies up too: it has read whose log is to be cleared, and freezes there.
    const riders = new Riders(phone.env());
    let left = nth;
    let thaw = () => {};
    /** @type {Promise<void> | undefined} */
    let clearing;
    const frozen = new Promise((resolve) => {
      const { standing } = riders;
      riders.standing = async () => {
        const read = await standing.call(riders);
        left -= 1;
        if (left) return read;
        resolve(read.clearing);
        await new Promise((go) => (thaw = () => go(null)));
        return read;
      };
    });
    const { cleared } = book.riders;
    book.riders.cleared = async (rider) => {
      const done = await cleared.call(book.riders, rider);
      clearing = clearAway(phone.env(), riders);
      assert.deepEqual(await frozen, [ALICE]);
      return done;
    };
    assert.equal((await book.signOut()).done, true);
    browser.rider = ALICE;
    await book.refreshRider();
    await book.syncNow();
    phone.fetch = nowhere;
    await book.create("session", session({ notes: "new" })); // says: saved
    thaw();
    await clearing;
    phone.kill();
    const later = await phone.open();
    const notes = (await bodies(later)).map(([body]) => body.notes);
    assert.deepEqual(notes.sort(), nth < 3 ? ["new", "old"] : ["new"]);
  });
