"""Raw requests to our API, as quick as Python makes them: where the server alone is measured."""

import http.client
import itertools
import json
import time
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.sync.databases import USER_AGENT
from dbsapp.sync.ids import uuid7

ENTRY = json.loads((Path(__file__).parent / "entry.json").read_text())
HEADERS = {"X-Sync-Proto": "1", "Sec-Fetch-Site": "same-origin", "Connection": "keep-alive"}
HEADERS |= {"User-Agent": USER_AGENT}

Json = dict[str, Any]


class Caller:
    """A device of a rider over one kept connection."""

    def __init__(self, base: str, user: str, cookie: str) -> None:
        self.http = http.client.HTTPConnection(urlsplit(base).netloc)
        self.headers = HEADERS | {"Cookie": cookie}
        self.user = user
        self.device = uuid.uuid4()
        self.mids = itertools.count(1)

    def request(self, method: str, path: str, body: bytes | None = None) -> tuple[float, Json]:
        """Ask and return the milliseconds and the answer; raises RuntimeError unless it is 200."""
        headers = self.headers | ({"Content-Type": "application/json"} if body else {})
        start = time.perf_counter()
        self.http.request(method, f"/api/sync/v1/{path}", body, headers)
        response = self.http.getresponse()
        data = response.read()
        took = (time.perf_counter() - start) * 1000
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status} {data[:200]!r}")
        answer: Json = json.loads(data)
        return took, answer

    def pull(self, cursor: str) -> tuple[float, Json]:
        """Pull one page."""
        return self.request("GET", f"pull?cursor={cursor}&limit=500")

    def push(self, mutations: list[Json]) -> tuple[float, Json]:
        """Push `mutations`."""
        return self.request("POST", "push", self.batch(mutations))

    def batch(self, mutations: list[Json]) -> bytes:
        """Return the body of a push."""
        sender = {"user": self.user, "device": str(self.device), "acked_mid": 0, "now": 0}
        return json.dumps({"proto": 1, "schema": 1, **sender, "mutations": mutations}).encode()


def mutation(caller: Caller, number: int) -> Json:
    """Return a new entry of about 400 B."""
    now = time.time_ns() // 1_000_000
    made = {"mid": next(caller.mids), "mutation_id": str(uuid7(now)), "id": str(uuid7(now))}
    about = {"kind": "session", "op": "create", "base_rev": 0, "at": now, "tz": "Europe/Berlin"}
    return made | about | {"set": session(number)}


def session(number: int) -> Json:
    """Return what is logged."""
    made = {"date": f"2026-03-{1 + number % 28:02}", "started_at": 1_772_323_200_000 + number}
    return {**ENTRY, **made, "effort": number % 10}


def body_of(number: int) -> str:
    """Return it as text."""
    return json.dumps(session(number), separators=(",", ":"))
