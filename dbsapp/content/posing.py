"""Check that a `[figure]` names only parts of the body and things that there are."""

from collections.abc import Iterator

from dbsapp.content.figure import Figure, Prop
from dbsapp.content.model import Exercise
from dbsapp.content.reading import ContentError

#: Parts of the body that a contact may name, as static/js/figure/body.js knows them.
MIDDLE = ("upper-back", "lower-back", "sacrum", "belly", "chest", "ribs", "head", "forehead",
          "nape")  # fmt: skip
#: Those that are there twice; a figure adds `_l` or `_r`.
SIDED = ("buttock", "hip", "waist", "crease", "thigh", "knee", "shank", "heel", "toe", "ball",
         "instep", "ankle", "shoulder", "elbow", "wrist", "palm")  # fmt: skip
PARTS = (*MIDDLE, *(f"{name}_{side}" for name in SIDED for side in "lr"))
#: What a loop band can be round.
ROUND_LEGS = ("thigh", "shank", "foot")


def check(file: str, one: Exercise) -> None:
    """Raise ContentError for the first name in the figure of `one` that nothing answers to."""
    if one.figure is None:
        return
    if one.figure.also and one.figure.also not in one.figure.variants:
        raise ContentError(file, "figure.also", f"is not posed; add [figure.{one.figure.also}]")
    for version, figure in {"figure": one.figure, **one.figure.variants}.items():
        for key, name, allowed in _named(figure):
            if name not in allowed:
                reason = f"'{name}' is unknown; use one of {', '.join(allowed)}"
                where = version if version == "figure" else f"figure.{version}"
                raise ContentError(file, f"{where}.{key}", reason)


def _named(figure: Figure) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield where a name stands, the name, and what it may be."""
    present = ("floor", *(prop.kind for prop in figure.props))
    for key, contacts in (("anchor", figure.anchor), ("touch", figure.touch)):
        for contact in contacts:
            place, _, moment = contact.partition("#")
            part, _, surface = place.partition("@")
            yield key, part, PARTS
            yield key, surface or "floor", present
            yield key, moment or "1", tuple(str(i + 1) for i in range(len(figure.keys)))
    for limb, pin in figure.pins.items():
        yield f"pins.{limb}", pin if isinstance(pin, str) else pin.on, (*present, *PARTS)
    for index, prop in enumerate(figure.props):
        yield from ((f"props[{index}].on", name, _holders(prop)) for name in _on(prop))


def _holders(prop: Prop) -> tuple[str, ...]:
    return ROUND_LEGS if prop.kind == "loop-band" else PARTS


def _on(prop: Prop) -> tuple[str, ...]:
    """Return what holds `prop`; a thing that is drawn between hands or legs must say so."""
    if prop.kind in ("loop-band", "stick", "strap", "weight", "push"):
        return prop.on or ("",)
    return prop.on or ()
