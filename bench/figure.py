"""The moving figure on a slow phone: Chromium with its processor slowed four times.

Two things are timed. What one frame takes: solving, drawing, and the browser's style and layout,
beside a floor, the same path data written into the same elements with nothing computed. And what
the whole main thread spends on a frame while it plays, painting too: in its own processor time,
which a busy machine does not lengthen, taken unslowed and multiplied.
"""

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import CDPSession, Page, sync_playwright

from bench.pages import CHROMIUM
from bench.report import figure
from bench.servers import ours

SLOWER = 4
#: One lying, one standing with a chair, one that rolls.
EXERCISES = ("double-leg-bridge", "squat", "hamstring-roll")

#: Milliseconds of each of 240 frames, ours and the floor's in turn, style and layout forced.
FRAMES = """async () => {
  const figure = document.querySelector('exercise-figure');
  const svg = figure.querySelector('svg');
  const paths = () => [...svg.children].map((one) => one.getAttribute('d'));
  const timed = (act) => {
    const start = performance.now();
    act();
    svg.lastElementChild.getBBox();
    return performance.now() - start;
  };
  const show = (frame) => { figure.time = frame / 60; };
  const written = [0, 1].map((frame) => (show(frame * 40), paths()));
  const write = (frame) => {
    [...svg.children].forEach((one, i) => one.setAttribute('d', written[frame % 2][i] ?? ''));
  };
  const took = [];
  for (let frame = 0; frame < 240; frame++) {
    took.push([timed(() => show(frame)), timed(() => write(frame))]);
    if (frame % 20 === 0) await new Promise(requestAnimationFrame);
  }
  return took;
}"""

PLAYED = 180
#: Play that many frames by the clock of the screen.
PLAY = f"""() => new Promise((done) => {{
  const figure = document.querySelector('exercise-figure');
  let frame = 0;
  const next = () => {{
    figure.time = frame / 60;
    if (++frame < {PLAYED}) requestAnimationFrame(next);
    else done();
  }};
  requestAnimationFrame(next);
}})"""


def thread_seconds(network: CDPSession) -> float:
    """Return the processor time that the page's main thread has taken in tasks."""
    metrics = network.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))


def measured(page: Page, url: str) -> tuple[float, float, float]:
    """Return milliseconds a frame: ours, the floor's, and the main thread's while it plays."""
    page.goto(url, wait_until="load")
    page.wait_for_selector("exercise-figure svg path", state="attached")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.evaluate(PLAY)
    before = thread_seconds(devtools)
    page.evaluate(PLAY)
    thread = (thread_seconds(devtools) - before) * 1000 / PLAYED * SLOWER
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    took: list[list[float]] = page.evaluate(FRAMES)
    mine, floor = (statistics.median(column) for column in zip(*took, strict=True))
    return mine, floor, thread


def main() -> None:
    """Measure and print."""
    with (
        tempfile.TemporaryDirectory() as name,
        ours(Path(name)) as base,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        for slug in EXERCISES:
            page = browser.new_page(viewport={"width": 390, "height": 844})
            mine, floor, thread = measured(page, f"{base}/exercises/{slug}")
            page.close()
            figure(f"figure.{slug}.frame_ms", mine, "≤ 16.7")
            figure(f"figure.{slug}.frame_vs_written", mine / floor, "≤ 3")
            figure(f"figure.{slug}.thread_ms", thread, "≤ 16.7")
        browser.close()


if __name__ == "__main__":
    main()
