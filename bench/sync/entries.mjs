/** What is logged in the measurements: sessions of about 400 B, and some with sets. */

import { readFileSync } from "node:fs";
import { randomFillSync } from "node:crypto";
import { uuid7Maker } from "../../static/js/data/uuid7.js";

const newId = uuid7Maker(Date.now, (bytes) => randomFillSync(bytes));
const ENTRY = JSON.parse(readFileSync(new URL("entry.json", import.meta.url), "utf8"));
const NAMES = ["glute-squeeze", "double-leg-bridge", "clamshell", "bird-dog"];

export const session = (i) => ({
  ...ENTRY,
  date: `2026-03-${String(1 + (i % 28)).padStart(2, "0")}`,
  started_at: 1_772_323_200_000 + i * 60_000,
  effort: i % 10,
  duration_s: 600 + (i % 600),
});

/** A session as the player saves it. */
export const withSets = (i, sets) => ({
  ...session(i),
  sets: Array.from({ length: sets }, (_, order) => ({
    id: newId(),
    exercise: NAMES[order % NAMES.length],
    name: NAMES[order % NAMES.length].replaceAll("-", " "),
    step: "activate",
    side: order % 2 ? "L" : "R",
    order,
    unit: "reps",
    target: 10,
    done: 8 + ((i + order) % 3),
    skipped: false,
  })),
});

export const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
