"""A request and its answer, and what may befall the request inside the server."""

import threading
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any

from sqlalchemy.exc import OperationalError

Json = dict[str, Any]


class DiedError(BaseException):
    """The server process was killed here."""


@dataclass
class Request:
    """A request of a phone, as it left it."""

    page: str
    method: str
    path: str
    headers: Json
    body: bytes | None = None

    @property
    def is_push(self) -> bool:
        return self.path.endswith("/push")


@dataclass
class Answer:
    """What a phone gets; `body` as text."""

    status: int
    headers: dict[str, str]
    body: str


@dataclass
class Script:
    """What befalls a request inside the server: at its statement number `at`, or (0) its commit.

    The commit is that of what it writes; before that, it ends what was read to let it in.
    """

    what: str
    at: int = 0
    seen: int = 0
    writes: bool = False
    reached: SimpleQueue[str] = field(default_factory=SimpleQueue)
    go_on: threading.Event = field(default_factory=threading.Event)

    def befall(self) -> None:
        """Do it."""
        what, self.what = self.what, ""
        if what == "die":
            raise DiedError
        if what == "busy":
            raise OperationalError("BEGIN", {}, Exception("database is locked"))
        if what == "hold":
            self.reached.put("held")
            self.go_on.wait()
