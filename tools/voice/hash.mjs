import { createHash } from "node:crypto";

/**
 * Return 16 hex digits that change when a word does, whatever the order.
 * @param {Record<string, string>} words text by key
 */
export function hashOf(words) {
  const sorted = Object.entries(words).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("hex").slice(0, 16);
}
