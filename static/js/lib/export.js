import { loadContent } from "../data/content.js";
import { openLogbook } from "../data/logbook.js";
import { hereZone, wall } from "./days.js";
import { giveJson } from "./download.js";

/** Hand the rider everything that their log on this phone holds, as JSON. */
export async function exportAll() {
  const logbook = await openLogbook();
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
  const all = {
    ...head,
    rider: logbook.rider?.email ?? null,
    entries,
    draft: await logbook.draft.get(),
  };
  await giveJson(`dbs-log-${wall(now, hereZone()).date}.json`, all);
}
