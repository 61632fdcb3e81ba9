"""Doses and times in words."""

import pytest
from msgspec.structs import replace

from dbsapp.content import load_library
from dbsapp.content.model import Exercise, HoldDose, RepsDose
from dbsapp.plan import wording

REPS = RepsDose(sets=2, reps=8, reps_max=10, tempo=(2, 1, 2), rest_s=5, source="x", mark="D")
HOLD = HoldDose(sets=1, hold_s=60, rest_s=0, source="x", mark="D")


@pytest.fixture(scope="module")
def squeeze() -> Exercise:
    return replace(load_library().by_id["AC-01"], sides="both", dose=REPS)


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0 s"), (45, "45 s"), (60, "1 min"), (90, "90 s"), (120, "2 min")]
)
def test_whole_minutes_are_minutes(seconds: int, words: str) -> None:
    assert wording.clock(seconds) == words


def test_a_timer_has_two_digits_for_seconds() -> None:
    assert [wording.timer(s) for s in (5, 65, 600)] == ["0:05", "1:05", "10:00"]


def test_a_dose_fits_one_line(squeeze: Exercise) -> None:
    assert wording.dose_line(squeeze) == "2 × 8–10"
    assert wording.dose_line(replace(squeeze, sides="per-side")) == "2 × 8–10 each side"


def test_one_hold_is_not_counted_but_one_set_of_repetitions_is(squeeze: Exercise) -> None:
    assert wording.dose_line(replace(squeeze, dose=HOLD)) == "1 min"
    assert wording.dose_line(replace(squeeze, dose=replace(REPS, sets=1))) == "1 × 8–10"


def test_figures_leave_out_a_rest_that_is_not_there(squeeze: Exercise) -> None:
    assert list(wording.dose_figures(replace(squeeze, dose=HOLD))) == [
        ("1", "set"),
        ("1 min", "hold"),
    ]


def test_figures_of_repetitions_name_tempo_and_side(squeeze: Exercise) -> None:
    one = replace(squeeze, sides="alternating")
    assert list(wording.dose_figures(one)) == [
        ("2", "sets"),
        ("8–10", "reps a side"),
        ("2-1-2", "tempo"),
        ("5 s", "rest"),
    ]


def test_a_tempo_leaves_out_what_takes_no_time() -> None:
    assert wording.tempo_words(REPS) == "2 s up, 1 s hold, 2 s down"
    assert wording.tempo_words(replace(REPS, tempo=(1, 3, 0))) == "1 s up, 3 s hold"


def test_a_measured_figure_has_no_needless_zero() -> None:
    assert [wording.number(v) for v in (42.0, 99.9)] == ["42", "99.9"]


def test_every_mark_has_a_word() -> None:
    assert {wording.mark_word(mark) for mark in load_library().marks} == set(
        wording.MARK_WORDS.values()
    )
