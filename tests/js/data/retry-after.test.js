/** How long a server that is busy may make a phone wait: in seconds, or until a date. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { ask } from "../../../static/js/data/http.js";
import { Phone, START } from "./help/phone.js";
import { json } from "./help/server.js";

const HOUR = 3_600_000;

/** @param {number} time */
const dated = (time) => new Date(time).toUTCString();

/** @param {Record<string, string>} headers @returns {Promise<any>} the ms that a phone at START waits */
async function waitFor(headers) {
  const phone = new Phone(async () => json({ proto: 1, error: "busy" }, 503, headers));
  const answer = await ask(phone.env(), "/", {}, 1000);
  return answer.is === "busy" && answer.after;
}

test("seconds are taken as they are", async () => {
  assert.equal(await waitFor({ "Retry-After": "90" }), 90_000);
});

test("a date is taken by this phone's clock where nobody tells the time", async () => {
  assert.equal(await waitFor({ "Retry-After": dated(START + 90_000) }), 90_000);
});

for (const ahead of [-HOUR, 24 * HOUR]) {
  test(`a date is taken by the clock of the server, ${ahead / HOUR} hours ahead of ours`, async () => {
    const there = START + ahead;
    const headers = { Date: dated(there), "Retry-After": dated(there + 90_000) };
    assert.equal(await waitFor(headers), 90_000);
  });
}

for (const text of ["99999", "9".repeat(400), dated(START + 365 * 24 * HOUR)]) {
  test(`nobody makes a phone wait longer than an hour: ${text.slice(0, 40)}`, async () => {
    assert.equal(await waitFor({ "Retry-After": text }), HOUR);
  });
}

for (const text of ["", "0", "-5", "1.5e3", "soon", dated(START - 90_000)]) {
  test(`"${text}" asks for nothing, so the phone's own waits are kept`, async () => {
    assert.equal(await waitFor({ "Retry-After": text }), 0);
  });
}
