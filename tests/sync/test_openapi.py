"""The description of the API is sound, published, and tells what is really answered."""

import json
from typing import Any

import jsonschema_rs
import pytest
from flask import Flask
from flask.testing import FlaskClient

from dbsapp.logs.kinds import KINDS
from dbsapp.sync import upkeep
from dbsapp.sync.openapi import description
from tests.phones import HEADERS, SESSION, Phone, new_id

PUSH, PULL = "/api/sync/v1/push", "/api/sync/v1/pull"
LATER = 4_000_000_000_000


def closed(part: Any) -> Any:
    """Return a schema that knows no fields but those it names: what is not told of is found."""
    if isinstance(part, list):
        return [closed(one) for one in part]
    if not isinstance(part, dict):
        return part
    shut = {"additionalProperties": False} if "properties" in part else {}
    return {key: closed(value) for key, value in part.items()} | shut


def errors(path: str, method: str, status: int, answer: Any) -> list[str]:
    """Return what of `answer` is not as the description says."""
    told = closed(description())
    answers = told["paths"][path][method]["responses"]
    assert str(status) in answers
    schema = answers[str(status)]["content"]["application/json"]["schema"]
    validator = jsonschema_rs.Draft202012Validator(
        schema | {"components": told["components"]}, validate_formats=True
    )
    return [error.message for error in validator.iter_errors(answer)]


def push_errors(phone: Phone, *mutations: Any, **envelope: Any) -> list[str]:
    answer = phone.send(*mutations, **envelope)
    return errors(PUSH, "post", answer.status_code, answer.get_json())


def test_it_is_served_to_everybody_like_any_document(client: FlaskClient) -> None:
    answer = client.get("/api/openapi.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.get_json() == json.loads(json.dumps(description()))
    known = {"If-None-Match": answer.headers["ETag"]}
    assert client.get("/api/openapi.json", headers=known).status_code == 304


def test_every_schema_in_it_is_one() -> None:
    schemas = description()["components"]["schemas"]
    for schema in schemas.values():
        jsonschema_rs.meta.validate(schema)
    assert {struct.__name__ for struct in KINDS.values()} < set(schemas)


def test_every_route_of_the_api_is_in_it(app: Flask) -> None:
    served = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")}
    assert served == {*description()["paths"], "/api/openapi.json"}


def test_every_kind_of_result_is_as_described(alice: Phone, laptop: Phone) -> None:
    entry = alice.mutation()
    assert push_errors(alice, entry, alice.mutation("delete", id=new_id())) == []
    laptop.save("patch", id=entry["id"], base_rev=1, set={"effort": 9, "x": 1})
    results = alice.push(
        alice.mutation("patch", id=entry["id"], base_rev=1, set={"effort": 7}),
        alice.mutation("delete", id=entry["id"], base_rev=1),
        alice.mutation(set={"effort": 11}),
        alice.mutation(op="swap"),
    )
    assert [one["status"] for one in results] == ["merged", "merged", "rejected", "rejected"]
    whole = alice.send(entry).get_json() | {"results": results}
    assert errors(PUSH, "post", 200, whole) == []


def test_a_retry_is_as_described(alice: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dbsapp.sync.group.apply", lambda *_args: 1 // 0)
    answer = alice.send(alice.mutation("patch")).get_json()
    assert answer["results"][0]["status"] == "retry"
    assert errors(PUSH, "post", 200, answer) == []


def test_every_page_and_every_reset_is_as_described(
    app: Flask, alice: Phone, laptop: Phone
) -> None:
    early = alice.pull()["cursor"]
    entry, gone = alice.mutation(set={**SESSION, "x": 1}), alice.mutation()
    alice.push(entry, gone, alice.mutation("delete", id=gone["id"], base_rev=1))
    for effort in (8, 9):
        laptop.save("patch", id=entry["id"], base_rev=1, set={"effort": effort})
    alice.save("patch", id=entry["id"], base_rev=1, set={"effort": 7})
    pages = [alice.pull(), alice.pull(limit=1), alice.pull("other:1")]
    with app.app_context():
        upkeep.prune(LATER)
    pages.append(alice.pull(early))
    assert [page["reset"] for page in pages] == [None, None, "epoch", "gc"]
    assert any("lost" in change for change in pages[0]["changes"])
    for page in pages:
        assert errors(PULL, "get", 200, page) == []


@pytest.mark.parametrize(
    "envelope",
    [
        {"user": "u_0"},
        {"epoch": "other"},
        {"schema": 0},
        {"schema": "x"},
        {"mutations": [{}] * 201},
        {"mutations": [{"mid": 5, "mutation_id": new_id(), "x": "x" * 70_000}]},
    ],
)
def test_every_refusal_of_a_push_is_as_described(alice: Phone, envelope: Any) -> None:
    assert alice.send(**envelope).status_code >= 400
    assert push_errors(alice, **envelope) == []


def test_a_pull_for_another_rider_is_refused_as_described(alice: Phone) -> None:
    answer = alice.client.get(PULL, query_string={"user": "u_0"}, headers=HEADERS)
    assert (answer.status_code, answer.get_json()["error"]) == (409, "wrong_user")
    assert errors(PULL, "get", 409, answer.get_json()) == []


def test_who_is_signed_in_is_as_described(alice: Phone, client: FlaskClient) -> None:
    for asking in (alice.client, client):
        assert errors("/api/session", "get", 200, asking.get("/api/session").get_json()) == []
    answer = client.get(PULL, headers=HEADERS)
    assert errors(PULL, "get", answer.status_code, answer.get_json()) == []


def test_a_push_of_a_phone_is_as_described(alice: Phone) -> None:
    told = closed(description())
    validator = jsonschema_rs.Draft202012Validator(
        {"$ref": "#/components/schemas/PushRequest", "components": told["components"]},
        validate_formats=True,
    )
    sent = alice.envelope(alice.mutation(), alice.mutation("delete"), epoch="x", app_version="1")
    assert [error.message for error in validator.iter_errors(sent)] == []
