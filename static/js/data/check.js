/** Whether phone and server hold the same: a count, and the XOR of a hash of each revision. Pure. */

/** @import { Entry } from "./types.js" */

/**
 * The words of the id and a multiple of the revision, folded, then the last mixing steps of
 * MurmurHash3; the server's `entry_hash`.
 *
 * @param {string} id
 * @param {number} rev
 * @returns {number} 32 bits, signed
 */
export function entryHash(id, rev) {
  const digits = id.replaceAll("-", "");
  let value = Math.imul(rev, 0x9e3779b1);
  for (let i = 0; i < 32; i += 8) value ^= Number.parseInt(digits.slice(i, i + 8), 16);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}

/**
 * @param {Pick<Entry, "id" | "server">[]} entries
 * @returns {{count: number, hash: string}} of those that live on the server
 */
export function checkOf(entries) {
  let [count, hash] = [0, 0];
  for (const { id, server } of entries) {
    if (!server?.body) continue;
    count += 1;
    hash ^= entryHash(id, server.rev);
  }
  return { count, hash: (hash >>> 0).toString(16).padStart(8, "0") };
}
