"""The driver's own promises: a tap hits what it is meant for, and once, or the story fails."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser.conftest import ENGINES, Launch
from tests.browser.engines import Browser

PAGE = """<!DOCTYPE html><title>Taps</title><link rel="stylesheet" href="/late.css">
<h1>Taps</h1><p><a href="/next">Go on</a></p><button>Count</button>
<script>
  globalThis.count = 0;
  document.querySelector("button").onclick = () => (count += 1);
</script>"""
NEXT = "<!DOCTYPE html><title>Next</title><h1>Next</h1>"
AWAY = "document.querySelector('h1').style.marginBlockEnd = '300px'"


class Site(ThreadingHTTPServer):
    """A page whose styles, which move all that is on it, come when `styled` is set."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.styled = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(BaseHTTPRequestHandler):
    """Answers for `Site`."""

    server: Site

    def do_GET(self) -> None:
        """Answer with the page, its styles, or the page after it."""
        if self.path == "/late.css":
            self.server.styled.wait()
            self._answer("text/css", "h1 { margin-block-end: 200px }")
        else:
            self._answer("text/html", NEXT if self.path == "/next" else PAGE)

    def _answer(self, kind: str, text: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.styled.set()
    site.shutdown()
    site.server_close()


@pytest.fixture(params=ENGINES)
def phone(request: pytest.FixtureRequest, launch: Launch) -> Browser:
    return launch(request.param)


# WebKitGTK's driver answers no question about a page that has not loaded.
@pytest.mark.parametrize("phone", ["Chromium", "Firefox"], indirect=True)
def test_a_page_is_not_tapped_before_its_styles_are_there(phone: Browser, site: Site) -> None:
    phone.js(f"setTimeout(() => (location.href = '{site.url}/'))")
    phone.wait_for("document.querySelector('button') !== null", "the page")
    assert not phone.can_hit("Go on", "link")
    site.styled.set()
    phone.click("Go on", "link")
    phone.wait_to_see("Next", "heading")


def test_a_tap_is_made_once_whatever_the_page_makes_of_it(phone: Browser, site: Site) -> None:
    site.styled.set()
    phone.open(site.url)
    phone.click("Count")
    phone.click("Count")
    assert phone.js("count") == 2


def test_what_has_moved_away_before_the_finger_comes_down_fails_the_story(
    phone: Browser, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.styled.set()
    phone.open(site.url)
    tap = phone.tap

    def tap_late(x: float, y: float) -> None:
        phone.js(AWAY)
        tap(x, y)

    monkeypatch.setattr(phone, "tap", tap_late)
    with pytest.raises(AssertionError, match=r"'Count' pressed <.+> instead"):
        phone.click("Count")


def test_what_moves_away_under_the_finger_fails_the_story(phone: Browser, site: Site) -> None:
    site.styled.set()
    phone.open(site.url)
    phone.js(f"document.addEventListener('pointerdown', () => {{ {AWAY} }})")
    with pytest.raises(AssertionError, match="'Count' let go of something else"):
        phone.click("Count")
    assert phone.js("count") == 0
