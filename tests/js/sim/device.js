/** A device of the simulation: a disk, a clock that may be wrong, and pages that can die. */

import { readDisk, writeDisk } from "./disk.js";
import { met } from "./met.js";
import { Page } from "./page.js";
import { SecondPlace } from "./second.js";
import { Tail } from "./tail.js";

/** @import { Message } from "../../../static/js/data/types.js" */

/** The time that is true; it passes only when the story says so. */
export const world = { now: 0 };

export class Device {
  disk = new IDBFactory();
  second = new SecondPlace();
  /** How far its clock is ahead, in ms. */
  skew = 0;
  /** Whether there is no room, and when that shows. @type {"" | "put" | "commit"} */
  full = "";
  /** @type {Map<number, Page>} by number of the tab */
  pages = new Map();
  /** @type {Map<string, Page>} who holds which lock of the browser */
  held = new Map();
  /** @type {{disk: ReturnType<typeof readDisk>, second: SecondPlace} | null} */
  backup = null;
  /** @type {Tail | null} what a power cut would take */
  tail = null;
  #seed;

  /** @param {string} name @param {number} seed @param {boolean} locks whether it knows Web Locks */
  constructor(name, seed, locks) {
    this.name = name;
    this.hasLocks = locks;
    this.#seed = seed;
  }

  /** @param {number} tab */
  newPage(tab) {
    this.pages.get(tab)?.die();
    const page = new Page(this, tab);
    this.pages.set(tab, page);
    return page;
  }

  killAll() {
    for (const page of this.pages.values()) page.die();
  }

  backUp() {
    this.backup = { disk: structuredClone(readDisk(this.disk)), second: this.second.copy() };
  }

  /** Go back to the backup, or to nothing. @param {boolean} empty */
  replaceDisk(empty) {
    this.killAll();
    const backup = empty ? null : this.backup;
    met.push(backup ? "phone backup restored" : "phone storage lost");
    this.disk = backup ? writeDisk(backup.disk) : new IDBFactory();
    this.second = backup ? backup.second.copy() : new SecondPlace();
  }

  /** From now on it matters which commits were waited for. */
  losePowerSoon() {
    this.tail = new Tail(this.disk);
  }

  /** @param {number} most commits that are lost */
  losePower(most) {
    this.killAll();
    if (this.tail) this.disk = this.tail.cut(most);
    this.tail = null;
  }

  /** Databases that Chromium finds broken begin anew. @returns {object} all that was there */
  loseDatabases() {
    for (const page of this.pages.values()) page.disconnect(true);
    const databases = structuredClone(readDisk(this.disk));
    this.disk = new IDBFactory();
    if (this.tail) this.tail = new Tail(this.disk);
    return { device: this.name, databases, second: this.second.report() };
  }

  /** @param {Page} from @param {Message} message */
  broadcast(from, message) {
    const copy = structuredClone(message);
    for (const page of this.pages.values()) {
      if (page !== from) setImmediate(() => page.hear(copy));
    }
  }

  /** A number from 0 to 255 that depends on the story alone. */
  chance() {
    this.#seed = (Math.imul(this.#seed, 1103515245) + 12345) >>> 0;
    return this.#seed >>> 24;
  }
}
