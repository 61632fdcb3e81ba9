"""HTTP over a real socket, as a phone speaks it: cookies are kept, and an answer may never come."""

import http.client
import json
import urllib.request
from http.cookiejar import CookieJar
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlencode

from tests.phones import HEADERS, PASSWORD

PATIENCE_S = 20


class Answer(NamedTuple):
    """What a server said."""

    status: int
    body: bytes

    def json(self) -> Any:
        """Return the body as JSON."""
        return json.loads(self.body)


class Wire:
    """One browser profile's connections to `base`."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._jar = CookieJar()
        keeper = urllib.request.HTTPCookieProcessor(self._jar)
        self._opener = urllib.request.build_opener(keeper)

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> Answer | None:
        """Return the answer, or None where the connection was refused or cut."""
        request = urllib.request.Request(self._base + path, body, headers)
        try:
            with self._opener.open(request, timeout=PATIENCE_S) as response:
                return Answer(response.status, response.read())
        except HTTPError as error:
            with error:
                return Answer(error.code, b"")
        except (OSError, http.client.HTTPException):
            return None

    def api(self, path: str, body: Any = None) -> Answer | None:
        """Ask as the sync does."""
        data = None if body is None else json.dumps(body).encode()
        kind = {} if body is None else {"Content-Type": "application/json"}
        return self.ask(path, data, **HEADERS, **kind)

    def sign(self, form: str, name: str) -> str:
        """Send the form `register` or `login`; return the public id of the rider."""
        token = self._session()["csrf_token"]
        fields = {"email": f"{name}@example.com", "password": PASSWORD, "csrf_token": token}
        self.ask(f"/accounts/{form}", urlencode(fields).encode(), Referer=self._base)
        rider: str = self._session()["rider"]["id"]
        return rider

    def cookies(self) -> list[Any]:
        """Return the cookies, for Playwright."""
        return [{"name": c.name, "value": c.value or "", "url": self._base} for c in self._jar]

    def _session(self) -> Any:
        answer = self.ask("/api/session")
        assert answer
        return answer.json()
