"""Say doses, times, sides and marks in the words that pages print."""

from collections.abc import Iterator

from flask import Flask

from dbsapp.content.model import Dose, Exercise, HoldDose, Mark

#: What stands on the small badge behind a claim; `/sources` explains each.
MARK_WORDS: dict[Mark, str] = {
    "V": "seen",
    "C": "cross-checked",
    "M": "from memory",
    "D": "our default",
}

_SIDES = {
    "both": "both sides together",
    "per-side": "each side",
    "alternating": "each side, in turns",
}


def install(app: Flask) -> None:
    """Give the templates these words as filters."""
    app.jinja_env.filters.update(
        clock=clock,
        dose_line=dose_line,
        dose_figures=dose_figures,
        mark_word=MARK_WORDS.__getitem__,
        number=number,
        sides_words=sides_words,
    )


def clock(seconds: int) -> str:
    """Return seconds as `45 s`, `2 min` or `2 min 30 s`."""
    minutes, rest = divmod(seconds, 60)
    parts = [f"{minutes} min" if minutes else "", f"{rest} s" if rest or not minutes else ""]
    return " ".join(part for part in parts if part)


def number(value: float) -> str:
    """Return a measured figure without a needless `.0`."""
    return f"{value:g}"


def sides_words(exercise: Exercise) -> str:
    """Return how the sides take part, in words."""
    return _SIDES[exercise.sides]


def dose_line(exercise: Exercise) -> str:
    """Return the dose in one short line: `2 × 8–10 each side`."""
    side = "" if exercise.sides == "both" else " each side"
    return f"{exercise.dose.sets} × {_amount(exercise.dose)}{side}"


def dose_figures(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """Yield the dose as pairs of a figure and what it counts, the largest things first."""
    dose = exercise.dose
    yield str(dose.sets), "set" if dose.sets == 1 else "sets"
    if isinstance(dose, HoldDose):
        yield clock(dose.hold_s), "hold"
    else:
        yield _amount(dose), "repetitions"
        yield "-".join(map(str, dose.tempo)), "seconds up, hold, down"
    if dose.rest_s:
        yield clock(dose.rest_s), "rest"


def _amount(dose: Dose) -> str:
    if isinstance(dose, HoldDose):
        return clock(dose.hold_s)
    return str(dose.reps) if dose.reps_max is None else f"{dose.reps}–{dose.reps_max}"
