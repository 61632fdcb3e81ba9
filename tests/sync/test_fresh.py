"""New entries that go in by the straight line come to what they come to when each is looked at."""

import json
import re
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dbsapp.accounts.service import OWNED
from dbsapp.logs import kinds
from dbsapp.sync import fresh, service, upkeep
from dbsapp.sync.merge import same
from dbsapp.sync.models import SyncDevice
from tests.phones import SESSION, Json, Phone, new_id, sign_up
from tests.sync.conftest import rows_of
from tests.unit.logs.test_kinds import FIELDS, REQUIRED, SET_ID

pytestmark = pytest.mark.both_databases

SETS = [{"id": SET_ID, "exercise": "clamshell", "done": 10, "target": 12.5}]
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1, 700),
    st.floats(-1, 700),
    st.dates().map(str),
    st.text(max_size=5),
    st.sampled_from(["L", "both", "reps", "a-b", "a\n", "18:30", "\x00", "🚴", "x" * 4_001]),
    st.sampled_from(
        [SETS, SETS * 2, [{**SETS[0], "mood": 1}], [{**SETS[0], "side": None}], [], {}]
    ),
)


@st.composite
def mutations(draw: st.DrawFn) -> Json:
    """What creates an entry, mostly as it should be; under few ids, so that some come twice."""
    kind = draw(st.sampled_from(list(kinds.KINDS)))
    names = st.sampled_from([name for of, name in FIELDS if of == kind] + ["mood"])
    body = REQUIRED[kind] | draw(st.dictionaries(names, ODD, max_size=2))
    made = {"kind": kind, "op": "create", "base_rev": 0, "set": body}
    odd = {
        "op": st.sampled_from(["patch", "delete", "swap"]),
        "base_rev": st.just(1),
        "kind": st.just("password"),
        "at": st.sampled_from([None, -1, 1_790_000_000_000]),
        "tz": st.sampled_from([None, "Europe/Berlin", "x" * 65]),
        "unset": st.sampled_from([[], ["notes"]]),
        "mood": st.just("dry"),
        "id": st.sampled_from([SET_ID.upper(), SET_ID.replace("-", ""), "x"]),
    }
    name = draw(st.sampled_from([None] * 8 + list(odd)))
    return made | ({name: draw(odd[name])} if name else {})


IDS = [new_id() for _ in range(12)]
#: A mutation, and the places in a few ids and numbers that it goes by.
BATCH = st.lists(
    st.tuples(mutations(), st.integers(0, 5), st.integers(6, 11), st.integers(1, 6)), max_size=4
)
#: What else is in the push; "right" is the epoch of the log.
ENVELOPE = st.sampled_from(
    [{}] * 6
    + [{"epoch": "right", "seq": 0}, {"epoch": "right", "seq": 99}, {"epoch": "wrong", "seq": 0}]
    + [{"user": "u_"}, {"schema": 0}, {"app_version": "1.2.3"}, {"app_version": "\n"}]
)
PUSH = st.tuples(BATCH, ENVELOPE, st.booleans())


def epoch_of(phone: Phone) -> str:
    cursor: str = phone.pull()["cursor"]
    return cursor.split(":")[0]


def outcome(phone: Phone, batch: list[Json], envelope: Json, *, ascii_only: bool) -> Any:
    """Push, and return the answer and whether the log was disowned."""
    before = epoch_of(phone)
    if envelope.get("epoch") == "right":
        envelope = {**envelope, "epoch": before}
    sent = json.dumps(phone.envelope(*batch, **envelope), ensure_ascii=ascii_only)
    answer = phone.post(sent.encode(errors="surrogatepass"))
    return answer.status_code, answer.get_json() | {"epoch": ""}, epoch_of(phone) == before


def told(app: Flask, phone: Phone) -> list[Json]:
    """Return every row of a rider, except for what is theirs alone, and for the list of devices."""
    tables = zip(OWNED, rows_of(app, phone.user), strict=True)
    return [
        {"table": model.__name__, **row._mapping, "rider_id": 0, "epoch": "", "prev_epoch": ""}
        for model, rows in tables
        for row in rows
        if model is not SyncDevice  # which may be for the next push
    ]


