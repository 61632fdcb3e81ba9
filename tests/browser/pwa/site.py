"""What the tests of the worker need: a site that can be deployed anew, broken, and swallowed."""

import json
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from dbsapp import create_app
from dbsapp.config import ROOT
from dbsapp.pwa.precache import Release, release
from tests.browser.engines.ports import free_port, listens
from tests.browser.engines.program import Program
from tests.waiting import until


class Site:
    """One release of the app on a port of its own, with copies of its content and assets."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._program: Program | None = None
        shutil.copytree(ROOT / "static", folder / "static")
        shutil.copytree(ROOT / "dbsapp" / "content", folder / "content")

    def config(self) -> dict[str, Any]:
        """Return the settings of this site."""
        return {
            "SECRET_KEY": "for-the-tests-only",
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{self.folder / 'site.sqlite3'}",
            "CONTENT_ROOT": str(self.folder / "content"),
            "STATIC_ROOT": str(self.folder / "static"),
        }

    def release(self) -> Release:
        """Return what the site holds out to phones as its files are now."""
        return release(create_app(self.config()))

    def start(self, broken: dict[str, tuple[str, str, str]] | None = None) -> None:
        """Serve; each path in `broken` answers with that status, content type and body."""
        self._requests.write_text("")
        env = {
            "DBS_CONFIG": json.dumps(self.config()),
            "DBS_REQUESTS": str(self._requests),
            "DBS_BROKEN": json.dumps(broken or {}),
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(self.port)]
        command += ["--no-ws", "tests.browser.pwa.app:app"]
        self._program = Program(command, self.folder / "site.log", env)
        until(lambda: listens(self.port), f"the site on port {self.port}")

    def stop(self) -> None:
        """Stop serving; connections are refused then."""
        if self._program:
            self._program.stop()
        self._program = None

    def deploy(self, broken: dict[str, tuple[str, str, str]] | None = None) -> None:
        """Serve what the files are now."""
        self.stop()
        self.start(broken)

    def change(self, file: str, old: str, new: str) -> None:
        """Put `new` in the place of `old` in a file of this site."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def asked(self) -> list[str]:
        """Return the paths that were asked for since the start, in order."""
        return [line.split()[1] for line in self._requests.read_text().splitlines()]

    @property
    def _requests(self) -> Path:
        return self.folder / "requests.log"

    @contextmanager
    def swallowed(self) -> Iterator[None]:
        """Accept connections for this site and never answer, as a bad network does."""
        self.stop()
        with closing(socket.socket()) as hole:
            hole.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            hole.bind(("127.0.0.1", self.port))
            hole.listen(1000)  # the system accepts; nobody ever reads
            yield


def visit_until_ready(page: Page, url: str) -> None:
    """Open `url` and wait until the whole app is held."""
    page.goto(url)
    expect(page.locator("html")).to_have_attribute("data-offline", "ready")


#: Look for a new worker; comes to the state it is in once it is decided: installed or redundant.
FIND_UPDATE = """async () => {
  const registration = await navigator.serviceWorker.ready;
  return new Promise((resolve) => {
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      worker.addEventListener("statechange", () => resolve(worker.state), { once: true });
    });
    registration.update();
  });
}"""
