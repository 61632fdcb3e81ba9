// Doses, times and what the player gets of a rider's own routine.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { buildTimeline, totalSeconds } from "../../../static/js/player/timeline.js";
import { doseOf, exerciseOf, minutesOf, secondsOf } from "../../../static/js/routine/dose.js";
import { playedOf } from "../../../static/js/routine/played.js";
import { content } from "./content.js";

const contract = JSON.parse(
  readFileSync(new URL("../../contract/duration.json", import.meta.url), "utf8"),
);

for (const { sides, dose, seconds } of contract.cases) {
  test(`contract: ${sides}, ${JSON.stringify(dose)} takes ${seconds} s`, () => {
    const exercise = { ...content.exercises["double-leg-bridge"], sides };
    assert.equal(secondsOf(exercise, { ...dose, setup_s: 15 }), seconds);
  });
}

test("every exercise at the plan's dose takes what the plan says, and so does every routine", () => {
  for (const [slug, exercise] of Object.entries(content.exercises)) {
    assert.equal(secondsOf(exercise, exercise.dose), exercise.duration_s, slug);
  }
  for (const { duration_s, minutes } of Object.values(content.routines)) {
    assert.equal(minutesOf(duration_s), minutes);
  }
});

test("a dose is the plan's where the rider says nothing, and theirs where they do", () => {
  const plan = content.exercises["double-leg-bridge"].dose;
  assert.deepEqual(doseOf({}, plan), plan);
  const own = doseOf({ sets: 3, reps: 12 }, plan);
  assert.equal(own.sets, 3);
  assert.equal(own.reps, 12);
  assert.equal(own.reps_max, null);
  assert.equal(own.rest_s, plan.rest_s);
  assert.equal(doseOf({ rest_s: 0 }, plan).rest_s, 0);
});

test("an exercise is found by its own name only", () => {
  assert.equal(exerciseOf(content, "constructor"), null);
  assert.equal(exerciseOf(content, "__proto__"), null);
  assert.equal(exerciseOf(content, "clamshell-of-1987"), null);
  assert.equal(exerciseOf(content, "squat")?.name, content.exercises.squat.name);
});

test("the player gets it laid out like a routine of the plan", () => {
  const body = {
    name: "Mine",
    items: [
      { id: "a", exercise: "hamstring-roll" },
      { id: "b", exercise: "gone-from-the-plan" },
      { id: "c", exercise: "double-leg-bridge", sets: 3, reps: 12 },
    ],
  };
  const played = playedOf(body, content, { slug: "x" });
  assert.ok(played);
  assert.deepEqual(
    played.items.map((item) => item.exercise),
    ["hamstring-roll", "double-leg-bridge"],
  );
  assert.equal(totalSeconds(buildTimeline(played, content.exercises)), played.duration_s);
  assert.equal(played.step, "activate");
  assert.deepEqual(played.rules, Object.values(content.activation_rules));
  assert.equal(played.lateral_hip, false);
});

test("with a sore outer hip each exercise says what to change, and pain has to stay lower", () => {
  const body = { name: "Mine", items: [{ id: "a", exercise: "side-lying-clam" }] };
  const played = playedOf(body, content, { slug: "x", sore: true });
  assert.equal(played?.lateral_hip, true);
  assert.equal(played?.items[0].change, content.exercises["side-lying-clam"].lateral_hip.change);
  const gentle = { name: "Mine", items: [{ id: "a", exercise: "lying-static-abduction" }] };
  assert.equal(playedOf(gentle, content, { slug: "x" })?.lateral_hip, true);
});

test("nothing that the plan knows is nothing to play", () => {
  assert.equal(playedOf({ name: "Mine" }, content, { slug: "x" }), null);
  const gone = { name: "Mine", items: [{ id: "a", exercise: "constructor" }] };
  assert.equal(playedOf(gone, content, { slug: "x" }), null);
});
