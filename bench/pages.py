"""Pages: requests a second beside a bare Flask constant and Valens' static shell, and bytes.

Each ratio is the median of rounds in which the two servers take turns, so that a busy machine
slows both alike.
"""

import statistics
import tempfile
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.report import figure, table
from bench.servers import bare, ours, requests_per_second, valens
from dbsapp import create_app
from dbsapp.pwa.precache import release

ROUNDS = 3
MEASURED = {"home": "/", "step": "/steps/activate", "content": "/content.json"}
VISITED = ("/", "/why", "/steps/strengthen", "/exercises/", "/exercises/squat",
           "/routines/strength-a", "/play/shell", "/play/roll-full", "/today", "/log/",
           "/settings", "/settings/sync", "/routines/mine", "/routines/compose",
           "/routines/shared")  # fmt: skip
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking")


def ratio(mine: str, theirs: str) -> float:
    """Return how many times more answers a second `mine` gives than `theirs`."""
    rounds = [requests_per_second(mine) / requests_per_second(theirs) for _ in range(ROUNDS)]
    return statistics.median(rounds)


def speed(base: str, folder: Path) -> None:
    """Print the ratios."""
    sizes = {path: len(urllib.request.urlopen(base + path).read()) for path in MEASURED.values()}
    with bare(list(sizes.values())) as floor, valens(folder) as peer:
        for name, path in MEASURED.items():
            figure(f"pages.{name}_vs_flask", ratio(base + path, f"{floor}/{sizes[path]}"), "≥ 0.8")
        for name in ("home", "step"):
            figure(f"pages.{name}_vs_valens", ratio(base + MEASURED[name], peer + "/app"), "≥ 3")


def first_visit(browser: Browser, url: str) -> int:
    """Return the bytes on the wire of `url` and all that it loads, without the worker."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    total = 0

    def count(event: dict[str, float]) -> None:
        nonlocal total
        total += int(event["encodedDataLength"])

    network.on("Network.loadingFinished", count)
    page.goto(url, wait_until="networkidle")
    context.close()
    return total


def weight(base: str) -> None:
    """Print the bytes of a first visit of each kind of page, and of the whole offline set."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        visits = {path: first_visit(browser, base + path) for path in VISITED}
        browser.close()
    table(
        ("page", "first visit, KB compressed"),
        [(path, f"{size / 1000:.1f}") for path, size in visits.items()],
    )
    figure("pages.heaviest_first_visit_kb", max(visits.values()) / 1000, "≤ 100")
    held = release(create_app()).files
    table(("offline set", "KB"), [
        ("files", str(len(held))),
        ("plain", f"{sum(len(d.body) for d in held.values()) / 1000:.0f}"),
    ])  # fmt: skip
    figure(
        "pages.offline_set_kb",
        sum(len(d.br if d.compressible else d.body) for d in held.values()) / 1000,
        "≤ 650",
    )


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name, ours(Path(name)) as base:
        speed(base, Path(name))
        weight(base)


if __name__ == "__main__":
    main()
