"""Describe the hip map: what can be tapped on the drawing, and what lights up on it."""

from collections.abc import Collection, Iterable
from typing import Annotated, Literal

from msgspec import Meta

from dbsapp.content.model import Exercise, Slug, Strict, Summary, Text
from dbsapp.content.reading import ContentError

FILE = "hip-map.toml"

#: A place on the drawing, in its units (340 wide).
Place = Annotated[int, Meta(ge=0, le=420)]


class Region(Strict, frozen=True, kw_only=True):
    """Explain what can be tapped: a muscle, with the finer ones it `covers`, or a bone."""

    slug: Slug
    name: Text
    summary: Summary
    covers: tuple[Slug, ...] = ()
    where: Text
    job: Text
    ride: Text

    def has(self, muscles: Iterable[str]) -> bool:
        """Tell whether one of these muscles belongs to the region."""
        return not {self.slug, *self.covers}.isdisjoint(muscles)


class Part(Strict, frozen=True, kw_only=True):
    """Show a region in one view; what has `lines` is labelled, with a line to (x, to_y)."""

    region: Slug
    lines: Annotated[tuple[Text, ...], Meta(max_length=2)] = ()
    side: Literal["left", "right"] = "left"
    y: Place = 0
    x: Place = 0
    to_y: Place = 0


class View(Strict, frozen=True, kw_only=True):
    """List the parts of one view of the drawing, the deepest first."""

    key: Literal["back", "side", "front"]
    name: Text
    note: Text
    parts: Annotated[tuple[Part, ...], Meta(min_length=1)]

    @property
    def labelled(self) -> frozenset[str]:
        """Return the regions that have a label in this view."""
        return frozenset(part.region for part in self.parts if part.lines)


class HipMap(Strict, frozen=True, kw_only=True):
    """Hold the whole map."""

    regions: Annotated[tuple[Region, ...], Meta(min_length=1)]
    views: Annotated[tuple[View, ...], Meta(min_length=1)]

    @property
    def by_slug(self) -> dict[str, Region]:
        """Return the regions by their slug."""
        return {one.slug: one for one in self.regions}

    def lit(self, muscles: Iterable[str]) -> tuple[str, ...]:
        """Return the slugs of the regions that these muscles belong to, in the map's order."""
        keys = set(muscles)
        return tuple(one.slug for one in self.regions if one.has(keys))

    def covering(self, regions: Collection[str]) -> tuple[View, ...]:
        """Return few views on which all of the regions have a label between them.

        The side shows many regions, none of them broadly: of two views that do, it is the other.
        """
        whole, chosen = set(regions), set[str]()

        def worth(view: View) -> tuple[int, int, bool]:
            return len(left & view.labelled), len(whole & view.labelled), view.key != "side"

        left = set(whole)
        while left:
            best = max(self.views, key=worth)
            chosen.add(best.key)
            left -= best.labelled
        return tuple(view for view in self.views if view.key in chosen)

    def showing(self, regions: Collection[str]) -> tuple[View, ...]:
        """Return the views on which one of the regions has a label."""
        return tuple(view for view in self.views if not view.labelled.isdisjoint(regions))


def found_by(hip: HipMap, exercise: Exercise) -> tuple[str, ...]:
    """Return all keys by which `exercise` is found: its muscles, and the regions they lie in."""
    muscles = (*exercise.primary, *exercise.secondary)
    return tuple(dict.fromkeys((*muscles, *hip.lit(muscles))))


def check(hip: HipMap, muscles: Collection[str]) -> None:
    """Raise ContentError where the map names what is not there, or leaves a region out."""
    for region in hip.regions:
        for key in region.covers:
            if key not in muscles:
                raise ContentError(FILE, f"{region.slug}.covers", f"'{key}' is unknown; correct it")
    labelled = {slug for view in hip.views for slug in view.labelled}
    for slug in hip.by_slug:
        if slug not in labelled:
            raise ContentError(FILE, slug, "has no label in any view; give it one")
    for slug in sorted({part.region for view in hip.views for part in view.parts}):
        if slug not in hip.by_slug:
            raise ContentError(FILE, "parts.region", f"'{slug}' is unknown; describe it in regions")
