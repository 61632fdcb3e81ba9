import assert from "node:assert/strict";
import { test } from "node:test";
import { buildTimeline, totalSeconds } from "../../../static/js/player/timeline.js";
import { content } from "./content.js";
import { exercises, routine } from "./small.js";

const phases = buildTimeline(routine, exercises);
const work = (/** @type {string} */ slug) =>
  phases.filter((phase) => phase.type === "work" && phase.exercise === slug);

test("there are routines to check", () => {
  assert.ok(Object.keys(content.routines).length >= 11);
});

for (const one of Object.values(content.routines)) {
  test(`it lays out ${one.slug} in exactly the time the page promises`, () => {
    const laidOut = buildTimeline(one, content.exercises);
    assert.equal(totalSeconds(laidOut), one.duration_s);
    for (const [index, item] of one.items.entries()) {
      const own = laidOut.filter((phase) => phase.item === index);
      assert.equal(totalSeconds(own), item.duration_s, item.exercise);
    }
  });

  test(`it lays out ${one.slug} with every phase lasting some time`, () => {
    assert.ok(buildTimeline(one, content.exercises).every(({ seconds }) => seconds > 0));
  });
}

test("it lets the sides take turns set by set", () => {
  assert.deepEqual(
    work("clam").map(({ set, side }) => `${set}${side}`),
    ["1L", "1R", "2L", "2R"],
  );
});

test("it gives alternating repetitions one set for both sides, twice as long", () => {
  assert.deepEqual(
    work("bird-dog").map(({ side, seconds }) => [side, seconds]),
    [
      ["alternate", 30],
      ["alternate", 30],
    ],
  );
});

test("it sets each exercise up once, and rests between its sets but not after them", () => {
  assert.deepEqual(
    phases.filter(({ item }) => item === 1).map(({ type }) => type),
    ["setup", "work", "rest", "work"],
  );
});

test("it leaves out a rest of no seconds", () => {
  assert.deepEqual(
    phases.filter(({ item }) => item === 2).map(({ type }) => type),
    ["setup", "work", "work"],
  );
});

test("a rest already names the set and side that come", () => {
  const [first] = phases.filter(({ type }) => type === "rest");
  assert.deepEqual([first.set, first.side], [1, "R"]);
});

const ORDERS = /** @type {const} */ ([
  { turns: "set", first: "L" },
  { turns: "set", first: "R" },
  { turns: "side", first: "L" },
  { turns: "side", first: "R" },
]);

/** @param {import("../../../static/js/player/timeline.js").SideOrder} sides */
const ordered = (sides) => buildTimeline({ ...routine, sides }, exercises);

test("the rider may begin with either side, and with all sets of it", () => {
  const orders = ORDERS.map((sides) =>
    ordered(sides)
      .filter(({ type, exercise }) => type === "work" && exercise === "clam")
      .map(({ set, side }) => `${set}${side}`)
      .join(" "),
  );
  assert.deepEqual(orders, ["1L 1R 2L 2R", "1R 1L 2R 2L", "1L 2L 1R 2R", "1R 2R 1L 2L"]);
});

test("where sides swap within a set, the chosen one begins", () => {
  const firsts = ORDERS.map((sides) => ordered(sides).find(({ side }) => side === "alternate"));
  assert.deepEqual(
    firsts.map((phase) => phase?.first),
    ["L", "R", "L", "R"],
  );
});

for (const one of Object.values(content.routines)) {
  test(`${one.slug} takes as long in every order, with as many sets of each side`, () => {
    for (const sides of ORDERS) {
      const laidOut = buildTimeline({ ...one, sides }, content.exercises);
      assert.equal(totalSeconds(laidOut), one.duration_s);
      const sets = laidOut.filter(({ type }) => type === "work");
      const of = (/** @type {string} */ side) => sets.filter((phase) => phase.side === side).length;
      assert.equal(of("L"), of("R"));
    }
  });
}
