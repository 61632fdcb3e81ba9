/** Processor time, which a busy machine stretches less than the clock's. */

import { readdirSync, readFileSync } from "node:fs";
import process from "node:process";

const TICKS_A_SECOND = 100;

/** Seconds that we and the servers (the other processes that our parent started) have used. */
export function seconds() {
  const own = process.cpuUsage();
  const servers = processes().filter(({ pid }) => pid !== process.pid);
  const ticks = servers.reduce((sum, one) => sum + one.ticks, 0);
  return (own.user + own.system) / 1e6 + ticks / TICKS_A_SECOND;
}

/** What descends from our parent. */
function processes() {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap(statOf);
  const ours = new Set([process.ppid]);
  for (let before = 0; before < ours.size;) {
    before = ours.size;
    for (const { pid, parent } of all) if (ours.has(parent)) ours.add(pid);
  }
  return all.filter(({ pid }) => pid !== process.ppid && ours.has(pid));
}

/** None if it has just ended. */
function statOf(name) {
  try {
    const after = readFileSync(`/proc/${name}/stat`, "utf8").split(") ").at(-1).split(" ");
    return [
      { pid: Number(name), parent: Number(after[1]), ticks: Number(after[11]) + Number(after[12]) },
    ];
  } catch {
    return [];
  }
}
