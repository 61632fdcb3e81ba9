"""The kinds of entries: every limit refuses in words, and is published as it is checked."""

import json
from collections.abc import Mapping
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbsapp.logs import kinds
from dbsapp.logs.checking import MAX_DEPTH, Rule, fits, problems, rules_of

SET_ID = "01900000-0000-7000-8000-00000000000a"
SESSION = {"date": "2026-03-01", "duration_s": 600}
REQUIRED: dict[str, dict[str, Any]] = {
    "session": SESSION,
    "morning": {"date": "2026-03-01"},
    "check": {"date": "2026-03-01", "check": "single-leg-stand"},
    "ride": {"date": "2026-03-01"},
    "routine": {"name": "Mine"},
    "preference": {},
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)
FIELDS = [(kind, name) for kind in kinds.KINDS for name in kinds.limits()[kind]]


def errors(kind: str = "session", **fields: Any) -> dict[str, str]:
    return kinds.validate(kind, REQUIRED[kind] | fields).errors


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_it_accepts_the_required_fields_alone(kind: str) -> None:
    assert errors(kind) == {}


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_it_names_every_required_field_that_is_missing(kind: str) -> None:
    assert set(kinds.validate(kind, {}).errors) == set(REQUIRED[kind])


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("pain_peak", 11, "Use a whole number from 0 to 10."),
        ("pain_peak", -1, "Use a whole number from 0 to 10."),
        ("pain_peak", True, "Use a whole number from 0 to 10."),
        ("pain_peak", "3", "Use a whole number from 0 to 10."),
        ("pain_peak", 3.5, "Use a whole number from 0 to 10."),
        ("pain_peak", float("nan"), "Use a whole number from 0 to 10."),
        ("pain_peak", 10**400, "Use a whole number from 0 to 10."),
        ("duration_s", -180, "Use a whole number from 60 to 36,000."),
        ("duration_s", 36_001, "Use a whole number from 60 to 36,000."),
        ("date", "1969-12-31", "Use a date from 1970-01-01 to 2200-01-01"),
        ("date", "9999-01-01", "Use a date from 1970-01-01 to 2200-01-01"),
        ("date", "2026-02-30", "Use a date from 1970-01-01 to 2200-01-01"),
        ("date", "20260301", "Use a date from 1970-01-01 to 2200-01-01"),
        ("date", 5, "Use a date from 1970-01-01 to 2200-01-01"),
        ("notes", "x" * 4_001, "Use at most 4,000 characters."),
        ("notes", ["x"], "Use some words."),
        ("routine", "Not a slug", "Use lower-case words joined by hyphens."),
        ("routine", "slug\n", "Use lower-case words joined by hyphens."),
        ("tz", "Europe/Berlin; drop", "Use the name of a time zone"),
        ("pain_side", "left", "Use one of: L, R, both."),
        ("pain_side", {}, "Use one of: L, R, both."),
        ("sets", {}, "Use a list."),
        ("sets", [{}] * 201, "Use at most 200."),
    ],
)
def test_it_refuses_in_words_beside_the_field(field: str, value: Any, sentence: str) -> None:
    found = errors(**{field: value})
    assert list(found) == [field]
    assert found[field].startswith(sentence)


def test_it_finds_all_errors_at_once_down_to_a_field_of_a_set() -> None:
    sets = [{"id": SET_ID, "exercise": "bridge"}, {"id": "x", "load_kg": -1, "skipped": 1}, 7]
    assert errors(effort=11, sets=sets) == {
        "effort": "Use a whole number from 0 to 10.",
        "sets[1].id": "Use a UUID of version 4 or 7.",
        "sets[1].exercise": "This is needed.",
        "sets[1].load_kg": "Use a number from 0 to 1,000.",
        "sets[1].skipped": "Use yes or no.",
        "sets[2]": "This has the wrong form.",
    }


