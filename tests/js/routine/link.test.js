// A link that carries a routine: what it can say, and all that is refused with a sentence.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, PROBLEMS, write } from "../../../static/js/routine/link.js";
import { content, newId } from "./content.js";

const mine = {
  name: "Före turen 🚴",
  items: [
    { id: newId(), exercise: "hamstring-roll" },
    { id: newId(), exercise: "double-leg-bridge", sets: 3, reps: 12 },
    { id: newId(), exercise: "side-lying-clam", rest_s: 0 },
    { id: newId(), exercise: "front-plank", hold_s: 45 },
  ],
};

/** @param {string} hash */
const opened = (hash) => open(hash, content, newId);
/** @param {any} said */
const packed = (said) => `1.${Buffer.from(JSON.stringify(said)).toString("base64url")}`;
/** @param {string} hash */
function refused(hash) {
  const { body, problem } = opened(hash);
  assert.equal(body, undefined);
  assert.ok(problem && problem.length < 200);
  return problem;
}

test("what goes in comes out, with ids of its own", () => {
  const { body } = opened(`#${write(mine, content)}`);
  assert.equal(body?.name, mine.name);
  const without = (/** @type {any[] | undefined} */ items) =>
    items?.map(({ id: _, ...one }) => one);
  assert.deepEqual(without(body?.items), without(mine.items));
  assert.notEqual(body?.items?.[0].id, mine.items[0].id);
});

test("a link is short: a name of twenty letters and eight exercises fit into 150 characters", () => {
  const slugs = Object.keys(content.exercises).slice(0, 8);
  const items = slugs.map((exercise) => ({ id: newId(), exercise }));
  const hash = write({ name: "Twenty letters, or so", items }, content);
  assert.ok(hash.length <= 150, String(hash.length));
  assert.match(hash, /^[\w.-]+$/);
});

test("the longest routine that fits all limits can be shared", () => {
  const items = Array.from({ length: 60 }, () => {
    return { id: newId(), exercise: "double-leg-bridge", sets: 3, reps: 10, rest_s: 60 };
  });
  const long = { name: "🚴".repeat(120), items };
  const { body, problem } = opened(write(long, content));
  assert.equal(problem, undefined);
  assert.equal(body?.items?.length, 60);
});

test("what the plan does not know is left out of a link", () => {
  const odd = { name: "Odd", items: [...mine.items, { id: newId(), exercise: "constructor" }] };
  assert.equal(opened(write(odd, content)).body?.items?.length, mine.items.length);
});

test("an empty link, one of another version and one of another hand say so", () => {
  assert.equal(refused(""), PROBLEMS.empty);
  assert.equal(refused("#"), PROBLEMS.empty);
  assert.equal(refused("#2.abcd"), PROBLEMS.version);
  assert.equal(refused("#01.abcd"), PROBLEMS.version);
  for (const hash of ["#main", "#1.ä{}", "#1.ab cd", "#1.<script>", "#javascript:alert(1)"]) {
    assert.equal(refused(hash), PROBLEMS.foreign, hash);
  }
});

test("a link is refused wherever it is cut off", () => {
  const whole = write(mine, content);
  for (let end = 2; end < whole.length; end += 1) {
    assert.equal(refused(whole.slice(0, end)), PROBLEMS.cut, whole.slice(0, end));
  }
});

test("10,000 items are not even looked at, and 61 are counted", () => {
  const many = (/** @type {number} */ n) => packed(["Many", Array(n).fill("AC-02")]);
  assert.equal(refused(many(10_000)), PROBLEMS.long);
  assert.match(refused(many(61)), /holds 61 exercises; a routine has at most 60/);
  assert.match(refused(packed(["None", []])), /Put at least one exercise in/);
});

test("an unknown exercise is refused, whatever it is called", () => {
  for (const id of [
    "AC-99",
    "constructor",
    "__proto__",
    "double-leg-bridge",
    7,
    null,
    {},
    [],
    "",
  ]) {
    const problem = refused(packed(["Odd", ["AC-02", id]]));
    assert.ok(problem.includes(PROBLEMS.unknown), String(id));
  }
});

test("script in a name, and what is no name at all, is refused", () => {
  const names = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "Legs</h1>",
    "<!--",
    "up\u202Eside down",
    "two\nlines",
  ];
  for (const name of names) {
    assert.match(refused(packed([name, ["AC-02"]])), /looks like code/, name);
  }
  for (const name of ["", "   ", null, 5, {}, ["x"], "x".repeat(121)]) {
    assert.match(refused(packed([name, ["AC-02"]])), /^The name .* will not do/, String(name));
  }
  assert.equal(opened(packed(["Legs <3 & 2 > 1", ["AC-02"]])).body?.name, "Legs <3 & 2 > 1");
});

test("absurd doses are refused by exercise", () => {
  const doses = [
    [0],
    [7],
    [-1],
    [1.5],
    ["2"],
    [true],
    [{}],
    [1e300],
    [null, 31],
    [null, null, 241],
  ];
  for (const dose of doses) {
    const problem = refused(packed(["Odd", [["AC-02", ...dose]]]));
    assert.match(problem, /Double-leg bridge/, JSON.stringify(dose));
  }
  assert.equal(refused(packed(["Odd", [["AC-02", 1, 2, 3, 4]]])), PROBLEMS.foreign);
});

test("a routine that no log could hold is refused", () => {
  const sets = packed(["Odd", Array(60).fill(["AC-03", 6])]);
  assert.match(refused(sets), /comes to 720 sets; a session holds 200/);
  const hours = packed(["Odd", Array(60).fill(["SG-02", 3, 30, 240])]);
  assert.match(refused(hours), /more than 10 hours/);
});

test("what is no routine at all is refused", () => {
  for (const said of [null, 1, "x", {}, [], ["a"], ["a", {}], ["a", ["AC-02"], 1], [[], []]]) {
    refused(packed(said));
  }
});
