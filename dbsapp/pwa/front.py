"""Published pages, answered before Flask wakes up.

Finding a route, opening a session and asking every extension costs three times as much as sending
a page that is already there. A page comes through its blueprint once; after that it is answered
here.
"""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from dbsapp.headers import ALWAYS
from dbsapp.pwa.publish import Document


class PublishedFront:
    """A WSGI app that answers what is in `kept`, and leaves the rest to `app`."""

    def __init__(
        self, app: WSGIApplication, kept: dict[str, Document], page_headers: dict[str, str]
    ) -> None:
        self.app = app
        self.kept = kept
        self.page_headers = list(page_headers.items())
        self.other_headers = list(ALWAYS.items())

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        method = environ["REQUEST_METHOD"]
        document = self.kept.get(environ["PATH_INFO"]) if method in ("GET", "HEAD") else None
        if document is None:
            return self.app(environ, start)
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
        status, headers, body = document.answer(accepted, environ.get("HTTP_IF_NONE_MATCH", ""))
        is_page = document.content_type.startswith("text/html")
        start(status, headers + (self.page_headers if is_page else self.other_headers))
        return (body,) if method == "GET" else ()
