"""The real plan is whole, honest about what it knows, and careful with its words."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from dbsapp.content import Library
from dbsapp.content.checks import source_keys
from dbsapp.content.library import ROOT

IDS = [
    *(f"FR-{n:02}" for n in range(1, 10)),
    *(f"ST-{n:02}" for n in range(1, 10)),
    *(f"AC-{n:02}" for n in range(1, 11)),
    "LH-1",
    "LH-2",
    *(f"SG-{n:02}" for n in range(1, 11)),
]
BANNED = re.compile(
    r"\b(treat(s|ed|ing|ments?)?|cur(e|es|ed|ing)|diagnos(e|es|ed|is|tic)|patients?"
    r"|rehabilitat\w*|clinical(ly)?|tendinopathy programme)\b",
    re.IGNORECASE,
)
BRANDS = re.compile(r"zwift|zom\b|zommun|peloton|strava", re.IGNORECASE)
BORROWED = re.compile(r"\bborg\b|\brpe\b|visa-g", re.IGNORECASE)
PERCENT = re.compile(r"\d\s?%")


def texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, path)


def all_texts() -> list[tuple[str, str]]:
    files = sorted(ROOT.rglob("*.toml"))
    assert len(files) > 60
    return [
        found
        for file in files
        for found in texts(tomllib.loads(file.read_text(encoding="utf-8")), file.name)
    ]


def offending(pattern: re.Pattern[str], allowed: str = "") -> list[tuple[str, str]]:
    return [
        (path, text)
        for path, text in all_texts()
        if pattern.search(text.replace(allowed, "") if allowed else text)
    ]


def test_all_forty_exercises_are_there_in_plan_order(library: Library) -> None:
    assert list(library.by_id) == IDS
    assert [one.id for one in library.exercises.values()] == IDS


def test_there_are_four_steps_in_order(library: Library) -> None:
    assert [(one.number, slug) for slug, one in library.steps.items()] == [
        (1, "foam-roll"),
        (2, "stretch"),
        (3, "activate"),
        (4, "strengthen"),
    ]
    assert sum(len(one.exercises) for one in library.steps.values()) == 40


def test_the_routines_hold_what_the_plan_says(library: Library) -> None:
    held = {
        slug: [item.exercise.id for item in routine.items if item.group is None]
        for slug, routine in library.routines.items()
        if not routine.lateral_hip
    }
    assert held == {
        "roll-short": ["FR-02", "FR-03", "FR-07"],
        "roll-standard": ["FR-02", "FR-03", "FR-06", "FR-07", "FR-09"],
        "roll-full": IDS[:9],
        "stretch-daily-minimum": ["ST-01", "ST-02", "ST-04"],
        "stretch-standard": ["ST-01", "ST-02", "ST-04", "ST-07", "ST-08", "ST-09"],
        "stretch-full": IDS[9:18],
        "activate-express": ["AC-01", "AC-02", "AC-09"],
        "activate-pre-ride": ["AC-01", "AC-02", "AC-04", "AC-09"],
        "activate-learning-circuit": [f"AC-0{n}" for n in (1, 2, 3, 4, 6, 7, 8, 9)],
        "strength-a": ["SG-01", "SG-02", "SG-07", "SG-06"],
        "strength-b": ["SG-05", "SG-03", "SG-08", "SG-09"],
    }


@pytest.mark.parametrize("slug", ["strength-a", "strength-b"])
def test_strength_begins_with_the_express_activation(library: Library, slug: str) -> None:
    warm_up = [item.exercise for item in library.routines[slug].items if item.group == "warm-up"]
    assert warm_up == [item.exercise for item in library.routines["activate-express"].items]


def test_no_banned_word_is_in_any_text() -> None:
    assert offending(BANNED, allowed="not a diagnosis") == []


def test_no_figure_from_uncertain_memory_is_in_any_text() -> None:
    assert offending(re.compile(r"\[m\]", re.IGNORECASE)) == []


def test_no_brand_is_named() -> None:
    found = offending(BRANDS)
    # The article's own source entry has to say where it was published.
    assert {path for path, _ in found} == {"sources.toml.source.authors", "sources.toml.source.url"}


def test_no_wording_that_others_own_is_used() -> None:
    assert offending(BORROWED) == []


def test_a_percentage_of_research_stands_in_a_claim_with_its_source() -> None:
    found = [
        path
        for path, _ in offending(PERCENT)
        if not path.endswith((".claim", ".harder", ".change", ".note"))
    ]
    assert found == []


def test_every_source_is_used(library: Library) -> None:
    content = (
        *library.exercises.values(),
        *library.steps.values(),
        library.rules.activation,
        library.rules.stop,
        library.safety,
        library.why,
    )
    used = {name for one in content for _, name in source_keys(one)}
    assert set(library.sources) == used


def test_a_mark_is_never_better_than_what_was_seen_of_a_default(library: Library) -> None:
    for one in library.exercises.values():
        if one.dose.source == "our-default":
            assert one.dose.mark == "D", one.id


def test_a_source_with_a_doi_links_to_it(library: Library) -> None:
    assert library.sources["behm-2020"].href == "https://doi.org/10.1519/JSC.0000000000003765"
    assert library.sources["plotkin-2023"].href is not None
    assert library.sources["our-default"].href is None


def test_the_doi_from_memory_says_so(library: Library) -> None:
    assert "from memory" in (library.sources["distefano-2009"].note or "")


def test_all_eighteen_corrections_are_there(library: Library) -> None:
    assert [one.number for one in library.why.corrections] == list(range(1, 19))


def test_the_three_levels_of_warning_signs_have_their_cards(library: Library) -> None:
    assert [(one.key, one.card.split(";")[0]) for one in library.safety.levels] == [
        ("emergency", "Stop. Get emergency help now."),
        ("soon", "See a doctor before you do any more of the plan."),
        ("assess", "Worth an assessment"),
    ]


def test_where_it_hurts_leads_somewhere(library: Library) -> None:
    places = {one.key: one for one in library.safety.places}
    assert places["outer-hip"].lateral_hip
    assert places["sit-bone"].hide == ("ST-04", "ST-05", "ST-06")
    assert places["low-back"].hide == ("AC-05",)
    assert places["below-knee"].refer


def test_the_age_that_is_checked_is_the_age_that_is_said(library: Library) -> None:
    assert str(library.safety.age.minimum) in library.safety.age.text


def test_the_rules_of_step_3_say_their_own_numbers(library: Library) -> None:
    said = " ".join(library.steps["activate"].rules)
    assert "8 to 10 repetitions, 2 sets" in said
    assert "at least 8 minutes before the first hard effort" in said
    assert {one.key for one in library.rules.activation.rules} >= {
        "slow",
        "full-range",
        "squeeze",
        "attention",
        "dose",
        "resistance",
        "fresh",
        "gap",
    }


def test_the_stop_rule_says_its_own_numbers(library: Library) -> None:
    stop = library.rules.stop
    assert f"above {stop.pain_max} out of 10" in stop.text
    assert f"above {stop.pain_max_lateral_hip} out of 10" in stop.text_lateral_hip


def test_nothing_here_needs_flask() -> None:
    for file in ROOT.glob("*.py"):
        assert "flask" not in file.read_text(encoding="utf-8").lower(), file.name
