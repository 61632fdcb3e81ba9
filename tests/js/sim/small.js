/** Makes the data layer take small bites, so that a few entries fill several of them. */

import { register } from "node:module";

register("./smaller.js", import.meta.url);
