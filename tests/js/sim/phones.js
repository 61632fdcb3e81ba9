/**
 * The phones of the simulation, as a process: a line of JSON in, all that follows from it, a line
 * of JSON out. Nothing here chooses: order, time, network and chance come from the story.
 */

import "./small.js";
import "./quiet.js";
import { closeSync, readSync, writeSync } from "node:fs";
import { quiet } from "./quiet.js";

const { Device, world } = await import("./device.js");
const { asks, Dead, losses } = await import("./page.js");
const { met } = await import("./met.js");
const { readDisk } = await import("./disk.js");
const { keptLogs } = await import("../../../static/js/data/kept.js");

/** @import { Page } from "./page.js" */

/** @type {Map<string, InstanceType<typeof Device>>} */
let devices = new Map();
/** @type {{n: number, page: string, value?: any, kind?: string, error?: string}[]} */
let done = [];
/** @type {string[]} */
let wrong = [];
let told = 0;

/** @param {string} name */
const deviceOf = (name) => {
  const device = devices.get(name.split("/")[0]);
  if (!device) throw new Error(`There is no ${name}.`);
  return device;
};

/** @param {string} name @returns {Page} */
function pageOf(name) {
  const page = deviceOf(name).pages.get(Number(name.split("/")[1] ?? 0));
  if (!page) throw new Error(`${name} is closed.`);
  return page;
}

const livePages = () =>
  [...devices.values()].flatMap((device) => [...device.pages.values()]).filter((one) => !one.dead);

/** @type {Record<string, (command: any) => unknown>} */
const COMMANDS = {
  begin({ now }) {
    for (const device of devices.values()) device.killAll();
    devices = new Map();
    world.now = now;
  },
  device({ name, seed, locks }) {
    devices.set(name, new Device(name, seed, locks));
  },
  open({ page, n }) {
    const [device, tab] = [deviceOf(page), Number(page.split("/")[1] ?? 0)];
    run(n, device.newPage(tab), (opened) => opened.open());
  },
  call({ page, n, method, args }) {
    const [name, part] = method.split(".").reverse();
    run(n, pageOf(page), ({ book }) => {
      const all = /** @type {any} */ (book);
      return (part ? all[part] : all)[name](...args);
    });
  },
  answer({ ask, status, headers, body }) {
    take(ask)?.resolve({
      ok: status >= 200 && status < 300,
      status,
      headers: { get: (/** @type {string} */ name) => headers[name.toLowerCase()] ?? null },
      text: async () => body,
      json: async () => JSON.parse(body),
    });
  },
  fail({ ask }) {
    take(ask)?.reject(new TypeError("Failed to fetch"));
  },
  /** Let time pass up to the first timer that falls due, and run it. */
  pass({ until }) {
    const timers = livePages().flatMap((page) => page.timers.map((timer) => ({ page, timer })));
    const due = timers.filter(({ timer }) => timer.due <= until);
    const [first] = due.sort((a, b) => a.timer.due - b.timer.due);
    world.now = first ? Math.max(world.now, first.timer.due) : until;
    if (!first) return { now: world.now };
    first.page.timers = first.page.timers.filter((one) => one !== first.timer);
    first.timer.task();
    return { now: world.now };
  },
  fuse({ page, after }) {
    pageOf(page).fuse = after ?? Number.POSITIVE_INFINITY;
  },
  hiccup({ page, after, loses }) {
    Object.assign(pageOf(page), { hiccup: after ?? Number.POSITIVE_INFINITY, loses });
  },
  /** Look into all logs that were left on the device, as the settings do. */
  look({ page, n }) {
    run(n, pageOf(page), ({ book }) => keptLogs(/** @type {any} */ (book)));
  },
  kill({ page }) {
    pageOf(page).die();
  },
  skew({ device, ms }) {
    deviceOf(device).skew = ms;
  },
  fill({ device, when }) {
    deviceOf(device).full = when;
  },
  backUp({ device }) {
    deviceOf(device).backUp();
  },
  replaceDisk({ device, empty }) {
    deviceOf(device).replaceDisk(empty);
  },
  losePowerSoon({ device }) {
    deviceOf(device).losePowerSoon();
  },
  losePower({ device, most }) {
    deviceOf(device).losePower(most);
  },
  loseDatabases({ device }) {
    losses.push(deviceOf(device).loseDatabases());
  },
  spoil({ device, fails, times }) {
    Object.assign(deviceOf(device).second, { fails, times: times ?? Number.POSITIVE_INFINITY });
  },
  disk({ device }) {
    return { disk: readDisk(deviceOf(device).disk) };
  },
  second({ device }) {
    const { second, disk } = deviceOf(device);
    const known = readDisk(disk).filter(isMirrored);
    const { places, ...rest } = second.report();
    const names = Object.keys(places).filter((name) => name !== "dbs-shell");
    const awaited = names.filter((name) => !known.some((one) => one.name === name));
    return { second: { ...rest, places, awaited } };
  },
};

