"""New entries that go in by the straight line come to what they come to when each is looked at."""

import re
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dbsapp.accounts.service import OWNED
from dbsapp.logs import kinds
from dbsapp.sync import fresh, service
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
BATCH = st.lists(st.tuples(mutations(), st.integers(0, 5), st.integers(6, 11)), max_size=4)


def of_push(phone: Phone, batch: Any) -> Any:
    answer = phone.send(*batch)
    told = answer.get_json() | {"server_now": 0, "epoch": ""}
    return answer.status_code, told


@given(batches=st.lists(BATCH, min_size=1, max_size=3))
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
def test_it_comes_to_what_a_closer_look_comes_to(app: Flask, batches: Any) -> None:
    name = new_id()
    quick, careful = (Phone(sign_up(app, f"{who}-{name}")) for who in ("quick", "careful"))
    careful.device = quick.device
    for number, batch in enumerate(batches):
        sent = [
            {"mid": 10 * number + i + 1, "mutation_id": IDS[m], "id": IDS[e]} | one
            for i, (one, e, m) in enumerate(batch)
        ]
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(fresh, "decode", lambda _data: None)
            expected = of_push(careful, sent)
        assert of_push(quick, sent) == expected
    both = [phone.pull() for phone in (quick, careful)]
    assert both[0]["check"] == both[1]["check"]
    assert same(*(page["changes"] for page in both))
    rows = [dict(zip(OWNED, rows_of(app, one.user), strict=True)) for one in (quick, careful)]
    for model in {*OWNED} - {SyncDevice}:  # which may be for the next push
        assert len(rows[0][model]) == len(rows[1][model])


def only_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "push", lambda *_args: 1 // 0)


@pytest.mark.parametrize("kind", kinds.KINDS)
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
    ],
)
def test_anything_else_is_looked_at(
    alice: Phone, changed: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[bool] = []
    monkeypatch.setattr(fresh, "push", lambda *_args: looked.append(False))
    alice.push(alice.mutation(**changed))
    assert looked == []
