"""Documents that are the same for everybody: rendered, hashed and compressed once, then kept.

Pages, static files, `content.json` and the worker's list all need the same four things: bytes, a
content hash, a compressed form and an ETag. The whole site is under a megabyte, so it is kept in
memory, and a public page costs about as much as a constant.
"""

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Callable
from functools import cached_property, wraps
from pathlib import Path
from typing import Any, ParamSpec

from flask import Response, current_app, make_response, request

from dbsapp.pwa import compressed

P = ParamSpec("P")
Answer = tuple[str, list[tuple[str, str]], bytes]
mimetypes.add_type("application/manifest+json", ".webmanifest")
mimetypes.add_type("text/javascript", ".js")
COMPRESSIBLE = ("text/", "application/json", "application/manifest+json", "image/svg+xml")


class Document:
    """Bytes with their type, hash and compressed forms."""

    def __init__(self, body: bytes, content_type: str) -> None:
        self.body = body
        self.content_type = content_type
        self.hash = hashlib.sha256(body).hexdigest()[:16]
        self.mime = content_type.partition(";")[0]
        self.compressible = content_type.startswith(COMPRESSIBLE)

    @cached_property
    def br(self) -> bytes:
        """Return the body in brotli, at the best level: it is done once."""
        return compressed.best(self.body)

    @cached_property
    def gzip(self) -> bytes:
        """Return the body in gzip, the same bytes every time."""
        return gzip.compress(self.body, mtime=0)

    def answer(self, accepted: str, known: str) -> Answer:
        """Return status, headers and body for these `Accept-Encoding` and `If-None-Match`."""
        body, encoding = self._encoded(accepted)
        etag = f'"{self.hash}{"-" + encoding if encoding else ""}"'
        # A proxy that rewrites pages would break the hashes that the worker checks.
        headers = [("Cache-Control", "no-cache, no-transform"), ("ETag", etag)]
        if self.compressible:
            headers.append(("Vary", "Accept-Encoding"))
        if etag in known:
            return "304 NOT MODIFIED", headers, b""
        if encoding:
            headers.append(("Content-Encoding", encoding))
        headers += [("Content-Type", self.content_type), ("Content-Length", str(len(body)))]
        return "200 OK", headers, body

    def respond(self) -> Response:
        """Answer the current request with this document, compressed or 304 where it may be."""
        asked = request.headers
        known = asked.get("If-None-Match", "")
        status, headers, body = self.answer(asked.get("Accept-Encoding", ""), known)
        return Response(body, status, headers)

    def _encoded(self, accepted: str) -> tuple[bytes, str]:
        if self.compressible and "br" in accepted:
            return self.br, "br"
        if self.compressible and "gzip" in accepted:
            return self.gzip, "gzip"
        return self.body, ""


def published(view: Callable[P, Any]) -> Callable[P, Response]:
    """Render `view` at the first request of each path, and answer from memory after that.

    For views whose answer depends on nothing but the path and the code. A view that raises (an
    unknown slug) is not kept. In debug mode nothing is kept.
    """

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> Response:
        kept: dict[str, Document] = current_app.extensions["published"]
        document = kept.get(request.path)
        if document is None:
            response = make_response(view(*args, **kwargs))
            document = Document(response.get_data(), response.content_type or "text/html")
            if not current_app.debug:
                kept[request.path] = document
        return document.respond()

    answer.__dict__["published"] = True
    return answer


def shell_at(path: str, shell: Callable[[], Any]) -> Response:
    """Answer with the shell that is published at `path`, whatever address was asked for.

    So one document is kept for all the addresses that it serves.
    """
    with current_app.request_context({**request.environ, "PATH_INFO": path}):
        return make_response(shell())


#: A comment that has its lines to itself. A cast, `/** @type {X} */ (x)`, has not, and stays.
_COMMENT = re.compile(rb"^[ \t]*(?://[^\n]*|/\*(?:(?!\*/)[\s\S])*\*/[ \t]*)$", re.MULTILINE)


def without_comments(source: bytes) -> bytes:
    """Return JavaScript or CSS with the lines that are all comment left empty.

    They are a third of what a first visit would load, and the lines keep their numbers for the
    debugger. A test compares the tokens of every script before and after.
    """
    return _COMMENT.sub(lambda found: b"\n" * found[0].count(b"\n"), source)


def read_static(path: Path) -> Document:
    """Return the static file at `path` as a document; read again when it has changed."""
    kept: dict[Path, tuple[int, Document]] = current_app.extensions["static_documents"]
    changed = path.stat().st_mtime_ns
    if path not in kept or kept[path][0] != changed:
        body = path.read_bytes()
        guessed = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        if path.suffix in (".js", ".css"):
            # A module is UTF-8 whatever is said, and a style sheet what its page is. So nothing is:
            # over fifty files that would weigh as much as one of them.
            body = without_comments(body)
        elif guessed.startswith("text/"):
            guessed += "; charset=utf-8"
        kept[path] = (changed, Document(body, guessed))
    return kept[path][1]
