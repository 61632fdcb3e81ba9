// The exercises that have a figure, and their posed versions, as tools/figures.mjs gets them.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { versions } from "../../../tools/rows.mjs";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const python = `${root}.venv/bin/python`;
const answer = spawnSync(python, ["-m", "dbsapp.content.figures"], { cwd: root, encoding: "utf8" });
if (answer.status !== 0) throw new Error(answer.stderr || `${python} did not start`);

/** @type {Parameters<typeof versions>[0]} */
export const exercises = JSON.parse(answer.stdout);
export const posedVersions = versions(exercises);
