"""Whatever a stranger sends is answered plainly, and touches nobody else's rows.

Every test here runs beside Charlie, whose rows are compared, before and after, to the last byte.
"""

import io
import json
from typing import Any

import pytest
from flask import Flask

from dbsapp.logs import kinds
from dbsapp.logs.checking import MAX_DEPTH
from dbsapp.sync.protocol import MAX_NUMBER
from tests.phones import HEADERS, SESSION, Json, Phone, new_id, sign_in
from tests.sync.conftest import rows_of

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("bystander")]

PUSH, PULL = "/api/sync/v1/push", "/api/sync/v1/pull"
NUMBERS = [-1, MAX_NUMBER + 1, 2**64, -(2**63), 10**300, 0.5, True, "1", None]
ENTRY_ID = "0190a000-0000-7000-8000-000000000001"
#: Names that mean something to some interpreter, or look like a path.
ODD_NAMES = ("__proto__", "constructor", "__class__", "$", "", " ", "a.b", "sets[0]", "🚴", "\x7f")


def raw_push(phone: Phone, value: str, name: str = "x") -> Any:
    """Push an entry with a field whose name and value are written as they stand."""
    entry = json.dumps(phone.mutation(id=ENTRY_ID, set={**SESSION, "HERE": 0}))
    entry = entry.replace('"HERE": 0', f'"{name}":{value}')
    body = json.dumps(phone.envelope()).replace('"mutations": []', f'"mutations":[{entry}]')
    return phone.post(body.encode("utf-8", "surrogatepass"))


def result_of(answer: Any) -> Json:
    assert answer.status_code == 200, answer.get_data()
    result: Json = answer.get_json()["results"][0]
    return result


def saved(phone: Phone) -> Json:
    entry: Json = phone.entries()[ENTRY_ID]
    return entry


# What is kept.


def test_unknown_fields_are_kept_wherever_they_stand(alice: Phone) -> None:
    item = {"id": new_id(), "exercise": "bridge", "mood": "dry"}
    entry = alice.mutation(id=ENTRY_ID, set={**SESSION, "sets": [item], "mood": {"a": [1, None]}})
    assert result_of(alice.send(entry | {"colour": "red"}, colour="red"))["status"] == "ok"
    assert saved(alice)["extra"] == {"mood": {"a": [1, None]}}
    assert saved(alice)["body"]["sets"] == [item]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_field_with_an_odd_name_is_kept_changed_and_taken_out_like_any(
    alice: Phone, name: str
) -> None:
    alice.save(id=ENTRY_ID, set={**SESSION, name: {"polluted": True}})
    assert saved(alice)["extra"] == {name: {"polluted": True}}
    alice.save("patch", id=ENTRY_ID, base_rev=1, set={name: 1})
    assert saved(alice)["extra"] == {name: 1}
    assert alice.save("patch", id=ENTRY_ID, base_rev=2, unset=[name])["status"] == "ok"
    assert saved(alice)["extra"] is None


def test_of_a_name_that_comes_twice_the_last_counts(alice: Phone) -> None:
    assert result_of(raw_push(alice, '1,"x":2'))["status"] == "ok"
    assert saved(alice)["extra"] == {"x": 2}
    body = json.dumps(alice.envelope(alice.mutation())).replace("{", '{"user":"u_0",', 1)
    assert alice.post(body).status_code == 200


@pytest.mark.parametrize("escape", [r"\ud83d", r"\udc00", r"\ud83dx", r"\u0000"])
def test_half_characters_and_nul_become_a_mark_in_values_and_in_names(
    alice: Phone, escape: str
) -> None:
    assert result_of(raw_push(alice, f'"a{escape}b"', f"n{escape}"))["status"] == "ok"
    ((name, value),) = saved(alice)["extra"].items()
    assert name.startswith("n\ufffd")
    assert value.startswith("a\ufffd")


@pytest.mark.parametrize("number", [str(2**53 + 1), "-" + "9" * 300, "1e308", "-0.0", "5e-324"])
def test_a_number_of_any_size_is_kept_in_a_field_that_we_do_not_know(
    alice: Phone, number: str
) -> None:
    assert result_of(raw_push(alice, number))["status"] == "ok"
    assert saved(alice)["extra"] == {"x": json.loads(number)}


# What is refused alone, by its name.


@pytest.mark.parametrize(
    ("kind", "field"),
    [(kind, field) for kind, fields in kinds.limits().items() for field in fields],
)
def test_a_value_of_the_wrong_type_is_refused_alone_in_every_field_of_every_kind(
    alice: Phone, kind: str, field: str
) -> None:
    if (kind, field) == ("session", "minutes"):
        field = "duration_s"
    wrong = alice.mutation(kind=kind, set={field: {"wrong": []} if field != "cues" else "wrong"})
    refused, accepted = alice.push(wrong, alice.mutation())
    assert (refused["status"], refused["code"]) == ("rejected", "invalid")
    assert field in refused["errors"]
    assert accepted["status"] == "ok"