@given(pushes=st.lists(PUSH, min_size=1, max_size=3))
@settings(
    max_examples=80,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
def test_it_comes_to_what_a_closer_look_comes_to(app: Flask, pushes: Any) -> None:
    name = new_id()
    quick, careful = (Phone(sign_up(app, f"{who}-{name}")) for who in ("quick", "careful"))
    careful.device = quick.device
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(upkeep, "now_ms", lambda: 1_790_000_000_000)
        for batch, envelope, ascii_only in pushes:
            sent = [
                {"mid": mid, "mutation_id": IDS[m], "id": IDS[e]} | one for one, e, m, mid in batch
            ]
            with pytest.MonkeyPatch.context() as looking:
                looking.setattr(fresh, "decode", lambda _data: None)
                expected = outcome(careful, sent, envelope, ascii_only=ascii_only)
            assert outcome(quick, sent, envelope, ascii_only=ascii_only) == expected
    assert same(told(app, quick), told(app, careful))


def only_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "push", lambda *_args: 1 // 0)


@pytest.mark.parametrize("kind", [kind for kind in kinds.KINDS if kind != fresh.SHARED])
def test_a_new_entry_of_each_kind_goes_that_way(
    alice: Phone, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_quickly(monkeypatch)
    entry = alice.mutation(kind=kind, set=REQUIRED[kind])
    assert alice.push(entry)[0]["status"] == "ok"
    assert alice.entries()[entry["id"]]["body"] == REQUIRED[kind]


def test_what_the_player_saves_stays_as_it_was_sent(
    alice: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_quickly(monkeypatch)
    entry = alice.mutation(set=SESSION | {"sets": SETS, "notes": "naïve 🚴"})
    answer = alice.send(entry)
    assert answer.get_json()["results"][0]["seq"] == answer.get_json()["seq"]
    page = alice.client.get("/api/sync/v1/pull", headers={"X-Sync-Proto": "1"})
    assert re.search(rb'"done":10\b(?!\.)', page.data)
    assert alice.entries()[entry["id"]]["body"] == entry["set"]


@pytest.mark.parametrize(
    "changed",
    [
        {"set": SESSION | {"mood": "dry"}},
        {"set": SESSION | {"sets": [{**SETS[0], "mood": "dry"}]}},
        {"set": SESSION | {"sets": SETS * 2}},
        {"set": SESSION | {"date": "1969-12-31"}},
        {"set": SESSION | {"notes": "\0"}},
        {"op": "patch"},
        {"base_rev": 1},
        {"unset": ["notes"]},
        {"id": SET_ID.upper()},
        {"kind": "preference", "set": {}},
    ],
)
def test_anything_else_is_looked_at(
    alice: Phone, changed: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[bool] = []
    monkeypatch.setattr(fresh, "push", lambda *_args: looked.append(False))
    alice.push(alice.mutation(), alice.mutation(**changed))
    assert looked == []


def test_what_is_too_large_as_it_was_sent_is_refused_the_first_time_too(alice: Phone) -> None:
    sets = [{"id": new_id(), "exercise": "clamshell", "name": "\u00e4" * 120} for _ in range(90)]
    sent = alice.envelope(alice.mutation(set=SESSION | {"sets": sets}))
    assert alice.post(json.dumps(sent)).status_code == 413
    assert alice.post(json.dumps(sent, ensure_ascii=False).encode()).status_code == 200


@pytest.mark.parametrize("envelope", [{}, {"epoch": "right", "seq": 99}, {"epoch": "wrong"}])
def test_two_under_one_number_are_refused_before_anything_else_is(
    alice: Phone, envelope: Json
) -> None:
    twins = [alice.mutation(mid=7), alice.mutation(mid=7)]
    status, answer, kept = outcome(alice, twins, envelope, ascii_only=True)
    assert (status, answer["error"], kept) == (409, "device_forked", True)
