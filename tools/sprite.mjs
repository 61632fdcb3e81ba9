// Makes one sprite of the icons named in tools/icons.txt, so that a page asks for one file.
import { readFile } from "node:fs/promises";

/**
 * Turn an icon's file into a symbol named `name`: its shapes without its outer element, whose
 * looks (stroke, width, size) the `.icon` class gives.
 * @param {string} name
 * @param {string} svg
 */
export function symbol(name, svg) {
  const shapes = svg.replace(/^[\s\S]*?<svg[\s\S]*?>|<\/svg>\s*$/g, "").replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
}

/**
 * Return the sprite of all icons listed in `list`, read from the package's `icons` folder.
 * @param {URL} list
 * @param {URL} icons
 */
export async function sprite(list, icons) {
  const names = (await readFile(list, "utf8")).split(/\s+/).filter(Boolean);
  const symbols = names.map(async (name) =>
    symbol(name, await readFile(new URL(`${name}.svg`, icons), "utf8")),
  );
  const licence =
    "<!-- Icons: Lucide, copyright Lucide Contributors, ISC licence, https://lucide.dev/license -->";
  const all = (await Promise.all(symbols)).join("");
  return `${licence}<svg xmlns="http://www.w3.org/2000/svg">${all}</svg>\n`;
}
