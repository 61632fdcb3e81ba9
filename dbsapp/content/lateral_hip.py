"""Derive the version of a routine for days when the outside of the hip is sore.

Nothing is written twice: what stays, changes or goes is said once, in each exercise's
`[lateral_hip]` (the swap table).
"""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from dbsapp.content.model import Exercise, Item, Routine
from dbsapp.content.reading import ContentError


def derive(file: str, base: Routine, by_id: Mapping[str, Exercise], rule: str) -> Routine:
    """Return the lateral-hip twin of `base`, its `rule` first.

    Raise ContentError when nothing, or nothing of the routine's own step, would be left.
    """
    items = tuple(_items(base, by_id))
    if not any(item.exercise.step == base.step for item in items):
        reason = "leave nothing of this step in lateral-hip mode; add an exercise that stays"
        raise ContentError(file, "items", reason)
    return replace(
        base,
        slug=f"{base.slug}-lateral-hip",
        name=f"{base.name}, lateral hip",
        summary=f"{base.name} in its gentler version, for when the outside of your hip is sore.",
        lateral_hip=True,
        base=base.slug,
        counterpart=base.slug,
        rules=(rule, *base.rules),
        items=items,
    )


def _items(base: Routine, by_id: Mapping[str, Exercise]) -> Iterator[Item]:
    """Yield what stays, and each stand-in where it is first needed, never one twice."""
    present = {i.exercise.id for i in base.items if i.exercise.lateral_hip.tag != "block"}
    for item in base.items:
        if item.exercise.lateral_hip.tag != "block":
            yield _with_change(item)
            continue
        for swap in item.exercise.lateral_hip.swap:
            if swap not in present:
                present.add(swap)
                yield _with_change(Item(exercise=by_id[swap], group=item.group))


def _with_change(item: Item) -> Item:
    return replace(item, change=item.exercise.lateral_hip.change)
