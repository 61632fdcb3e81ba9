/** Measures PouchDB with pouchdb-server at BASE: pouch.mjs BASE ENTRIES; prints JSON. */

import process from "node:process";
import PouchDB from "pouchdb";
import memory from "pouchdb-adapter-memory";
import { randomUUID } from "node:crypto";
import { median, session } from "./entries.mjs";
import { seconds } from "./processor.mjs";

const [base, count] = process.argv.slice(2);
const ENTRIES = Number(count);
const SINGLES = 50;
const options = { batch_size: 100 };

PouchDB.plugin(memory);
const timed = async (from, to) => {
  const start = performance.now();
  const { ok, docs_written } = await PouchDB.replicate(from, to, options);
  if (!ok) throw new Error("The replication failed");
  return { ms: performance.now() - start, written: docs_written };
};

const phone = new PouchDB("phone", { adapter: "memory" });
const laptop = new PouchDB("laptop", { adapter: "memory" });
const server = new PouchDB(`${base}/bench${randomUUID()}`);
const doc = (i) => ({ _id: randomUUID(), kind: "session", ...session(i) });
await phone.bulkDocs(Array.from({ length: ENTRIES }, (_, i) => doc(i)));
await server.info();
globalThis.gc();
const used = [seconds()];
const push = await timed(phone, server);
used.push(seconds());
globalThis.gc();
const pull = await timed(server, laptop);
used.push(seconds());
if (push.written !== ENTRIES || pull.written !== ENTRIES) throw new Error("Not all arrived");
const singles = [];
for (let i = 0; i < SINGLES; i += 1) {
  await phone.put(doc(i));
  singles.push([(await timed(phone, server)).ms, (await timed(server, laptop)).ms]);
}
console.log(
  JSON.stringify({
    push: push.ms / 1000,
    pull: pull.ms / 1000,
    push_cpu: used[1] - used[0],
    pull_cpu: used[2] - used[1],
    one_push: median(singles.map(([ms]) => ms)),
    one_pull: median(singles.map(([, ms]) => ms)),
  }),
);
process.exit(0);
