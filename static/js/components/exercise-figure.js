import { canvas } from "../figure/canvas.js";
import { draw } from "../figure/draw.js";
import { film } from "../figure/film.js";
import { clock } from "../figure/poses.js";
import { rig } from "../figure/solve.js";
import { boxOf, cameraOf, litOf } from "../figure/still.js";

/** @typedef {import("../figure/still.js").Shown} Shown */

const STEP = 10;
/** Units to which a moving outline is rounded: finer than a still's, so that slow movements do not tremble. */
const FINE = 0.25;
/** Degrees a pixel of dragging, and how high and low the camera goes. */
const DRAG = 0.5;
const [LOW, HIGH] = [2, 60];

/**
 * `<exercise-figure>` makes the still that the server sent move. The rider turns it by drag or arrow
 * keys, pauses it and sees the other side. It sleeps while out of sight, and where less motion is asked
 * it waits to be started. A player sets `time` (seconds of the movement) and so keeps it in step.
 */
class ExerciseFigure extends HTMLElement {
  /** @type {Shown | undefined} */
  #shown;
  /** @type {SVGSVGElement | undefined} */
  #svg;
  #show = /** @type {ReturnType<typeof canvas> | undefined} */ (undefined);
  #scene = /** @type {ReturnType<typeof film> | undefined} */ (undefined);
  #clock = /** @type {ReturnType<typeof clock> | undefined} */ (undefined);
  #camera = { yaw: 0, pitch: 12, flip: false };
  #time = 0;
  #before = 0;
  #frame = 0;
  #playing = false;
  #visible = false;
  #driven = false;
  #watcher = new IntersectionObserver(([entry]) => {
    this.#visible = entry.isIntersecting;
    this.#wake();
  });

  connectedCallback() {
    const data = this.querySelector("script")?.textContent;
    if (data && !this.#shown) this.#begin(JSON.parse(data));
    this.#watcher.observe(this);
  }

  disconnectedCallback() {
    this.#watcher.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  /** Show another exercise. @param {Shown} shown */
  set exercise(shown) {
    this.#begin(shown);
  }

  /** Seconds since the movement began; once set from outside, the figure has no clock of its own. */
  get time() {
    return this.#time;
  }

  set time(seconds) {
    this.#driven = true;
    this.#time = seconds;
    this.#draw();
  }

  /** Whether the other side works. */
  get mirrored() {
    return this.#camera.flip;
  }

  set mirrored(flip) {
    if (flip !== this.#camera.flip) this.#turnOver();
    this.#camera.flip = flip;
    this.#draw();
  }

  /** @param {Shown} shown */
  #begin(shown) {
    this.#shown = shown;
    this.#scene = film(rig(shown.figure).scene);
    this.#clock = clock(shown.figure, shown.dose, shown.sides === "alternating");
    this.#camera = { ...cameraOf(shown.figure), flip: false };
    this.#playing = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#stage(shown);
    this.#draw();
    this.#wake();
  }

  /** Put the moving picture where the still is, of the same size. @param {Shown} shown */
  #stage(shown) {
    const still = this.querySelector("img");
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const { start, end } = shown.figure;
    const words = {
      class: "figure",
      role: "img",
      tabindex: "0",
      viewBox: boxOf(shown.figure).join(" "),
    };
    for (const [name, value] of Object.entries(words)) svg.setAttribute(name, value);
    svg.setAttribute(
      "aria-label",
      `${still?.alt ?? `${start} ${end}`} Arrow keys turn the figure.`,
    );
    if (still) {
      svg.setAttribute("width", still.getAttribute("width") ?? "");
      svg.setAttribute("height", still.getAttribute("height") ?? "");
    }
    svg.addEventListener("pointerdown", this.#drag);
    svg.addEventListener("keydown", this.#key);
    this.#svg = svg;
    this.#show = canvas(svg);
    this.replaceChildren(svg, this.#controls(shown));
  }

  /** @param {Shown} shown */
  #controls(shown) {
    const bar = document.createElement("p");
    bar.className = "exercise-figure-bar cluster";
    const say = () => {
      play.textContent = this.#playing ? "Pause" : "Play";
      play.setAttribute("aria-label", `${play.textContent} the figure`);
    };
    const play = button("", () => {
      this.#playing = !this.#playing;
      say();
      this.#wake();
    });
    say();
    bar.append(play);
    if (shown.sides !== "both") {
      const other = button("Other side", () => {
        this.mirrored = !this.mirrored;
        other.setAttribute("aria-pressed", String(this.mirrored));
      });
      other.setAttribute("aria-pressed", "false");
      bar.append(other);
    }
    return bar;
  }

  #wake() {
    if (this.#frame || !this.#playing || !this.#visible || this.#driven || !this.#svg) return;
    this.#before = 0;
    this.#frame = requestAnimationFrame(this.#tick);
  }

  /** @param {number} now */
  #tick = (now) => {
    this.#frame = 0;
    if (!this.#playing || !this.#visible || this.#driven) return;
    // After a pause or a sleeping tab it goes on from where it was.
    this.#time += this.#before ? Math.min(100, now - this.#before) / 1000 : 0;
    this.#before = now;
    this.#draw();
    this.#frame = requestAnimationFrame(this.#tick);
  };

  #draw() {
    if (!this.#show || !this.#shown || !this.#scene || !this.#clock) return;
    const { u, breath, other } = this.#clock.at(this.#time);
    const camera = { ...this.#camera, other };
    this.#show(draw(this.#scene(u, breath), camera, litOf(this.#shown), FINE));
  }

  /** The box around the picture is mirrored with it, or a figure beside the middle would be cut off. */
  #turnOver() {
    const [x, y, w, h] = this.#svg?.getAttribute("viewBox")?.split(" ").map(Number) ?? [];
    this.#svg?.setAttribute("viewBox", [-x - w, y, w, h].join(" "));
  }

  /** @param {number} yaw @param {number} pitch */
  #turn(yaw, pitch) {
    this.#camera.yaw += yaw;
    this.#camera.pitch = Math.max(LOW, Math.min(HIGH, this.#camera.pitch + pitch));
    this.#draw();
  }

  /** @param {PointerEvent} event */
  #drag = (event) => {
    const svg = /** @type {SVGSVGElement} */ (event.currentTarget);
    svg.setPointerCapture(event.pointerId);
    const way = this.#camera.flip ? DRAG : -DRAG;
    const move = (/** @type {PointerEvent} */ now) =>
      this.#turn(now.movementX * way, now.movementY * DRAG);
    svg.addEventListener("pointermove", move);
    const stop = () => svg.removeEventListener("pointermove", move);
    svg.addEventListener("lostpointercapture", stop, { once: true });
  };

  /** @param {KeyboardEvent} event */
  #key = (event) => {
    const [yaw, pitch] = KEYS[event.key] ?? [0, 0];
    if (!yaw && !pitch) return;
    event.preventDefault();
    this.#turn(yaw, pitch);
  };
}

/** @type {Record<string, [number, number]>} */
const KEYS = {
  ArrowLeft: [STEP, 0],
  ArrowRight: [-STEP, 0],
  ArrowUp: [0, STEP],
  ArrowDown: [0, -STEP],
};

/** @param {string} text @param {() => void} act */
function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button-quiet";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

customElements.define("exercise-figure", ExerciseFigure);
