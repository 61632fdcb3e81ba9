// Why the server refused an entry, in words. Pure.

/** @type {Record<string, string>} */
const FIELDS = {
  routine: "Routine",
  routine_name: "Routine",
  date: "Date",
  duration_s: "Length in seconds",
  effort: "Effort",
  pain_before: "Pain before",
  pain_peak: "Pain during",
  pain_site: "Where it hurt",
  pain_side: "Which side",
  felt_glutes: "Felt your glutes",
  notes: "Notes",
  sets: "Sets",
};

/** @type {Record<string, string>} */
const CODES = {
  too_large: "It is bigger than the server takes. Shorter notes help.",
  missing_on_server: "The server came back from a backup without it. “Try again” sends it up.",
  unknown_kind: "The server does not know this kind of entry yet.",
  unknown_entry: "The server has never seen the entry that this changes.",
  malformed: "It did not arrive in one piece.",
  invalid: "Something in it is not as it should be.",
};

/**
 * One sentence for each thing that is wrong.
 * @param {{code: string, errors?: Record<string, string>} | undefined} reason
 * @returns {string[]}
 */
export function reasonsOf(reason) {
  const errors = Object.entries(reason?.errors ?? {});
  if (errors.length) return errors.map(([field, sentence]) => `${fieldName(field)}: ${sentence}`);
  const code = reason?.code ?? "";
  return [CODES[code] ?? `The server's reason: ${code.replaceAll("_", " ") || "none given"}.`];
}

/**
 * @param {string} path such as "effort" or "sets[2].load_kg"
 */
export function fieldName(path) {
  const [name] = path.split(/[.[]/);
  return FIELDS[name] ?? name;
}
