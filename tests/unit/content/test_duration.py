"""One formula says how long things take, and the routines take what the plan promises."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dbsapp.content import Library
from dbsapp.content.duration import Sides, duration_s, minutes
from dbsapp.content.model import Dose

#: What the phone says of a rider's own routine, too (tests/js/routine/dose.test.js).
CONTRACT = json.loads(Path("tests/contract/duration.json").read_text())


@pytest.mark.parametrize("case", CONTRACT["cases"])
def test_it_says_what_the_phone_says(case: dict[str, Any]) -> None:
    dose = msgspec.convert(case["dose"] | {"source": "our-default", "mark": "D"}, Dose)
    took = duration_s(sets=dose.sets, work_s=dose.work_s, rest_s=dose.rest_s, sides=case["sides"])
    assert took == case["seconds"]


@pytest.mark.parametrize(
    ("sides", "seconds"),
    [
        ("both", 2 * 40 + 5 + 15),
        ("per-side", 4 * 40 + 3 * 5 + 15),
        ("alternating", 2 * 80 + 5 + 15),
    ],
)
def test_it_counts_work_rests_between_and_setting_up(sides: Sides, seconds: int) -> None:
    assert duration_s(sets=2, work_s=40, rest_s=5, sides=sides) == seconds


def test_one_set_has_no_rest() -> None:
    assert duration_s(sets=1, work_s=60, rest_s=30, sides="both") == 75


def test_half_a_minute_rounds_up() -> None:
    assert [minutes(89), minutes(90), minutes(149)] == [1, 2, 2]


@pytest.mark.parametrize(
    ("slug", "low", "high"),
    [
        ("roll-short", 7, 7),
        ("roll-standard", 10, 11),
        ("roll-full", 20, 20),
        ("stretch-daily-minimum", 7, 8),
        ("stretch-standard", 15, 15),
        ("stretch-full", 22, 22),
        ("activate-express", 6, 7),
        ("activate-pre-ride", 10, 10),
        ("activate-learning-circuit", 22, 22),
        ("strength-a", 35, 45),
        ("strength-b", 35, 45),
    ],
)
def test_a_routine_takes_what_the_plan_promises_within_a_minute(
    library: Library, slug: str, low: int, high: int
) -> None:
    assert low - 1 <= library.routines[slug].duration_s / 60 <= high + 1


def test_a_routine_takes_the_sum_of_its_items(library: Library) -> None:
    short = library.routines["roll-short"]
    assert short.duration_s == 3 * (2 * 60 + 10 + 15)
    assert short.minutes == 7
