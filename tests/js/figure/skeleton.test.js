import assert from "node:assert/strict";
import { test } from "node:test";
import { clock, fullPoses, poseAt } from "../../../static/js/figure/poses.js";
import { reach } from "../../../static/js/figure/reach.js";
import {
  BONES,
  forward,
  HIP_HEIGHT,
  SHANK,
  STATURE,
  THIGH,
} from "../../../static/js/figure/skeleton.js";
import { IDENTITY, length, sub } from "../../../static/js/figure/vec.js";
import { measured } from "./limits.js";
import { problems } from "./problems.js";

/** @type {import("../../../static/js/figure/skeleton.js").Frame} */
const standing = { at: [0, HIP_HEIGHT, 0], turn: IDENTITY };

test("a standing body is 175 cm tall, give or take two", () => {
  const { head } = forward({}, standing);
  assert.ok(Math.abs(head.at[1] + 12.6 + 9 - STATURE) < 2, String(head.at[1] + 21.6));
  assert.ok(Object.keys(BONES).length + 1 >= 18);
});

test("what a pose says is what the joints measure", () => {
  const pose = {
    hip_l: [80, 20, 10],
    knee_l: [60],
    ankle_l: [15, 5],
    elbow_r: [70, 30],
    lumbar: [20, 10, 5],
  };
  const found = measured(forward(pose, standing));
  for (const [joint, degrees] of Object.entries(pose))
    degrees.forEach((one, i) =>
      assert.ok(Math.abs(found[joint][i] - one) < 1e-6, `${joint} ${found[joint]}`),
    );
});

test("flexing brings the thigh forward, abducting takes each outward", () => {
  const bent = forward({ hip_r: [90] }, standing);
  assert.ok(bent.shank_r.at[0] > 40);
  const wide = forward({ hip_r: [0, 30], hip_l: [0, 30] }, standing);
  assert.ok(wide.shank_r.at[2] > 25 && wide.shank_l.at[2] < -25);
});

test("a reached-for place is reached, the bones as long as ever", () => {
  const frames = forward({ hip_r: [40], knee_r: [40] }, standing);
  reach(frames, "thigh_r", "shank_r", [20, 20, 15], true);
  assert.ok(Math.abs(length(sub(frames.shank_r.at, frames.thigh_r.at)) - THIGH) < 1e-6);
  assert.ok(Math.abs(length(sub([20, 20, 15], frames.shank_r.at)) - SHANK) < 1e-6);
});

test("keys say only what changes, and halves of the spine share", () => {
  const [first, second] = fullPoses([{ hip: 90, spine: [20, 0, 10] }, { hip_l: [10] }]);
  assert.deepEqual(first.hip_r, [90]);
  assert.deepEqual(first.thorax, [10, 0, 5]);
  assert.deepEqual([second.hip_l, second.hip_r], [[10], [90]]);
  assert.ok(Math.abs(poseAt([first, second], 0.5).hip_l[0] - 50) < 1e-9);
});

const twoKeys = { start: "", end: "", keys: [{}, {}] };

test("repetitions go by the tempo of the dose", () => {
  const { seconds, at } = clock(twoKeys, { kind: "reps", tempo: [2, 1, 2] });
  assert.equal(seconds, 5);
  assert.deepEqual(
    [0, 1, 2, 2.5, 4].map((t) => at(t).u),
    [0, 0.5, 1, 1, 0.5],
  );
  assert.equal(at(5).u, at(0).u);
});

test("a roll passes in three seconds, a hold breathes, an alternating one changes sides", () => {
  assert.equal(clock({ ...twoKeys, loop: "roll" }, { kind: "hold" }).seconds, 6);
  const hold = clock(twoKeys, { kind: "hold" });
  assert.ok(hold.at(5).breath > 0.9 && hold.at(5).u === 1);
  const both = clock(twoKeys, { kind: "reps", tempo: [1, 1, 1] }, true);
  assert.deepEqual([both.at(1).other, both.at(4).other], [false, true]);
});

test("the check finds a floating part, an impossible joint and a limb in the trunk", () => {
  const found = problems({
    start: "",
    end: "",
    touch: ["knee_l"],
    keys: [{ knee_r: -30, elbow_r: [150], shoulder_r: [0, -50] }],
  });
  assert.match(found.join("\n"), /knee_l is .* from the floor/);
  assert.match(found.join("\n"), /knee_r\[0\] is -30 degrees/);
  assert.match(found.join("\n"), /in the trunk/);
});
