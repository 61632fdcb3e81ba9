"""Whatever a form accepts, the API accepts; whatever the API refuses names the field.

Hypothesis types into the form of the plain pages and into that of the phone, whose own code runs
beside us in Node, and sends what they would save.
"""

import datetime as dt
import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from dbsapp.config import ROOT
from dbsapp.logs import kinds
from dbsapp.logs.forms import SessionForm
from dbsapp.logs.values import NAMES, changes, new_body
from tests.phones import SESSION, Json, Phone
from tests.unit.logs.test_kinds import REQUIRED

ZONES = ("Europe/Berlin", "Pacific/Apia", "America/Argentina/ComodRivadavia", "Etc/GMT+12", "UTC")
NOW = dt.datetime(2026, 7, 14, 6, 30, tzinfo=dt.UTC)
ROUTINES = ("roll-short", "strength-a", "something-else")

#: What a finger, a paste, an autofill or a script may leave in a field.
TYPED = st.one_of(
    st.integers(-20, 700).map(str),
    st.dates(dt.date(1969, 12, 25), dt.date(2026, 7, 20)).map(str),
    st.sampled_from(["", " ", "+5", "-0", "007", " 7 ", "\ufeff7", "٣", "1e1", "0x5", "5.0", "?"]),
    st.sampled_from(["2026-1-1", "2026-02-30", "10000-01-01", "2024-02-29", "\x00", "a\r\nb"]),
    st.sampled_from(["x" * 120, "🚴" * 121, "y\n" * 2_000, "é" * 4_001, *ROUTINES, "L", "both"]),
    st.text(max_size=130),
)
RIGHT = {
    "routine": st.sampled_from(ROUTINES),
    "date": st.dates(dt.date(1970, 1, 1), dt.date(2026, 7, 15)).map(str),
    "minutes": st.integers(1, 600).map(str),
}
SCALE = st.integers(0, 10).map(str) | st.just("")
SIDE = st.sampled_from(["", "L", "R", "both"])
TEXTS = {"pain_side": SIDE, "pain_site": st.text(max_size=120), "notes": st.text()}
#: A form that is filled in well, with up to two fields that are anything.
VALUES = st.builds(
    dict[str, str].__or__,
    st.fixed_dictionaries({name: (RIGHT | TEXTS).get(name, SCALE) for name in NAMES}),
    st.dictionaries(st.sampled_from(NAMES), TYPED, max_size=2),
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)

played = settings(
    max_examples=100,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def node() -> Iterator[Any]:
    """Return the phone's form: a function that takes what was typed and tells what it saves."""
    script = ROOT / "tests" / "js" / "logbook" / "help" / "form.js"
    command = [ROOT / "tools" / "node", script]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True, cwd=ROOT) as process:
        assert process.stdin
        assert process.stdout

        def ask(**question: Any) -> Json:
            assert process.stdin
            assert process.stdout
            process.stdin.write(json.dumps(question) + "\n")
            process.stdin.flush()
            told: Json = json.loads(process.stdout.readline())
            return told

        yield ask
        process.stdin.close()


def form_of(app: Flask, values: dict[str, str] | None, was: Json | None = None) -> SessionForm:
    """Return the form as it is posted with `values`; needs a request."""
    data = None if values is None else MultiDict(values)
    return SessionForm(app.extensions["library"], was, formdata=data, meta={"csrf": False})


def rules_of(form: SessionForm) -> dict[str, Json]:
    """Return the rules as `form-fields.js` reads them out of the page."""
    return {name: rule_of(form[name]) for name in NAMES}


def rule_of(field: Any) -> Json:
    attributes = {**(field.render_kw or {}), **vars(field.flags)}
    rule = {"required": bool(attributes.get("required")), "error": attributes["data-error"]}
    if "data-choices" in attributes:
        return rule | {"choices": attributes["data-choices"].split(" ")}
    if "data-max-length" in attributes:
        return rule | {"maxLength": attributes["data-max-length"]}
    if field.type == "Day":
        return rule | {"from": attributes["min"], "until": "2026-07-15"}
    return rule | {"min": attributes["min"], "max": attributes["max"]}


def saved(phone: Phone, op: str, **fields: Any) -> None:
    """Push and see that it is taken as it is."""
    result = phone.save(op, **fields)
    assert result["status"] == "ok", result


@given(values=VALUES, was=st.none() | st.just(SESSION), zone=st.sampled_from(ZONES))
@played
def test_what_the_plain_form_accepts_the_api_accepts(
    app: Flask, alice: Phone, values: dict[str, str], was: Json | None, zone: str
) -> None:
    with app.test_request_context():
        form = form_of(app, values, was)
        assume(form.validate())
        typed, names = form.values, form.names
    if was is None:
        saved(alice, "create", set=new_body(typed, now=NOW, zone=zone, names=names, version="v1"))
        return
    entry = alice.mutation(set=was)
    alice.push(entry)
    patch, unset = changes(was, typed, names)
    saved(alice, "patch", id=entry["id"], base_rev=1, set=patch, unset=unset)


@given(values=VALUES, was=st.none() | st.just(SESSION), zone=st.sampled_from(ZONES))
@played
def test_what_the_form_of_the_phone_accepts_the_api_accepts(
    app: Flask, alice: Phone, node: Any, values: dict[str, str], was: Json | None, zone: str
) -> None:
    """wger-project/flutter#1259, #1263, #1264: nothing is accepted offline and refused later."""
    with app.test_request_context():
        form = form_of(app, None, was)
        rules, names = rules_of(form), form.names
    context = {"now": int(NOW.timestamp() * 1000), "zone": zone, "version": "v1"}
    told = node(values=values, rules=rules, names=names, was=was, **context)
    assume("saved" in told)
    if was is None:
        saved(alice, "create", set=told["saved"])
    else:
        entry = alice.mutation(set=was)
        alice.push(entry)
        saved(alice, "patch", id=entry["id"], base_rev=1, **told["saved"])


@given(
    kind=st.sampled_from(list(kinds.KINDS)),
    op=st.sampled_from(["create", "patch"]),
    odd=st.dictionaries(st.text(max_size=20), JSON, max_size=2),
    data=st.data(),
)
@played
def test_what_the_api_refuses_names_the_field(
    alice: Phone, kind: str, op: str, odd: Json, data: st.DataObject
) -> None:
    known = sorted(kinds.limits()[kind])
    fields = odd | data.draw(st.dictionaries(st.sampled_from(known), JSON, max_size=3))
    unset = data.draw(st.lists(st.sampled_from(known), max_size=2))
    entry = alice.mutation(kind=kind, set=REQUIRED[kind])
    alice.push(entry)
    result = alice.save(op, kind=kind, id=entry["id"], base_rev=1, set=fields, unset=unset)
    if result["status"] == "rejected":
        touched = {*fields, *unset, *(REQUIRED[kind] if op == "create" else ())}
        assert result["code"] == "invalid"
        assert result["errors"]
        assert all(path in touched or root(path) in touched for path in result["errors"])
        assert all(sentence.endswith(".") for sentence in result["errors"].values())


def root(path: str) -> str:
    """Return the field that a path such as `sets[2].load_kg` begins with."""
    return path.split("[")[0].split(".")[0]
