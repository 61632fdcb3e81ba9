import { loadContent } from "../data/content.js";
import { openLogbook } from "../data/logbook.js";
import { hereZone, wall } from "./days.js";
import { giveJson } from "./download.js";

/** @typedef {import("../data/logbook.js").Logbook} Logbook */
/** @typedef {Pick<Logbook, "list"> & {draft: Pick<Logbook["draft"], "get">}} Readable */

/** Hand the rider everything that their log on this phone holds, as JSON. */
export async function exportAll() {
  const logbook = await openLogbook();
  await exportLog(logbook, logbook.rider?.email ?? null);
}

/**
 * @param {Readable} logbook
 * @param {string | null} rider email
 */
export async function exportLog(logbook, rider) {
  const { limits } = await loadContent();
  const entries = [];
  for (const kind of Object.keys(limits)) {
    for (let after = null, more = true; more;) {
      const page = await logbook.list({ kind, limit: 500, after });
      entries.push(...page.entries);
      after = page.next;
      more = after !== null;
    }
  }
  const now = Date.now();
  const head = {
    format: "dbs-four-step-log",
    version: 1,
    exported_at: new Date(now).toISOString(),
  };
  const all = { ...head, rider, entries, draft: await logbook.draft.get() };
  await giveJson(`dbs-log-${wall(now, hereZone()).date}.json`, all);
}
