"""What the phone must hold: every public page, shell and asset, each with its content hash.

The list is printed into `/sw.js` itself, so one file says it all at once: a change of any byte
anywhere makes a new worker, and the worker and its list can never be of two different releases.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from flask import Flask

from dbsapp.plan.paths import public_paths
from dbsapp.pwa.publish import Document, read_static

OFFLINE = "/offline"

#: The pages that show what this phone holds. They are the same bytes for everybody.
SHELLS = (
    "/today",
    "/log/",
    "/log/new",
    "/log/entry",
    "/settings",
    "/settings/sync",
    "/play/shell",
    "/routines/mine",
    "/routines/compose",
    "/routines/shared",
    OFFLINE,
)

#: What the phone holds that is data, not a page.
DOCUMENTS = ("/content.json", "/poses.json", "/manifest.webmanifest")

#: Addresses without a page of their own, and the shell that answers for them.
SHELL_OF = {
    r"^/log/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$": "/log/entry",
    r"^/play/[^/]+$": "/play/shell",
    r"^/routines/mine/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$": "/routines/compose",
}

#: What is fetched only while installing or sharing, with a signal by definition; types; and the
#: recorded voice, which a rider brings to the phone, or not (static/js/player/clips.js); and what
#: takes the place of a script: who has none, has no worker either.
LEFT_OUT = ("sw.js", "sw-off.js", "js/bg/worker.js", "manifest.webmanifest", "icons/*.png",
            "screenshots/*", "cards/*", "*.d.ts", "voice/*.mp3", "voice/LICENSE.txt",
            "version-figures.svg")  # fmt: skip

_PER_ANSWER = ("Content-Length", "Content-Type", "ETag", "Vary")


@dataclass(frozen=True)
class Release:
    """One whole version of what the phone holds."""

    files: dict[str, Document]
    headers: str
    worker: bytes
    #: That of Background Sync, which pages fetch by the version (static/js/bg/register.js).
    second_worker: bytes

    @property
    def version(self) -> str:
        """Return 12 hex digits that change when anything that is held, or a worker, does."""
        all_of_it = self._list({}).encode() + self.worker + self.second_worker
        return hashlib.sha256(all_of_it).hexdigest()[:12]

    def script(self) -> bytes:
        """Return the text of `/sw.js`: the list, then the worker that holds it."""
        return f"self.RELEASE = {self._list({'version': self.version})};\n".encode() + self.worker

    def _list(self, more: dict[str, str]) -> str:
        files = {url: [one.hash, one.mime] for url, one in self.files.items()}
        data = {"files": files, "headers": self.headers, "shells": SHELL_OF, "offline": OFFLINE}
        return json.dumps(more | data, separators=(",", ":"))


def release(app: Flask) -> Release:
    """Return what `app` serves now; pages are rendered where no request has done so yet.

    Raises:
        RuntimeError: a page that must be held does not answer 200.
    """
    with app.app_context():
        files = {url: page(app, url) for url in page_urls(app)} | assets(app)
    root = Path(app.config["STATIC_ROOT"])
    workers = ((root / name).read_bytes() for name in ("sw.js", "js/bg/worker.js"))
    return Release(dict(sorted(files.items())), _headers(app), *workers)


def page_urls(app: Flask) -> list[str]:
    """Return the path of every page that the phone must hold, and of each document."""
    paths = (*public_paths(app.extensions["library"]), *SHELLS, *DOCUMENTS)
    routes = app.url_map.bind("")
    return [path for path in paths if routes.test(path, "GET")]


def page(app: Flask, path: str) -> Document:
    """Return the published page at `path`."""
    kept: dict[str, Document] = app.extensions["published"]
    if path in kept:
        return kept[path]
    answer = app.test_client().get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} must be held for offline use, but answers {answer.status}.")
    return kept.get(path) or Document(answer.data, answer.content_type)


def assets(app: Flask) -> dict[str, Document]:
    """Return every static file that a page can ask for, by its path."""
    root = Path(app.config["STATIC_ROOT"])
    names = (one.relative_to(root).as_posix() for one in root.rglob("*") if one.is_file())
    return {f"/static/{name}": read_static(root / name) for name in names if is_held(name)}


def is_held(name: str) -> bool:
    """Tell whether the static file `name` (relative to `static/`) is held by the phone."""
    path = PurePosixPath(name)
    return not path.name.startswith(".") and not any(path.match(one) for one in LEFT_OUT)


def _headers(app: Flask) -> str:
    """Return a hash of the headers all pages share: held pages must not keep an outdated policy."""
    answer = app.test_client().get(OFFLINE)
    shared = sorted(pair for pair in answer.headers.items() if pair[0] not in _PER_ANSWER)
    return hashlib.sha256(repr(shared).encode()).hexdigest()[:8]
