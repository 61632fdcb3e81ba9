// Prints as JSON what the voice has to say, a hash of it, and the beep that the recording begins with.
import { content } from "../../tests/js/player/content.js";
import { beep } from "../../static/js/player/track.js";
import { vocabulary } from "../../static/js/player/vocabulary.js";
import { hashOf } from "./hash.mjs";

const words = vocabulary(content.exercises);
const marker = Array.from(beep("countdown", Number(process.argv[2])));
process.stdout.write(JSON.stringify({ words, hash: hashOf(words), marker }));
