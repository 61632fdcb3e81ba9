// A small routine that holds every case: per side, alternating, both together, holds, no rest.
/** @type {Record<string, import("../../../static/js/player/timeline.js").Exercise>} */
export const exercises = {
  clam: exercise("Clam", "per-side"),
  "bird-dog": exercise("Bird dog", "alternating"),
  plank: exercise("Plank", "both"),
};

/** @type {import("../../../static/js/player/timeline.js").Routine} */
export const routine = {
  slug: "small",
  name: "Small",
  step: "activate",
  minutes: 3,
  lateral_hip: false,
  duration_s: 15 + 4 * 20 + 3 * 5 + (15 + 2 * 30 + 10) + (15 + 2 * 20),
  items: [
    item("clam", { kind: "reps", sets: 2, reps: 4, tempo: [2, 1, 2], rest_s: 5, setup_s: 15 }),
    item("bird-dog", { kind: "reps", sets: 2, reps: 3, tempo: [2, 1, 2], rest_s: 10, setup_s: 15 }),
    item("plank", { kind: "hold", sets: 2, hold_s: 20, rest_s: 0, setup_s: 15 }),
  ],
};

/**
 * @param {string} name
 * @param {"both" | "per-side" | "alternating"} sides
 */
function exercise(name, sides) {
  const cues = ["One.", "Two.", "Three.", "Four."];
  return { name, step: "activate", sides, setup: "Get down.", cues, equipment: [] };
}

/**
 * @param {string} slug
 * @param {import("../../../static/js/player/timeline.js").Dose} dose
 */
function item(slug, dose) {
  return { exercise: slug, dose, duration_s: 0 };
}
