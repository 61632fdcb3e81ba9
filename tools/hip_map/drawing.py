"""Make shapes of points: a muscle has two edges from origin to insertion, and fibres between.

The colours are the page's: a part of the map inherits its fill, and what is not a part takes the
custom properties `--hip-*` (static/css/hip-map.css).
"""

import tomllib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from tools.hip_map.curves import (
    STEPS,
    Curve,
    arc,
    band,
    between,
    part,
    path,
    placed,
    points,
    sampled,
)

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent.parent / "static" / "hip-map"
VIEWS = ("back", "side", "front")

#: How far a feathered muscle's fibre is from the seam, at three places along it.
_AWAY = (0.0, 0.5, 0.9)

_MIRROR = '<use href="#{}" transform="matrix(-1 0 0 1 {} 0)"/>'

Shape = dict[str, Any]


def drawing(view: str) -> str:
    """Return a view whole: one group for each of its parts, from the deepest to the one on top."""
    data = tomllib.loads((HERE / f"{view}.toml").read_text(encoding="utf-8"))
    groups = []
    for name in dict.fromkeys(shape["of"] for shape in data["shape"]):
        shapes = [shape for shape in data["shape"] if shape["of"] == name]
        drawn = "".join(_sides(name, shapes, data["middle"]))
        groups.append(f'<g id="{name}" transform="scale(.5)">{drawn}</g>\n')
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{"".join(groups)}</svg>\n'


def _sides(name: str, shapes: list[Shape], middle: float) -> Iterator[str]:
    """Yield the shapes of a group in order; what both sides have is drawn once and mirrored."""
    runs = groupby(shapes, key=lambda shape: shape.get("side", "right"))
    for number, (side, run) in enumerate(runs):
        sign = -1 if side == "left" else 1
        drawn = "".join(_shape(shape, middle, sign) for shape in run)
        if side == "both":
            half = f"{name}-{number}"
            drawn = f'<g id="{half}">{drawn}</g>' + _MIRROR.format(half, round(middle * 4))
        yield drawn


def _shape(shape: Shape, middle: float, sign: int) -> str:
    names = ("a", "b", "from", "to", "line")
    curves = {k: placed(points(shape[k]), middle, sign) for k in names if k in shape}
    kind = shape.get("kind", "muscle")
    if kind == "line":
        return f'<path d="{path(curves["line"])}" fill="none"/>'
    outline = _outline(curves)
    if kind == "skin":
        edges = path(curves["a"]) + path(curves["b"])
        fill = f'<path d="{outline}" fill="var(--hip-skin)" stroke="none"/>'
        return f'{fill}<path d="{edges}" fill="none"/>'
    if kind != "muscle":
        return f'<path d="{outline}" fill="var(--hip-{kind})"/>' + _fibres(shape, curves)
    dash = ' stroke-dasharray="8 5"' if shape.get("deep") else ""
    belly = f'<path d="{outline}"{dash}/>'
    return belly + _shade(shape, curves) + _fibres(shape, curves) + _tendons(shape, curves)


def _outline(curves: dict[str, Curve]) -> str:
    if "line" in curves:
        return path(curves["line"], closed=True)
    a, b = curves["a"], curves["b"]
    ends = [a[-1], *curves.get("to", []), b[-1]]
    starts = [b[0], *reversed(curves.get("from", [])), a[0]]
    return path(a, ends, b[::-1], starts, closed=True)


def _shade(shape: Shape, curves: dict[str, Curve]) -> str:
    """Return the shadow along the edge that is turned from the light, on the belly alone."""
    a, b = curves["a"], curves["b"]
    shares = (0.03, 0.3) if _mean_x(a) > _mean_x(b) else (0.97, 0.7)
    tendons = shape.get("tendon", [])
    start = max((belly for bone, belly in tendons if bone < belly), default=0)
    end = min((belly for bone, belly in tendons if bone > belly), default=1)
    edge, inner = (part(_within(curves, share), start, end) for share in shares)
    shadow = band(edge, inner)
    return f'<path d="{shadow}" fill="#000" fill-opacity=".1" stroke="none"/>'


def _within(curves: dict[str, Curve], share: float) -> Curve:
    """Return the line that lies `share` of the way from edge to edge, out to a curved origin."""
    a, b = curves["a"], curves["b"]
    line = between(a, b, share)
    for name, end in (("from", 0), ("to", -1)):
        if name in curves:
            x, y = sampled([a[end], *curves[name], b[end]])[round(STEPS * share)]
            away = (x - line[end][0], y - line[end][1])
            for i in range(STEPS + 1):
                pull = (i / STEPS if end else 1 - i / STEPS) ** 2
                line[i] = (line[i][0] + away[0] * pull, line[i][1] + away[1] * pull)
    return line


def _fibres(shape: Shape, curves: dict[str, Curve]) -> str:
    """Return the lines that run as the fibres do, thin."""
    count = shape.get("fibres", 0)
    if not count:
        return ""
    if shape.get("pennate"):
        lines = _feathers(curves["a"], curves["b"], count)
    else:
        trims = ((0.04, 0.93), (0.1, 0.97), (0.02, 0.88))
        lines = [part(_within(curves, (i + 1) / (count + 1)), *trims[i % 3]) for i in range(count)]
    data = "".join(arc(line) for line in lines)
    return f'<path d="{data}" fill="none" stroke-width="1.2" stroke-opacity=".55"/>'


def _feathers(a: Curve, b: Curve, count: int) -> list[Curve]:
    """Return the fibres of a feathered muscle: from a seam in the middle down to both edges."""
    seam = between(a, b, 0.5)
    lines = [part(seam, 0.06, 0.94)]
    for i in range(count):
        start = 0.1 + 0.72 * i / count
        for edge in (a, b):
            ways = (part(between(seam, edge, share), start, start + 0.13) for share in _AWAY)
            lines.append([way[i] for i, way in enumerate(ways)])
    return lines


def _tendons(shape: Shape, curves: dict[str, Curve]) -> str:
    """Return the pale ends where a muscle turns to sinew: `tendon = [[bone, belly], ...]`, shares.

    The sinew reaches into the belly as a tongue.
    """
    a, b = curves["a"], curves["b"]
    data = ""
    for bone, belly in shape.get("tendon", []):
        one, other = (part(between(a, b, share), belly, bone) for share in (0.06, 0.94))
        into = belly + (belly - bone) * 0.7
        data += band(one, other, part(between(a, b, 0.5), into, into)[0])
    return f'<path d="{data}" fill="var(--hip-sinew)" stroke="none"/>' if data else ""


def _mean_x(curve: Curve) -> float:
    return sum(x for x, _ in curve) / len(curve)
