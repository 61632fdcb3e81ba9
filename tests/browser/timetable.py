"""Where a routine of the plan is after some seconds, counted anew from its doses."""

import functools
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from dbsapp.content import load_library


class Stop(NamedTuple):
    """One stretch of a routine: its exercise, its kind, and the seconds until it is over."""

    exercise: str
    kind: str
    left: float


@functools.cache
def content() -> dict[str, Any]:
    """Return what the player reads, by routine and exercise."""
    published: dict[str, Any] = json.loads(load_library().publish())
    return published


def stretches(slug: str) -> Iterator[Stop]:
    """Return each set-up, set and rest of a routine in turn, with its whole length."""
    for item in content()["routines"][slug]["items"]:
        exercise = content()["exercises"][item["exercise"]]
        dose = item["dose"]
        once = dose["hold_s"] if dose["kind"] == "hold" else dose["reps"] * sum(dose["tempo"])
        swap = 2 if exercise["sides"] == "alternating" else 1
        sets = dose["sets"] * (2 if exercise["sides"] == "per-side" else 1)
        yield Stop(exercise["name"], "setup", dose["setup_s"])
        for number in range(sets):
            if number and dose["rest_s"]:
                yield Stop(exercise["name"], "rest", dose["rest_s"])
            yield Stop(exercise["name"], "work", once * swap)


def stop_at(slug: str, seconds: float) -> Stop:
    """Return the stretch of a routine that is on after `seconds`, with what is left of it."""
    end = 0.0
    for stop in stretches(slug):
        end += stop.left
        if seconds < end:
            return stop._replace(left=end - seconds)
    raise ValueError(f"{slug} is over after {end:g} s, and so at {seconds:g} s.")
