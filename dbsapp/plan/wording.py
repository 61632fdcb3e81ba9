"""Say doses, times, sides and marks in the words that pages print."""

from collections.abc import Iterator

from dbsapp.content.model import Dose, Exercise, HoldDose, Mark, RepsDose

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


def mark_word(mark: Mark) -> str:
    """Return the word that stands on the badge behind a claim."""
    return MARK_WORDS[mark]


def clock(seconds: int) -> str:
    """Return seconds as `45 s`, `1 min` or `90 s`: whole minutes as minutes."""
    return f"{seconds} s" if seconds % 60 or not seconds else f"{seconds // 60} min"


def number(value: float) -> str:
    """Return a measured figure without a needless `.0`."""
    return f"{value:g}"


def sides_words(exercise: Exercise) -> str:
    """Return how the sides take part, in words."""
    return _SIDES[exercise.sides]


def timer(seconds: int) -> str:
    """Return seconds as a timer shows them: `1:40`."""
    return f"{seconds // 60}:{seconds % 60:02}"


def dose_line(exercise: Exercise) -> str:
    """Return the dose in one short line: `2 × 8–10 each side`, `1 min`."""
    dose = exercise.dose
    once = dose.sets == 1 and isinstance(dose, HoldDose)
    side = "" if exercise.sides == "both" else " each side"
    return f"{'' if once else f'{dose.sets} × '}{_amount(dose)}{side}"


def dose_figures(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """Yield the dose as pairs of a figure and what it counts, the largest things first."""
    dose = exercise.dose
    side = "" if exercise.sides == "both" else " a side"
    yield str(dose.sets), "set" if dose.sets == 1 else "sets"
    held = "roll" if exercise.step == "foam-roll" else "hold"
    yield _amount(dose), (held if isinstance(dose, HoldDose) else "reps") + side
    if isinstance(dose, RepsDose):
        yield "-".join(map(str, dose.tempo)), "tempo"
    if dose.rest_s:
        yield clock(dose.rest_s), "rest"


def tempo_words(dose: RepsDose) -> str:
    """Return a tempo in words: `2 s up, 1 s hold, 2 s down`, without the parts of no time."""
    parts = zip(dose.tempo, ("up", "hold", "down"), strict=True)
    return ", ".join(f"{seconds} s {word}" for seconds, word in parts if seconds)


def _amount(dose: Dose) -> str:
    if isinstance(dose, HoldDose):
        return clock(dose.hold_s)
    return str(dose.reps) if dose.reps_max is None else f"{dose.reps}–{dose.reps_max}"


#: What templates may use as filters.
FILTERS = (clock, dose_figures, dose_line, mark_word, number, sides_words, tempo_words, timer)
