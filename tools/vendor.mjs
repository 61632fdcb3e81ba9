// Copies the browser libraries that the pages import from node_modules to static/vendor.
// Only what `IMPORT_MAP` in dbsapp/headers.py names, what those files import, and the icons. `idb` is
// imported by its path instead: workers know no import maps, and one of ours opens the logbook.
import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { sprite } from "./sprite.mjs";

const FILES = {
  "idb/index.js": "idb/build/index.js",
  "lit/index.js": "lit/index.js",
  "@lit/reactive-element/reactive-element.js": "@lit/reactive-element/reactive-element.js",
  "@lit/reactive-element/css-tag.js": "@lit/reactive-element/css-tag.js",
  "lit-html/lit-html.js": "lit-html/lit-html.js",
  "lit-html/is-server.js": "lit-html/is-server.js",
  "lit-element/lit-element.js": "lit-element/lit-element.js",
};

const root = new URL("../", import.meta.url);
await rm(new URL("static/vendor", root), { recursive: true, force: true });
for (const [to, from] of Object.entries(FILES)) {
  const target = new URL(`static/vendor/${to}`, root);
  await mkdir(new URL(".", target), { recursive: true });
  await cp(new URL(`node_modules/${from}`, root), target);
}
await writeFile(new URL("static/vendor/idb/index.d.ts", root), 'export * from "idb";\n');
const icons = new URL("node_modules/lucide-static/icons/", root);
const made = await sprite(new URL("tools/icons.txt", root), icons);
await writeFile(new URL("static/vendor/sprite.svg", root), made);
