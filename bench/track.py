"""The track of the longest routine: how long a phone renders it, and what it holds of it.

The file is played under a locked screen (static/js/player/track.js). Chromium renders it at full
speed and slowed four times; memory is what is private to the page's process, before, at its peak
while rendering, and after, with the file kept as the player keeps it.
"""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.pages import CHROMIUM
from bench.report import figure
from bench.servers import ours

SLOWER = 4
ROUTINE = "strength-a-lateral-hip"
MEGABYTE = 1e6

READY = """async () => {
  const part = (name) => import(`/static/js/player/${name}.js`);
  const [list, track, clips, timeline] = await Promise.all(
    ['cue-list', 'track', 'clips', 'timeline'].map(part));
  await clips.downloadClips();
  const { exercises, routines } = await (await fetch('/content.json')).json();
  const phases = timeline.buildTimeline(routines['%s'], exercises);
  window.render = async () => {
    const began = performance.now();
    const cues = list.cuesOf(phases, exercises);
    const voice = await clips.loadClips();
    const loaded = performance.now();
    window.held = await track.renderTrack(cues, voice, timeline.totalSeconds(phases));
    return [loaded - began, performance.now() - loaded, window.held.size];
  };
}"""


def memory(browser: Browser, line: str) -> float:
    """Return megabytes of the biggest renderer by this line of its /proc status."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    return max(
        int(text.split()[1]) * 1024 / MEGABYTE
        for one in processes
        if one["type"] == "renderer"
        for text in Path(f"/proc/{one['id']}/status").read_text().splitlines()
        if text.startswith(line)
    )


def measured(browser: Browser, page: Page) -> None:
    """Render it three times, the last one slowed, and print."""
    before = memory(browser, "RssAnon")
    for _ in range(2):
        voice_ms, render_ms, size = page.evaluate("render()")
    after, peak = memory(browser, "RssAnon"), memory(browser, "VmHWM")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    slow_voice_ms, slow_ms, _ = page.evaluate("render()")
    figure("track.voice_ms", voice_ms, "≤ 2000")
    figure("track.render_ms", render_ms, "≤ 2000")
    figure("track.slow.voice_ms", slow_voice_ms, "≤ 8000")
    figure("track.slow.render_ms", slow_ms, "≤ 8000")
    figure("track.file_mb", size / MEGABYTE, "≤ 100")
    figure("track.page_grows_mb", after - before, "≤ 200")
    figure("track.page_peak_mb", peak, "≤ 500")


def main() -> None:
    """Measure and print."""
    with (
        tempfile.TemporaryDirectory() as name,
        ours(Path(name)) as base,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        page = browser.new_page()
        page.goto(f"{base}/offline", wait_until="load")
        page.evaluate(READY % ROUTINE)
        measured(browser, page)
        browser.close()


if __name__ == "__main__":
    main()
