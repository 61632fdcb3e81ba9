"""The form refuses what the server refuses, in the same words as the phone's form."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from dbsapp import create_app
from dbsapp.logs.forms import SessionForm
from dbsapp.logs.kinds import limits, validate
from dbsapp.logs.values import changes, new_body, to_values

CONTRACT = json.loads(Path("tests/contract/session-form.json").read_text())
LIMITS = limits()["session"]
RIGHT = {"routine": "roll-short", "date": "2026-07-14", "minutes": "12"}


def named(cases: list[dict[str, Any]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in cases])


@pytest.fixture(scope="module")
def in_request() -> Iterator[Flask]:
    app = create_app(
        {"TESTING": True, "SECRET_KEY": "test", "SQLALCHEMY_DATABASE_URI": "sqlite://"}
    )
    with app.test_request_context():
        yield app


def filled(app: Flask, **values: str) -> SessionForm:
    return SessionForm(
        app.extensions["library"], formdata=MultiDict({**RIGHT, **values}), meta={"csrf": False}
    )


def spelt(value: str) -> str:
    text, star, times = value.rpartition("*")
    return text * int(times) if star else value


@pytest.mark.parametrize(("field", "value", "right"), CONTRACT["checks"])
def test_it_takes_and_refuses_what_the_phone_does(
    in_request: Flask, field: str, value: str, right: bool
) -> None:
    form = filled(in_request, **{field: spelt(value)})
    assert form.validate() is right
    assert bool(form[field].errors) is not right


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("pain_peak", "11"),
        ("minutes", "-3"),
        ("date", "9999-01-01"),
        ("effort", "a lot"),
        ("notes", "x" * 4001),
    ],
)
def test_it_says_so_in_the_words_it_gave_the_phone_and_keeps_what_was_typed(
    in_request: Flask, field: str, value: str
) -> None:
    form = filled(in_request, **{field: value})
    form.validate()
    assert set(form[field].errors) == {form[field].render_kw["data-error"]}
    assert form[field]._value() == value


@pytest.mark.parametrize("field", ["minutes", "effort", "pain_before", "pain_peak", "felt_glutes"])
def test_a_number_field_has_the_limits_of_its_kind(in_request: Flask, field: str) -> None:
    html = str(filled(in_request)[field]())
    assert f'min="{LIMITS[field]["min"]}"' in html
    assert f'max="{LIMITS[field]["max"]}"' in html


@pytest.mark.parametrize("field", ["notes", "pain_site"])
def test_a_text_field_has_the_limit_of_its_kind_without_cutting_a_paste(
    in_request: Flask, field: str
) -> None:
    html = str(filled(in_request)[field]())
    assert f'data-max-length="{LIMITS[field]["max_length"]}"' in html
    assert "maxlength" not in html.replace("data-max-length", "")


def test_the_sides_and_the_first_day_are_those_of_the_kind(in_request: Flask) -> None:
    form = filled(in_request)
    assert set(form.pain_side.render_kw["data-choices"].split()) == set(
        LIMITS["pain_side"]["choices"]
    )
    assert form.date.render_kw["min"] == LIMITS["date"]["min"]


def test_it_takes_tomorrow_and_refuses_next_week(in_request: Flask) -> None:
    today = dt.datetime.now(dt.UTC).date()
    assert filled(in_request, date=str(today + dt.timedelta(days=1))).validate()
    assert not filled(in_request, date=str(today + dt.timedelta(days=7))).validate()


def test_line_ends_of_a_posted_form_count_once(in_request: Flask) -> None:
    form = filled(in_request, notes="x\r\n" * 2000)
    assert form.validate()
    assert form.values["notes"] == "x\n" * 2000


def test_it_offers_every_routine_of_the_plan_by_step_and_something_else(in_request: Flask) -> None:
    html = str(filled(in_request).routine())
    library = in_request.extensions["library"]
    assert all(f'value="{slug}"' in html for slug in (*library.routines, "something-else"))
    assert all(f'<optgroup label="{step.name}">' in html for step in library.steps.values())


def test_an_unknown_routine_stays_visible_beside_its_error(in_request: Flask) -> None:
    form = filled(in_request, routine="buttock-blaster")
    assert not form.validate()
    assert '<option selected value="buttock-blaster">' in str(form.routine())


def test_an_old_session_keeps_a_routine_that_has_left_the_plan(in_request: Flask) -> None:
    was = {"routine": "old-one", "routine_name": "Old one", "date": "2020-01-01", "duration_s": 600}
    form = SessionForm(in_request.extensions["library"], was, formdata=None, meta={"csrf": False})
    assert form.values["routine"] == "old-one"
    assert "Old one</option>" in str(form.routine())


def test_it_shows_an_entry_as_it_was_logged(in_request: Flask) -> None:
    body = CONTRACT["new"][0]["body"]
    form = SessionForm(in_request.extensions["library"], body, formdata=None, meta={"csrf": False})
    assert form.values == CONTRACT["new"][0]["values"] == to_values(body)


@named(CONTRACT["new"])
def test_a_new_session_has_the_body_the_phone_makes(case: dict[str, Any]) -> None:
    now = dt.datetime.fromisoformat(case["now"])
    body = new_body(
        case["values"], now=now, zone=case["zone"], names=CONTRACT["names"], version="v1"
    )
    assert body == case["body"]
    assert validate("session", body).errors == {}


@named(CONTRACT["changes"])
def test_an_edit_sets_what_the_phone_sets(case: dict[str, Any]) -> None:
    values = {**to_values(case["body"]), **case["values"]}
    fields, unset = changes(case["body"], values, CONTRACT["names"])
    assert (fields, set(unset)) == (case["set"], set(case["unset"]))
