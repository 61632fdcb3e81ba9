// Apart from the other words, as every page says it.

/**
 * "1 entry", "2 entries".
 * @param {number} count
 */
export function entriesWord(count) {
  return count === 1 ? "1 entry" : `${count.toLocaleString("en-GB")} entries`;
}
