/** Whether phone and server hold the same: a count, and the XOR of a hash of each revision. Pure. */

/** @import { Entry } from "./types.js" */

/**
 * FNV-1a over `id:rev`, then the last mixing steps of MurmurHash3; the server's `entry_hash`.
 *
 * @param {string} id
 * @param {number} rev
 * @returns {number} 32 bits, signed
 */
export function entryHash(id, rev) {
  let value = 0x811c9dc5;
  const text = `${id}:${rev}`;
  for (let i = 0; i < text.length; i += 1)
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
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
