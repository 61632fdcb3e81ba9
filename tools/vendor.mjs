// Copies the browser libraries that the pages import from node_modules to static/vendor.
// Only what `IMPORT_MAP` in dbsapp/headers.py names, and what those files import.
import { cp, mkdir, rm } from "node:fs/promises";

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
