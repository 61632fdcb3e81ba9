"""Smooth curves through points, and what lies between two of them. Pure.

Paths are written in half units, so that whole numbers do: whoever shows them scales them by 0.5.
"""

from collections.abc import Iterable
from itertools import pairwise
from math import hypot

Point = tuple[float, float]
Curve = list[Point]

#: How many points stand for a curve where two of them are compared.
STEPS = 24


def points(text: str) -> Curve:
    """Read `"12 30, 14.5 40"` as points."""
    pairs = (pair.split() for pair in text.split(",") if pair.strip())
    return [(float(x), float(y)) for x, y in pairs]


def placed(curve: Curve, middle: float, sign: int) -> Curve:
    """Return a curve whose x was measured from the line x = `middle`; a `sign` of -1 mirrors it."""
    return [(middle + sign * x, y) for x, y in curve]


def smooth(through: Curve) -> list[tuple[Point, Point, Point]]:
    """Return cubic pieces through all points: two handles and an end for each (Catmull-Rom)."""
    padded = [through[0], *through, through[-1]]
    pieces = []
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        leave = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        arrive = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        pieces.append((leave, arrive, end))
    return pieces


def sampled(through: Curve, steps: int = STEPS) -> Curve:
    """Return `steps + 1` points evenly spaced along the smooth curve through the points."""
    dense = [through[0]]
    for leave, arrive, end in smooth(through):
        start = dense[-1]
        dense += [_cubic(start, leave, arrive, end, i / 16) for i in range(1, 17)]
    lengths = [0.0]
    for one, other in pairwise(dense):
        lengths.append(lengths[-1] + _distance(one, other))
    return [_at(dense, lengths, lengths[-1] * i / steps) for i in range(steps + 1)]


def between(one: Curve, other: Curve, share: float) -> Curve:
    """Return the curve that lies `share` (0-1) of the way from one curve to another."""
    pairs = zip(sampled(one), sampled(other), strict=True)
    return [(x + (u - x) * share, y + (v - y) * share) for (x, y), (u, v) in pairs]


def part(curve: Curve, start: float, end: float) -> Curve:
    """Return begin, middle and end of a curve from the share `start` to `end` of its length."""
    line = sampled(curve, 48)
    return [line[round(48 * share)] for share in (start, (start + end) / 2, end)]


def arc(line: Curve) -> str:
    """Write the bow that runs through three points."""
    pen = _Pen(line[0])
    pen.curve("q", _bow(line))
    return pen.text


def band(one: Curve, other: Curve, into: Point | None = None) -> str:
    """Write what lies between two bows; `into` draws the first end out to a tongue."""
    pen = _Pen(one[0])
    pen.curve("q", _bow(one))
    pen.line(other[2])
    pen.curve("q", _bow(other[::-1]))
    if into:
        pen.curve("q", (into, one[0]))
    return pen.text + "z"


def path(*curves: Curve, closed: bool = False) -> str:
    """Write curves as one line of SVG path data; each joins the one before with a corner."""
    pen = _Pen(curves[0][0])
    for curve in curves:
        if pen.at != _halves(curve[0]):
            pen.line(curve[0])
        first, *rest = smooth(curve)
        pen.curve("c", first)
        for _, arrive, end in rest:  # each handle mirrors the one before it
            pen.curve("s", (arrive, end))
    return pen.text + ("z" if closed else "")


class _Pen:
    """Writes in whole half units, from where it really stands: rounding never adds up."""

    def __init__(self, start: Point) -> None:
        self.at = _halves(start)
        self.text = "M" + _numbers(self.at)

    def line(self, to: Point) -> None:
        """Draw a straight line."""
        self._write("l", [to])

    def curve(self, command: str, piece: Iterable[Point]) -> None:
        """Draw one curved piece: a cubic with its handles (or the second alone), or a bow."""
        self._write(command, list(piece))

    def _write(self, command: str, to: list[Point]) -> None:
        halves = [_halves(point) for point in to]
        x, y = self.at
        self.text += command + _numbers(n for u, v in halves for n in (u - x, v - y))
        self.at = halves[-1]


def _halves(point: Point) -> tuple[int, int]:
    return round(point[0] * 2), round(point[1] * 2)


def _numbers(values: Iterable[int]) -> str:
    """Write numbers as short as SVG allows: `5-3 12`."""
    text = ""
    for value in values:
        text += str(value) if not text or value < 0 else f" {value}"
    return text


def _cubic(start: Point, leave: Point, arrive: Point, end: Point, t: float) -> Point:
    s = 1 - t
    weights = (s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t)
    corners = (start, leave, arrive, end)
    x = sum(w * c[0] for w, c in zip(weights, corners, strict=True))
    y = sum(w * c[1] for w, c in zip(weights, corners, strict=True))
    return x, y


def _bow(line: Curve) -> tuple[Point, Point]:
    """Return the handle and the end of the one quadratic through three points."""
    (x0, y0), (x1, y1), (x2, y2) = line
    return (2 * x1 - (x0 + x2) / 2, 2 * y1 - (y0 + y2) / 2), line[2]


def _distance(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _at(line: Curve, lengths: list[float], wanted: float) -> Point:
    for i in range(1, len(line)):
        if lengths[i] >= wanted - 1e-9:
            span = lengths[i] - lengths[i - 1] or 1
            share = (wanted - lengths[i - 1]) / span
            (x, y), (u, v) = line[i - 1], line[i]
            return x + (u - x) * share, y + (v - y) * share
    return line[-1]
