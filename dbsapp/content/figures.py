"""Print all exercises that have a figure as JSON, for tools/figures.mjs and the figure's tests."""

import sys
from typing import Any

import msgspec
from msgspec.structs import replace

from dbsapp.content.figure import Figure
from dbsapp.content.library import load_library
from dbsapp.content.model import Exercise, RepsDose


def shown(one: Exercise) -> dict[str, Any]:
    """Return what the figure needs of an exercise beside its poses: its muscles and its tempo."""
    dose = one.dose
    return {
        "step": one.step,
        "sides": one.sides,
        "primary": one.primary,
        "secondary": one.secondary,
        "dose": {"kind": dose.kind} | ({"tempo": dose.tempo} if isinstance(dose, RepsDose) else {}),
    }


def drawn(one: Exercise, figure: Figure) -> dict[str, Any]:
    """Return all that is drawn of an exercise: its figure and those of its posed versions."""
    plain = replace(figure, easier=None, harder=None)
    return shown(one) | {"name": one.name, "figure": plain, "variants": figure.variants}


if __name__ == "__main__":
    exercises = load_library().exercises.items()
    figures = {slug: drawn(one, one.figure) for slug, one in exercises if one.figure}
    sys.stdout.buffer.write(msgspec.json.encode(figures))