def test_it_refuses_two_sets_with_one_id_because_they_could_not_be_merged() -> None:
    twin = {"id": SET_ID, "exercise": "bridge"}
    assert errors(sets=[twin, twin]) == {"sets": "Give each its own id."}


def test_it_keeps_values_as_sent_drops_nulls_and_sets_unknown_fields_aside() -> None:
    sets = [{"id": SET_ID, "exercise": "bridge", "load_kg": 20, "from_tomorrow": 1}]
    checked = kinds.validate("session", SESSION | {"sets": sets, "notes": None, "mood": ["dry"]})
    assert checked.clean == SESSION | {"sets": sets}
    assert checked.extra == {"mood": ["dry"]}
    assert checked.errors == {}


def test_it_refuses_an_unknown_field_that_is_nested_without_end() -> None:
    deep: list[Any] = []
    for _ in range(MAX_DEPTH):
        deep = [deep]
    assert errors(mood=deep[0]) == {}
    assert errors(mood=deep) == {"mood": "This is nested too deeply."}


def test_it_does_not_know_other_kinds() -> None:
    with pytest.raises(KeyError):
        kinds.validate("password", {})


@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_it_publishes_the_limits_that_it_checks(kind: str, name: str) -> None:
    limit = kinds.limits()[kind][name]
    if name == "minutes" and kind == "session":
        name, limit = "duration_s", {"min": limit["min"] * 60, "max": limit["max"] * 60}
    for edge in ("min", "max"):
        if isinstance(limit.get(edge), int):
            step = 1 if edge == "max" else -1
            assert name not in errors(kind, **{name: limit[edge]})
            assert name in errors(kind, **{name: limit[edge] + step})
    if "choices" in limit:
        assert not any(errors(kind, **{name: choice}) for choice in limit["choices"])
    if "max_length" in limit and "pattern" not in limit:
        assert name not in errors(kind, **{name: "x" * limit["max_length"]})
        assert name in errors(kind, **{name: "x" * (limit["max_length"] + 1)})


def test_the_limits_can_be_published_as_json() -> None:
    limits = kinds.limits()
    assert json.loads(json.dumps(limits)) == limits
    assert limits["session"]["minutes"] == {"min": 1, "max": 600}
    assert limits["session"]["date"]["required"]


def known(rules: Mapping[str, Rule], value: Mapping[str, Any]) -> dict[str, Any]:
    """Return `value` without the fields that no rule is for, in what it holds too."""

    def of(rule: Rule, one: Any) -> Any:
        if rule.fields and isinstance(one, dict):
            return known(rule.fields, one)
        if rule.item and isinstance(one, list):
            return [of(rule.item, item) for item in one]
        return one

    return {name: of(rules[name], one) for name, one in value.items() if name in rules}


@given(
    kind=st.sampled_from(list(kinds.KINDS)), body=st.dictionaries(st.text(), JSON), data=st.data()
)
def test_it_answers_anything_with_what_msgspec_says_and_never_raises(
    kind: str, body: dict[str, Any], data: st.DataObject
) -> None:
    names = st.sampled_from(sorted(kinds.limits()[kind]))
    body = body | data.draw(st.dictionaries(names, JSON, max_size=4))
    found = kinds.validate(kind, body)
    try:
        msgspec.convert(known(rules_of(kinds.KINDS[kind]), found.clean), kinds.KINDS[kind])
    except (msgspec.ValidationError, OverflowError):
        assert found.errors


@given(
    kind=st.sampled_from(list(kinds.KINDS)),
    changes=st.dictionaries(
        st.sampled_from(sorted({name for _, name in FIELDS})),
        JSON | st.dates().map(str) | st.sampled_from(["L", "reps", "none", "a-b", "a\n", "18:30"]),
        max_size=3,
    ),
)
def test_what_fits_at_a_glance_has_no_problems(kind: str, changes: dict[str, Any]) -> None:
    body = REQUIRED[kind] | changes
    if fits(kinds.KINDS[kind], body):
        assert list(problems(kinds.KINDS[kind], body)) == []
