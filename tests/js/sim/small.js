/** Makes the data layer take small bites, so that a few entries fill several of them, and all at once. */

import { register } from "node:module";

for (const hook of ["./smaller.js", "./early.js"]) register(hook, import.meta.url);
