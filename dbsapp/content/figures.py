"""Print all exercises that have a figure as JSON, for tools/figures.mjs and the figure's tests."""

import sys
from typing import Any

import msgspec
from msgspec.structs import replace

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
        "figure": one.figure and replace(one.figure, easier=None, harder=None),
    }


def with_variants(one: Exercise) -> dict[str, Any]:
    """Return the same with the figures of its easier and harder versions, where they are posed."""
    return shown(one) | {"variants": one.figure.variants if one.figure else {}}


if __name__ == "__main__":
    exercises = load_library().exercises.items()
    drawn = {slug: with_variants(one) for slug, one in exercises if one.figure}
    sys.stdout.buffer.write(msgspec.json.encode(drawn))
