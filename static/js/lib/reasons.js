// Why an entry needs its rider's attention, in words. Pure.

/** @typedef {{code: string, errors?: Record<string, string>} | undefined} Reason */

/** @type {Record<string, string>} */
const FIELDS = {
  routine_name: "Routine",
  duration_s: "Length",
  started_at: "Start",
  tz: "Time zone",
  pain_peak: "Pain during",
  pain_site: "Where it hurt",
  pain_side: "Which side",
  felt_glutes: "Felt your glutes",
  load_kg: "Load in kg",
  items: "Exercises",
  hold_s: "Hold in seconds",
  rest_s: "Rest in seconds",
};

/** @type {Record<string, string>} */
const CODES = {
  too_large: "It is bigger than the server takes. Shorter notes help.",
  missing_on_server:
    "The server came back from a backup that is older than this. “Try again” sends it up.",
  older_on_server:
    "The server came back from a backup, and has another version of this. “Try again” sends yours up, “Discard” takes the server's.",
  unknown_kind: "The server does not know this kind of entry yet.",
  unknown_entry: "The server has never seen the entry that this changes.",
  malformed: "It did not arrive in one piece.",
  invalid: "Something in it is not as it should be.",
};

/**
 * What happened, in one sentence.
 * @param {Reason} reason
 */
export function refusalOf(reason) {
  const restored = ["missing_on_server", "older_on_server"].includes(reason?.code ?? "");
  return restored
    ? "The server lost this one. It is safe on this phone."
    : "The server did not take this one. It is safe on this phone.";
}

/**
 * One sentence for each thing that is wrong.
 * @param {Reason} reason
 * @returns {string[]}
 */
export function reasonsOf(reason) {
  const errors = Object.entries(reason?.errors ?? {});
  if (errors.length) return errors.map(([field, sentence]) => `${limited(field)}: ${sentence}`);
  const code = reason?.code ?? "";
  return [CODES[code] ?? `The server's reason: ${code.replaceAll("_", " ") || "none given"}.`];
}

/**
 * @param {string} path such as "effort" or "sets[2].load_kg"
 */
export function fieldName(path) {
  const [name] = path.split(/[.[]/);
  const words = name.replaceAll("_", " ");
  return FIELDS[name] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/** A limit is said in the unit of the wire. @param {string} path */
function limited(path) {
  return path === "duration_s" ? "Length in seconds" : fieldName(path);
}
