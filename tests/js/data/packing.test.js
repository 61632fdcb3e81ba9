import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { isPush } from "./help/people.js";
import { Phone, session } from "./help/phone.js";
import { ALICE, json, Server } from "./help/server.js";

/** A phone whose browser can pack, and what it sent. */
async function packer(/** @type {((text: string) => any) | null} */ gzip) {
  const server = new Server();
  const phone = new Phone(server.browser(ALICE).fetch);
  const { fetch } = phone;
  /** @type {RequestInit[]} */
  const sent = [];
  phone.fetch = (path, init) => {
    if (isPush(path)) sent.push(init);
    return fetch(path, init);
  };
  phone.gzip = gzip;
  const book = await phone.open();
  await book.refreshRider();
  return { server, book, sent };
}

const pack = async (/** @type {string} */ text) => new Uint8Array(gzipSync(text));
const encodingOf = (/** @type {any} */ { headers }) => headers["Content-Encoding"];

test("a push over a kilobyte is packed, a small one is not", async () => {
  const { server, book, sent } = await packer(pack);
  await book.create("session", session());
  await book.syncNow();
  for (let i = 0; i < 20; i++) await book.create("session", session({ effort: i % 11 }));
  await book.syncNow();
  assert.deepEqual(sent.map(encodingOf), [undefined, "gzip"]);
  assert.equal(server.log(ALICE.id).entries.size, 21);
  const packed = /** @type {Uint8Array} */ (sent[1].body);
  assert.ok(packed.length * 5 < gunzipSync(packed).length);
});

test("where the browser cannot pack, it goes as it is", async () => {
  const { server, book, sent } = await packer(null);
  await book.create("session", session({ notes: "x".repeat(2000) }));
  await book.syncNow();
  assert.deepEqual(sent.map(encodingOf), [undefined]);
  assert.equal(server.log(ALICE.id).entries.size, 1);
});

test("a server that takes nothing packed is sent nothing packed again", async () => {
  const { server, book, sent } = await packer(pack);
  server.fault = (path, go) =>
    isPush(path) && sent.at(-1)?.body instanceof Uint8Array
      ? json({ proto: 1, error: "unsupported_encoding" }, 415)
      : go();
  for (let i = 0; i < 2; i++) {
    await book.create("session", session({ notes: "x".repeat(2000) }));
    await book.syncNow();
  }
  assert.deepEqual(sent.map(encodingOf), ["gzip", undefined, undefined]);
  assert.equal(server.log(ALICE.id).entries.size, 2);
});
