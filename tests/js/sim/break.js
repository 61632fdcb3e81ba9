/**
 * Breaks the data layer on purpose, as it is loaded: `node --import ./break.js?NAME phones.js`. That
 * a fault so put in is found shows that the simulation would find it in our own code.
 */

import { register } from "node:module";

register("./breaker.js", import.meta.url, { data: new URL(import.meta.url).search.slice(1) });
