// Draws the stills of all exercises that have a figure: `figures.mjs` writes static/figures/ and the small
// pictures, `figures.mjs sheet FILE [SLUG…]` one large SVG of all of them, each with its name. An easier or
// harder version that is posed has the slug of its exercise with `-easier` or `-harder`.
import { spawnSync } from "node:child_process";
import { mkdir, readFile, readdir, unlink, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { BESIDE, rows, versions } from "./rows.mjs";
import { paintRules, still } from "./still.mjs";

const root = new URL("../", import.meta.url);
const [mode = "write", file = "build/figures.png", ...only] = process.argv.slice(2);
const python = fileURLToPath(new URL(".venv/bin/python", root));
const answer = spawnSync(python, ["-m", "dbsapp.content.figures"], {
  cwd: fileURLToPath(root),
  encoding: "utf8",
});
if (answer.status !== 0) throw new Error(answer.stderr);
/** @type {Record<string, any>} */
const exercises = JSON.parse(answer.stdout);
const posed = { ...exercises, ...versions(exercises) };
const css = paintRules(
  await readFile(new URL("static/css/components/figure-paint.css", root), "utf8"),
);

if (mode === "sheet") await sheet();
else if (mode === "check") await check();
else await write();

async function write() {
  const folder = new URL("static/figures/", root);
  await mkdir(folder, { recursive: true });
  const wanted = new Set(Object.keys(exercises).map((slug) => `${slug}.svg`));
  for (const name of await readdir(folder))
    if (!wanted.has(name)) await unlink(new URL(name, folder));
  for (const [slug, one] of Object.entries(exercises))
    await writeFile(new URL(`${slug}.svg`, folder), still(one, css));
  await writeFile(new URL("static/small-figures.svg", root), rows(exercises, css));
  const beside = rows(versions(exercises), css, BESIDE);
  await writeFile(new URL("static/version-figures.svg", root), beside);
}

/** Say what is wrong with each figure, or that nothing is. */
async function check() {
  const { problems } = await import("../tests/js/figure/problems.js");
  for (const [slug, one] of Object.entries(posed)) {
    if (process.argv.length > 3 && !process.argv.slice(3).includes(slug)) continue;
    const wrong = problems(one.figure);
    console.log(`${slug}: ${wrong.length ? wrong.map((what) => `\n  ${what}`).join("") : "fine"}`);
  }
}

async function sheet() {
  const named = process.env.NAMES !== "0";
  const cells = Object.entries(posed).filter(([slug]) => !only.length || only.includes(slug));
  const wide = Number(process.env.COLUMNS ?? 2);
  const [w, h] = [640, 400];
  const drawn = cells.map(([slug, one], i) => {
    const svg = still(one, css);
    const at = `x="${(i % wide) * w + 10}" y="${Math.floor(i / wide) * h + 34}" width="${w - 20}" height="${h - 44}"`;
    const label = named ? slug : String(i + 1);
    return `<text x="${(i % wide) * w + 12}" y="${Math.floor(i / wide) * h + 24}" font-family="sans-serif" font-size="18" stroke="none">${label}</text>${svg.replace("<svg ", `<svg ${at} `).replace(/(viewBox="[^"]*") width="\d+" height="\d+"/, "$1")}`;
  });
  const high = Math.ceil(cells.length / wide) * h;
  const all = `<svg xmlns="http://www.w3.org/2000/svg" width="${wide * w}" height="${high}"><rect width="100%" height="100%" fill="#faf6ef" stroke="none"/>${drawn.join("")}</svg>`;
  await mkdir(new URL("build/", root), { recursive: true });
  const made = spawnSync("rsvg-convert", ["-o", file], { input: all, cwd: fileURLToPath(root) });
  if (made.status !== 0) throw new Error(String(made.stderr));
}
