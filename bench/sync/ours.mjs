/** Measures our server at BASE with the COOKIE of a rider: ours.mjs BASE COOKIE ENTRIES; prints JSON. */

import process from "node:process";
import { median, session, withSets } from "./entries.mjs";
import { Phone } from "./phone.mjs";
import { seconds } from "./processor.mjs";

const [base, cookie, count] = process.argv.slice(2);
const ENTRIES = Number(count);
const SINGLES = 100;

const phone = new Phone(base, cookie);
const book = await phone.open();
phone.offline = true;
for (let i = 0; i < ENTRIES; i += 1) await book.create("session", session(i));
phone.offline = false;
globalThis.gc();
const used = [seconds()];
phone.beforePull = () => used.push(seconds());
const pushed = await phone.sync();
if (pushed.result.pushed !== ENTRIES) throw new Error(`Pushed ${pushed.result.pushed}`);
const batches = phone.requests.filter(({ path }) => path.includes("/push")).length;

const laptop = new Phone(base, cookie);
globalThis.gc();
const start = performance.now();
used.push(seconds());
await laptop.open();
const { entries } = await laptop.book.list({ limit: 100 });
const pull = performance.now() - start;
used.push(seconds());
if (entries.length !== Math.min(100, ENTRIES)) throw new Error(`Listed ${entries.length}`);
const { entries: held } = await laptop.book.diagnostics();
if (held.all !== ENTRIES) throw new Error(`Pulled ${held.all}`);

const singles = [];
for (let i = 0; i < SINGLES; i += 1) {
  await book.create("session", session(i));
  const { push } = await phone.sync();
  const { all } = await laptop.sync();
  singles.push([push, all]);
}
for (let i = 0; i < 20; i += 1) await book.create("session", withSets(i, 8));
await phone.sync();
const batch = phone.requests.find(({ path }) => path.includes("/push"));

console.log(
  JSON.stringify({
    batches,
    push: pushed.push / 1000,
    pull: pull / 1000,
    push_cpu: used[1] - used[0],
    pull_cpu: used[3] - used[2],
    one_push: median(singles.map(([push]) => push)),
    one_pull: median(singles.map(([, all]) => all)),
    bytes: batch.bytes / 20,
  }),
);
process.exit(0);
