"""Riders and their phones, as the tests play them: requests as a browser sends them."""

import itertools
import uuid
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dbsapp.sync.ids import uuid7

PASSWORD = "saddle sore no more"
HEADERS = {"X-Sync-Proto": "1", "Sec-Fetch-Site": "same-origin"}
SESSION: dict[str, Any] = {"date": "2026-03-01", "duration_s": 600, "effort": 5}

Json = dict[str, Any]


def sign_up(app: Flask, name: str) -> FlaskClient:
    """Make an account for `name` and return a signed-in client."""
    client = app.test_client()
    form = {"email": f"{name}@example.com", "password": PASSWORD}
    assert client.post("/accounts/register", data=form).status_code == 303
    return client


def sign_in(app: Flask, name: str) -> FlaskClient:
    """Return a client that is signed in to the account of `name`."""
    client = app.test_client()
    form = {"email": f"{name}@example.com", "password": PASSWORD}
    assert client.post("/accounts/login", data=form).status_code == 303
    return client


class Phone:
    """A device of a rider: it numbers its mutations and knows what it was answered."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.user: str = client.get("/api/session").get_json()["rider"]["id"]
        self.device = str(uuid.uuid4())
        self.mids = itertools.count(1)

    def mutation(self, op: str = "create", **fields: Any) -> Json:
        """Return a mutation of a session, with new ids unless `fields` says otherwise."""
        made = {
            "mid": next(self.mids),
            "mutation_id": new_id(),
            "id": new_id(),
            "kind": "session",
            "op": op,
            "base_rev": 0,
            "at": 1_790_000_000_000,
            "tz": "Europe/Berlin",
        }
        if op == "create":
            made["set"] = dict(SESSION)
        return made | fields

    def envelope(self, *mutations: Json, **more: Any) -> Json:
        """Return what a push of `mutations` sends."""
        sent = {
            "proto": 1,
            "schema": 1,
            "user": self.user,
            "device": self.device,
            "acked_mid": 0,
            "now": 1_790_000_000_000,
            "mutations": list(mutations),
        }
        return sent | more

    def send(self, *mutations: Json, **envelope: Any) -> TestResponse:
        """Push and return the answer of the server."""
        sent = self.envelope(*mutations, **envelope)
        return self.client.post("/api/sync/v1/push", json=sent, headers=HEADERS)

    def post(self, data: bytes | str, **headers: str) -> TestResponse:
        """Push these very bytes and return the answer of the server."""
        sent = HEADERS | {"Content-Type": "application/json"} | headers
        return self.client.post("/api/sync/v1/push", data=data, headers=sent)

    def push(self, *mutations: Json) -> list[Json]:
        """Push and return the results; while the server is busy send it again, as a phone does."""
        answer = self.send(*mutations)
        while answer.status_code == 503:
            answer = self.send(*mutations)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        results: list[Json] = answer.get_json()["results"]
        return results

    def save(self, op: str = "create", **fields: Any) -> Json:
        """Push one mutation and return its result."""
        return self.push(self.mutation(op, **fields))[0]

    def pull(self, cursor: str = "", **query: Any) -> Json:
        """Pull one page."""
        asked = {"cursor": cursor, **query}
        answer = self.client.get("/api/sync/v1/pull", query_string=asked, headers=HEADERS)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        page: Json = answer.get_json()
        return page

    def entries(self) -> dict[str, Json]:
        """Pull everything and return the entries by id."""
        found: dict[str, Json] = {}
        cursor, more = "", True
        while more:
            page = self.pull(cursor)
            found |= {change["id"]: change for change in page["changes"]}
            cursor, more = page["cursor"], page["more"]
        return found


def new_id() -> str:
    """Return a new id of version 7."""
    return str(uuid7(1_790_000_000_000))
