"""Estimate how long a dose takes, by the one formula that pages, routines and player share."""

from typing import Literal

Sides = Literal["both", "per-side", "alternating"]

SETUP_S = 15
"""Seconds allowed for getting into position, once per exercise (our default)."""


def sides_count(sides: Sides) -> int:
    """Return how many times a set is done: twice when each side has a turn of its own."""
    return 2 if sides == "per-side" else 1


def duration_s(*, sets: int, work_s: int, rest_s: int, sides: Sides) -> int:
    """Return the seconds an exercise takes: work, rests between, and getting into position.

    A unit is one set on one side. Alternating repetitions swap sides every time and are counted
    per side, so one unit holds them twice. There is no rest after the last unit.
    """
    units = sets * sides_count(sides)
    work = work_s * (2 if sides == "alternating" else 1)
    return units * work + rest_s * (units - 1) + SETUP_S


def minutes(seconds: int) -> int:
    """Return whole minutes, half a minute rounded up."""
    return (seconds + 30) // 60
