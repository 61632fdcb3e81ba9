// The exercises that have a figure, as tools/figures.mjs gets them.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const python = `${root}.venv/bin/python`;
const answer = spawnSync(python, ["-m", "dbsapp.content.figures"], { cwd: root, encoding: "utf8" });
if (answer.status !== 0) throw new Error(answer.stderr || `${python} did not start`);

/** @type {Record<string, import("../../../static/js/figure/still.js").Shown>} */
export const exercises = JSON.parse(answer.stdout);
