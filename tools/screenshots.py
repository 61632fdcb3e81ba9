"""Renew the pictures of the manifest and the README with Chromium: `make screenshots`."""

import tempfile
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from dbsapp import create_app

ROOT = Path(__file__).resolve().parent.parent
PHONE, DESK = (390, 844), (1280, 800)


@dataclass(frozen=True)
class Picture:
    """A page to be photographed; `press` is a button to press first."""

    file: str
    path: str
    size: tuple[int, int]
    press: str = ""
    scale: int = 1


PICTURES = (
    Picture("static/screenshots/plan-narrow.webp", "/", PHONE),
    Picture("static/screenshots/player-narrow.webp", "/play/activate-express", PHONE, "Start"),
    Picture("static/screenshots/plan-wide.webp", "/", DESK),
    Picture("docs/phone.png", "/", PHONE, scale=2),
)


@contextmanager
def served() -> Iterator[str]:
    """Serve the app on a free port and an empty database; yield its address."""
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/screenshots.sqlite3"
        app = create_app({"SQLALCHEMY_DATABASE_URI": database, "SECRET_KEY": "screenshots"})
        server = make_server("127.0.0.1", 0, app, threaded=True)
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def take(browser: Browser, url: str, picture: Picture) -> None:
    """Write one picture, of an app that is ready and asks for nothing."""
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, device_scale_factor=picture.scale
    )
    page = context.new_page()
    page.add_init_script("localStorage.setItem('dbs-install-hint', '1')")
    show(page, url + picture.path, picture.press)
    target = ROOT / picture.file
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(photograph(page, target.suffix.removeprefix(".")))
    print(picture.file, f"{width}x{height}", target.stat().st_size, "bytes")
    context.close()


def show(page: Page, address: str, press: str) -> None:
    """Open `address`, wait until the app is held, and press the button called `press`."""
    page.goto(address)
    page.wait_for_selector("html[data-offline=ready]", state="attached")
    if press:
        page.get_by_role("button", name=press, exact=True).click()
        page.get_by_role("button", name="Pause").wait_for()
        page.wait_for_function("document.getAnimations().every((one) => one.pending === false)")


def photograph(page: Page, kind: str) -> bytes:
    """Return what the page shows as `png` or, by the debugging port, as `webp`."""
    if kind == "png":
        return page.screenshot()
    devtools = page.context.new_cdp_session(page)
    answer = devtools.send("Page.captureScreenshot", {"format": kind, "quality": 80})
    return b64decode(answer["data"])


def main() -> None:
    """Take every picture."""
    with served() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for picture in PICTURES:
            take(browser, url, picture)
        browser.close()


if __name__ == "__main__":
    main()
