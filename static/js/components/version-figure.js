import { canvas } from "../figure/canvas.js";
import { draw } from "../figure/draw.js";
import { rig } from "../figure/solve.js";
import { boxAround, cameraOf, litOf } from "../figure/still.js";

/**
 * `<version-figure>` draws what an easier or harder version comes to. It is given words by the page, and
 * a picture for whoever has no script, which therefore no phone has to hold.
 */
class VersionFigure extends HTMLElement {
  connectedCallback() {
    const data = this.querySelector("script")?.textContent;
    if (!data) return;
    /** @type {import("../figure/still.js").Shown} */
    const shown = JSON.parse(data);
    const { figure } = shown;
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "figure");
    const scene = rig(figure).scene(figure.keys.length - 1);
    svg.setAttribute("viewBox", boxAround([scene], figure).join(" "));
    canvas(svg)(draw(scene, cameraOf(figure), litOf(shown)));
    this.replaceChildren(svg);
  }
}

customElements.define("version-figure", VersionFigure);
