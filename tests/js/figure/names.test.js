import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { PARTS, partBalls } from "../../../static/js/figure/body.js";
import { draw } from "../../../static/js/figure/draw.js";
import { MUSCLES } from "../../../static/js/figure/muscles.js";
import { rig } from "../../../static/js/figure/solve.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const ASK = `
import json
from typing import get_args
from dbsapp.content.figure import Kind
from dbsapp.content.library import load_library
from dbsapp.content.posing import PARTS
lib = load_library()
muscles = sorted({m for one in lib.exercises.values() for m in (*one.primary, *one.secondary)})
print(json.dumps({"parts": PARTS, "kinds": get_args(Kind), "muscles": muscles}))
`;
const { stdout } = spawnSync(`${root}.venv/bin/python`, ["-c", ASK], {
  cwd: root,
  encoding: "utf8",
});
/** @type {{ parts: string[], kinds: string[], muscles: string[] }} */
const named = JSON.parse(stdout);

test("every part that a figure may name is a part of the body, and the other way round", () => {
  const { frames } = rig({ start: "", end: "", keys: [{}] }).scene(0);
  for (const part of named.parts) assert.ok(partBalls(frames, part).length, part);
  const bare = new Set(named.parts.map((part) => part.split("_")[0]));
  assert.deepEqual(Object.keys(PARTS).sort(), [...bare].sort());
});

test("every kind of thing is drawn", () => {
  const bare = { yaw: 20, pitch: 12 };
  const none = { work: [], faint: [], sides: "both" };
  /** @type {(props: import("../../../static/js/figure/props.js").Prop[]) => number} */
  const shapes = (props) =>
    draw(rig({ start: "", end: "", props, keys: [{}] }).scene(0), bare, none).length;
  const on = {
    strap: ["palm_l", "palm_r"],
    stick: ["palm_l", "palm_r"],
    weight: ["palm_r"],
    "loop-band": ["thigh"],
    push: ["knee_l", "knee_r"],
  };
  for (const kind of named.kinds)
    assert.ok(shapes([{ kind, on: on[/** @type {keyof on} */ (kind)] }]) > shapes([]), kind);
});

test("every muscle that an exercise works can glow", () => {
  assert.deepEqual(
    named.muscles.filter((name) => !MUSCLES[name]),
    [],
  );
});
