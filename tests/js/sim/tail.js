/** What a power cut may take from a disk: the last commits that nobody waited for. */

import { readDisk, writeDisk } from "./disk.js";

/** @import { DatabaseCopy } from "./disk.js" */

export class Tail {
  #disk;
  /** States of each database, from the last commit that was waited for. @type {Map<string, DatabaseCopy[]>} */
  #states;

  /** @param {IDBFactory} disk all of it is taken for safe by now */
  constructor(disk) {
    this.#disk = disk;
    this.#states = new Map(readDisk(disk).map((one) => [one.name, [one]]));
  }

  /** @param {IDBTransaction} tx which is complete */
  note({ db: { name }, durability }) {
    const [now] = readDisk(this.#disk, name);
    if (!now) return;
    const before = durability === "relaxed" ? (this.#states.get(name) ?? []) : [];
    this.#states.set(name, [...before, now]);
  }

  /** @param {number} most commits that are lost, of each database @returns {IDBFactory} the disk without them */
  cut(most) {
    const left = readDisk(this.#disk).map((now) => {
      const states = this.#states.get(now.name) ?? [now];
      return states[Math.max(0, states.length - 1 - most)];
    });
    return writeDisk(structuredClone(left));
  }
}
