"""What the templates need of a figure: the size of its still, and what moves it in the browser."""

import re
from functools import cache
from pathlib import Path

import msgspec
from flask import current_app
from markupsafe import Markup

from dbsapp.content.figures import shown
from dbsapp.content.model import Exercise
from dbsapp.content.publish import poses_of

_SIZE = re.compile(r' width="(\d+)" height="(\d+)"')


def still_size(exercise: Exercise) -> tuple[int, int]:
    """Return width and height in CSS pixels, so that the page does not move when it is there."""
    return _size(Path(current_app.config["STATIC_ROOT"], "figures", f"{exercise.slug}.svg"))


@cache
def _size(path: Path) -> tuple[int, int]:
    """Read the first tag of the still; raise ValueError where it has no size (make figures)."""
    found = _SIZE.search(path.read_text(encoding="utf-8")[:400])
    if not found:
        raise ValueError(f"{path} has no size; draw it again with `make figures`.")
    return int(found[1]), int(found[2])


def figure_json(exercise: Exercise, version: str = "") -> Markup:
    """Return poses, muscles and tempo as JSON that is safe inside a script element.

    `version` is `easier` or `harder` where that is what shall be drawn.
    """
    figure = exercise.figure
    if figure and version:
        figure = figure.variants[version]
    told = shown(exercise) | {"figure": figure and poses_of(figure)}
    text = msgspec.json.encode(told).decode().replace("<", "\\u003c")
    return Markup(text)  # noqa: S704


FILTERS = (still_size, figure_json)