def test_an_unknown_kind_is_refused_alone(alice: Phone) -> None:
    refused, accepted = alice.push(alice.mutation(kind="rider"), alice.mutation())
    assert (refused["status"], refused["code"]) == ("rejected", "unknown_kind")
    assert accepted["status"] == "ok"


@pytest.mark.parametrize("field", ["mid", "base_rev", "at"])
@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_of_ours_that_is_none_is_refused(alice: Phone, field: str, number: Any) -> None:
    answer = alice.send(alice.mutation(**{field: number}))
    if field == "mid":
        assert (answer.status_code, answer.get_json()["error"]) == (400, "bad_request")
        assert field in answer.get_json()["errors"]
    elif (field, number) != ("at", None):
        assert result_of(answer)["code"] == "malformed"
        assert list(result_of(answer)["errors"]) == [field]


def test_the_largest_numbers_are_taken(alice: Phone) -> None:
    assert alice.save(mid=MAX_NUMBER, at=MAX_NUMBER, base_rev=MAX_NUMBER)["status"] == "ok"


@pytest.mark.parametrize("value", ["1e999", "-1e999", "1" * 5_000])
def test_a_number_beyond_all_measure_is_refused_alone(alice: Phone, value: str) -> None:
    assert result_of(raw_push(alice, value))["code"] == "malformed"
    assert alice.entries() == {}


@pytest.mark.parametrize("where", ["set", "unset"])
def test_a_huge_field_name_is_refused_alone(alice: Phone, where: str) -> None:
    fields: Json = {"set": {"x" * 101: 1}} if where == "set" else {"unset": ["x" * 101]}
    refused, accepted = alice.push(alice.mutation("patch", **fields), alice.mutation())
    assert refused["code"] == "malformed"
    assert next(iter(refused["errors"])).startswith(where)
    assert accepted["status"] == "ok"


@pytest.mark.parametrize("name", ["x", "a.b", "x[0]", "__proto__"])
@pytest.mark.parametrize("op", ["create", "patch"])
def test_a_field_that_is_nested_too_deeply_is_refused_by_its_name(
    alice: Phone, op: str, name: str
) -> None:
    alice.save(id=ENTRY_ID)
    deep: Any = []
    for _ in range(MAX_DEPTH):
        deep = [deep]
    result = alice.save(op, id=ENTRY_ID, base_rev=1, set={**SESSION, name: deep})
    assert (result["code"], list(result["errors"])) == ("invalid", [name])


@pytest.mark.parametrize("field", ["date", "duration_s"])
@pytest.mark.parametrize("op", ["create", "patch"])
def test_what_is_needed_may_neither_be_taken_out_nor_be_null(
    alice: Phone, op: str, field: str
) -> None:
    if op == "patch":
        alice.save(id=ENTRY_ID)
    change: Json = {"op": op, "id": ENTRY_ID, "base_rev": 0}
    for fields in ({"set": SESSION, "unset": [field]}, {"set": SESSION | {field: None}}):
        result = alice.save(**change, **fields)
        assert (result["status"], list(result["errors"])) == ("rejected", [field])


def test_a_deletion_that_sets_something_is_refused_alone(alice: Phone) -> None:
    alice.save(id=ENTRY_ID)
    for fields in ({"set": {"effort": 6}}, {"unset": ["effort"]}):
        result = alice.save("delete", id=ENTRY_ID, base_rev=1, **fields)
        assert (result["code"], list(result["errors"])) == ("malformed", ["set"])
    assert saved(alice)["rev"] == 1


# What is refused as a whole.


@pytest.mark.parametrize(
    "value", ["NaN", "Infinity", "-Infinity", "undefined", "0x1", "01", "'x'", '"\n"', '"\x00"']
)
def test_what_is_not_json_is_a_bad_request(alice: Phone, value: str) -> None:
    answer = raw_push(alice, value)
    assert (answer.status_code, answer.get_json()["error"]) == (400, "bad_request")
    assert alice.entries() == {}


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_json_ten_thousand_deep_is_a_bad_request(alice: Phone, opening: str) -> None:
    closing = "]" if opening == "[" else "}"
    answer = raw_push(alice, opening * 10_000 + "1" + closing * 10_000)
    assert (answer.status_code, answer.get_json()["error"]) == (400, "bad_request")
    assert alice.save()["status"] == "ok"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"[]",
        b'"x"',
        b"7",
        b"{}",
        b"{} {}",
        b"\xff\xfe{\x00}\x00",
        b"\xef\xbb\xbf{}",
        b"\x80\x81",
        b"mutations=1",
        b"<html></html>",
    ],
)
def test_what_is_no_object_of_ours_is_a_bad_request(alice: Phone, body: bytes) -> None:
    answer = alice.post(body)
    assert (answer.status_code, answer.get_json()["error"]) == (400, "bad_request")
    assert answer.get_json()["errors"]


