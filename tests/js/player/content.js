// The real content, as the phone gets it: published by the library itself.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const venv = `${root}.venv/bin/python`;
const publish =
  "import sys; from dbsapp.content import load_library; " +
  "sys.stdout.buffer.write(load_library().publish())";
const python = existsSync(venv) ? venv : "python3";

/** @type {{version: string, exercises: Record<string, any>, routines: Record<string, any>,
 *   stop_rule: any}} */
export const content = JSON.parse(
  execFileSync(python, ["-c", publish], { cwd: root, encoding: "utf8", maxBuffer: 1 << 24 }),
);
