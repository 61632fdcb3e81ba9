"""Print all exercises that have a figure as JSON, for tools/figures.mjs and the figure's tests."""

import sys
from typing import Any

import msgspec

from dbsapp.content.library import load_library
from dbsapp.content.model import Exercise, RepsDose


def shown(one: Exercise) -> dict[str, Any]:
    """Return what the figure needs of an exercise: its poses, its muscles and its tempo."""
    dose = one.dose
    return {
        "name": one.name,
        "step": one.step,
        "sides": one.sides,
        "primary": one.primary,
        "secondary": one.secondary,
        "dose": {"kind": dose.kind} | ({"tempo": dose.tempo} if isinstance(dose, RepsDose) else {}),
        "figure": one.figure,
    }


if __name__ == "__main__":
    with_figure = {slug: shown(one) for slug, one in load_library().exercises.items() if one.figure}
    sys.stdout.buffer.write(msgspec.json.encode(with_figure))