def test_bytes_that_are_no_text_are_refused_alone_where_they_stand_in_one_entry(
    alice: Phone,
) -> None:
    body = json.dumps(alice.envelope(alice.mutation(set={**SESSION, "notes": "HERE"})))
    for bad in (b"\xff", b"\xc0\xaf", b"\xed\xa0\x80"):
        result = result_of(alice.post(body.encode().replace(b"HERE", bad)))
        assert result["code"] == "malformed"


def test_two_megabytes_are_too_large_with_a_length_and_without(app: Flask, alice: Phone) -> None:
    assert alice.post(b"x" * 2_000_000).status_code == 413
    answer = alice.client.open(
        PUSH,
        method="POST",
        headers=HEADERS,
        content_type="application/json",
        input_stream=io.BytesIO(b" " * 2_000_000),
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert (answer.status_code, answer.get_json()) == (413, {"proto": 1, "error": "too_large"})


def test_more_mutations_than_two_hundred_are_too_many(alice: Phone) -> None:
    answer = alice.send(*[alice.mutation() for _ in range(201)])
    assert (answer.status_code, answer.get_json()["max_mutations"]) == (413, 200)
    assert alice.entries() == {}


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "text/json", "", "x"]
)
def test_another_content_type_could_come_from_another_site(alice: Phone, content_type: str) -> None:
    body = json.dumps(alice.envelope(alice.mutation()))
    answer = alice.post(body, **{"Content-Type": content_type})
    assert (answer.status_code, answer.get_json()["error"]) == (403, "origin")


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_other_methods_are_not_known_to_push(alice: Phone, method: str) -> None:
    answer = alice.client.open(PUSH, method=method, headers=HEADERS)
    assert answer.status_code == 405
    assert answer.get_json() == {"proto": 1, "error": "method_not_allowed"}
    assert "POST" in answer.headers["Allow"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_other_methods_are_not_known_to_pull(alice: Phone, method: str) -> None:
    answer = alice.client.open(PULL, method=method, headers=HEADERS)
    assert (answer.status_code, answer.get_json()["error"]) == (405, "method_not_allowed")


# What is somebody else's, or of another time.


def test_ids_of_another_rider_open_nothing(alice: Phone, bystander: Phone) -> None:
    theirs = next(iter(bystander.entries()))
    alice.device = bystander.device
    assert alice.save("patch", id=theirs, base_rev=1, set={"effort": 1})["code"] == "unknown_entry"
    assert alice.save("delete", id=theirs, base_rev=1)["status"] == "duplicate"
    assert alice.save("create", id=theirs, set=SESSION | {"effort": 1})["seq"] == 3


def test_a_mutation_id_of_another_rider_is_as_good_as_any(alice: Phone, bystander: Phone) -> None:
    shared = alice.mutation()
    bystander_again = bystander.mutation() | {"mutation_id": shared["mutation_id"]}
    assert alice.push(shared)[0]["seq"] == 1
    result = bystander.send(bystander_again, user=alice.user)
    assert (result.status_code, result.get_json()["error"]) == (409, "wrong_user")


@pytest.mark.parametrize(
    "cursor",
    [
        "EPOCH:999999999999999999",
        "EPOCH:9223372036854775808",
        "EPOCH:-1",
        "EPOCH:1:99",
        "EPOCH:٣",
        "EPOCH",
        "\x00",
        "' OR 1=1 --",
        "x" * 5_000,
    ],
)
def test_a_cursor_that_we_never_gave_out_begins_anew(app: Flask, alice: Phone, cursor: str) -> None:
    epoch = alice.pull()["cursor"].split(":")[0]
    page = alice.pull(cursor.replace("EPOCH", epoch))
    assert (page["reset"], page["since"], page["changes"]) == ("epoch", 0, [])


@pytest.mark.parametrize("epoch", ["other", "", "x" * 16])
def test_a_push_of_another_epoch_changes_nothing(app: Flask, alice: Phone, epoch: str) -> None:
    before = rows_of(app, alice.user)
    answer = alice.send(alice.mutation(), epoch=epoch)
    assert (answer.status_code, answer.get_json()) == (409, {"proto": 1, "error": "epoch"})
    assert rows_of(app, alice.user) == before


def test_who_is_signed_in_counts_and_not_who_is_named(app: Flask, alice: Phone) -> None:
    laptop = Phone(sign_in(app, "alice"))
    for user in ("", "u_", alice.user.upper(), alice.user[2:], "u_" + "0" * 32, "x" * 65):
        assert laptop.send(laptop.mutation(), user=user).status_code in (400, 409)
    assert alice.entries() == {}