/** Whether all that the second place had is back in a database. @param {any} database */
const isMirrored = ({ stores }) =>
  stores.some((/** @type {any} */ store) =>
    store.records.some((/** @type {any} */ { key, value }) => key === "mirrored" && value),
  );

/** @param {number} ask */
function take(ask) {
  const found = asks.get(ask);
  asks.delete(ask);
  return found;
}

/** @param {number} n @param {Page} page @param {(page: Page) => unknown} work */
async function run(n, page, work) {
  try {
    const value = await work(page);
    if (!page.dead) done.push({ n, page: page.name, value });
  } catch (error) {
    if (!page.dead) done.push({ n, page: page.name, kind: kindOf(error), error: describe(error) });
  }
}

/** @param {any} error */
const kindOf = (error) =>
  error instanceof DOMException ? error.name : (error?.constructor?.name ?? "");

/** @param {any} error */
const describe = (error) => `${error?.name}: ${error?.message}\n${error?.stack ?? ""}`;

/** What is to be seen after each step: lists and outboxes of living pages, requests, results. */
function report() {
  const fresh = [...asks.values()].filter(({ n }) => n > told);
  told = Math.max(told, ...asks.keys());
  const answer = {
    now: world.now,
    done,
    wrong,
    asks: fresh.map(({ n, page, path, init }) => ({
      ...{ n, page, path, method: init.method ?? "GET", headers: init.headers, ...bodyOf(init) },
    })),
    timers: livePages().flatMap((page) => page.timers.map(({ due }) => due)),
    pages: looks(),
    lost: losses.splice(0),
    met: met.splice(0),
  };
  [done, wrong] = [[], []];
  return answer;
}

/** @param {RequestInit} init */
function bodyOf({ body }) {
  if (body == null) return {};
  return typeof body === "string"
    ? { body }
    : { base64: Buffer.from(/** @type {any} */ (body)).toString("base64") };
}

/** @param {Page} page */
function look({ book, device, name }) {
  const rider = book?.rider?.id ?? null;
  const [database] = readDisk(device.disk, `dbs-${rider ?? "local"}`);
  const records = (/** @type {string} */ store) =>
    database?.stores.find((one) => one.name === store)?.records ?? [];
  const rows = (/** @type {string} */ store) => records(store).map(({ value }) => value);
  return {
    name,
    rider,
    entries: Object.fromEntries(
      rows("entry").map(({ id, kind, body, deleted, state, reason, lost }) => [
        id,
        { kind, body, deleted, state, reason, lost },
      ]),
    ),
    outbox: rows("outbox").map(({ mid, mutation_id, id, state }) => [mid, mutation_id, id, state]),
    check: records("meta").find(({ key }) => key === "check")?.value,
    sync: book?.syncState.state,
    code: book?.syncState.code,
  };
}

/** @type {Map<Page, string>} */
let shown = new Map();

/** Living pages, as they look; null: as the last time. */
function looks() {
  const before = shown;
  shown = new Map(livePages().map((page) => [page, JSON.stringify(look(page))]));
  return Object.fromEntries(
    [...shown].map(([page, text]) => [page.name, before.get(page) === text ? null : text]),
  );
}

process.on("unhandledRejection", (error) => {
  const abort = error instanceof DOMException && error.name === "AbortError";
  const someDied = [...devices.values()].some((one) => [...one.pages.values()].some((p) => p.dead));
  if (!(error instanceof Dead) && !(abort && someDied)) wrong.push(describe(error));
});

const input = Buffer.alloc(1 << 16);
let text = "";

/** @returns {string | null} the next line, waiting for it; null at the end */
function nextLine() {
  for (;;) {
    const end = text.indexOf("\n");
    if (end >= 0) {
      const line = text.slice(0, end);
      text = text.slice(end + 1);
      return line;
    }
    const read = readSync(0, input);
    if (!read) return null;
    text += input.toString("utf8", 0, read);
  }
}

for (let line = nextLine(); line !== null; line = nextLine()) {
  const command = JSON.parse(line);
  const more = COMMANDS[command.do](command);
  await quiet();
  const bytes = Buffer.from(`${JSON.stringify({ ...report(), .../** @type {any} */ (more) })}\n`);
  for (let sent = 0; sent < bytes.length;) sent += writeSync(1, bytes, sent);
}
closeSync(1);
