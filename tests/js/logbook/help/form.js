/**
 * The phone's form for tests that are written in Python: a line of JSON in, a line of JSON out.
 * In: what was typed and the rules of the fields; out: what is broken, or what would be saved.
 */

import { createInterface } from "node:readline";
import { check } from "../../../../static/js/lib/field-rules.js";
import { changes, newBody } from "../../../../static/js/lib/session-values.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { values, rules, was, names, ...context } = JSON.parse(line);
  const broken = Object.keys(check(values, rules));
  const saved = () => (was ? changes(was, values, names) : newBody(values, { names, ...context }));
  console.log(JSON.stringify(broken.length ? { broken } : { saved: saved() }));
}
