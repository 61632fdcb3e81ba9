"""Merge two changes of one entry, field by field. Pure: no clock, no device times, no database.

A document is a dict of an entry's fields; a field that is null is the same as one that is absent.
Three states meet: `base`, what the device had seen when it made its change; `theirs`, what the
server holds now; and the patch. A field that one side alone changed is taken from that side. Where
both changed it, the patch wins, since it arrived later, and the other value is returned as lost.
The same cases run here and on the phone: `tests/contract/merge.json`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

Doc = Mapping[str, Any]


class Merged(NamedTuple):
    """A merged document (None: deleted) and the values that lost, or None if nothing did.

    An empty `lost` means that what lost was a deletion.
    """

    doc: dict[str, Any] | None
    lost: dict[str, Any] | None


def same(one: Any, other: Any) -> bool:
    """Tell whether two JSON values are the same; true is not 1, but 20.0 is 20."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return _filled(one).keys() == _filled(other).keys() and all(
            same(value, other[key]) for key, value in _filled(one).items()
        )
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def patched(doc: Doc, set_: Doc, unset: Sequence[str] = ()) -> dict[str, Any]:
    """Return `doc` with the fields of `set_` put in and those of `unset` taken out."""
    return _filled({**doc, **set_, **dict.fromkeys(unset)} if unset else {**doc, **set_})


def changed(before: Doc, after: Doc) -> dict[str, Any]:
    """Return what turns `before` into `after`, as a patch: null for a field that went away."""
    keys = {**before, **after}
    return {key: after.get(key) for key in keys if not same(before.get(key), after.get(key))}


def merge_delete(base: Doc | None, theirs: Doc | None) -> Merged:
    """Merge a deletion: it gives way to an edit that its device had not seen."""
    if theirs is None or (base is not None and same(base, theirs)):
        return Merged(None, None)
    return Merged(dict(theirs), {})


def merge_patch(
    base: Doc | None,
    theirs: Doc | None,
    set_: Doc,
    unset: Sequence[str] = (),
    children: str | None = None,
) -> Merged:
    """Merge a patch made on `base` into `theirs`; None stands for a deleted entry.

    `children` names the field whose items have ids of their own and are merged one by one. An
    edit wins over a deletion that its device had not seen.
    """
    if theirs is None:
        return Merged(patched(base or {}, set_, unset), None if base is None else {})
    patch = {**set_, **dict.fromkeys(unset)}
    doc, lost = _merge_fields(base or {}, theirs, patch, children)
    return Merged(doc, lost or None)


def _filled(doc: dict[str, Any]) -> dict[str, Any]:
    if None not in doc.values():
        return doc
    return {key: value for key, value in doc.items() if value is not None}


def _merge_fields(
    base: Doc, theirs: Doc, patch: Doc, children: str | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    doc: dict[str, Any] = dict(theirs)
    lost: dict[str, Any] = {}
    for key, ours in patch.items():
        was, now = base.get(key), theirs.get(key)
        if same(ours, was) or same(ours, now):
            continue
        both = key == children and all(map(_are_children, (was or [], now or [], ours)))
        # A list that only we touched is taken as it is, new places of its children too.
        if both and not same(now, was):
            doc[key], losers = _merge_children(was or [], now or [], ours)
            if losers:
                lost[key] = losers
            continue
        doc[key] = ours
        if not same(now, was):
            lost[key] = now
    return _filled(doc), lost


def _are_children(value: Any) -> bool:
    """Tell whether it is a list whose items can each be told by an id."""
    return isinstance(value, list) and all(
        isinstance(child, dict) and isinstance(child.get("id"), str) for child in value
    )


def _merge_children(
    base: list[Doc], theirs: list[Doc], ours: list[Doc]
) -> tuple[list[Doc], list[Doc]]:
    """Merge lists of children by id; a lost child is given whole, a lost removal as its id."""
    olds, nows, news = ({child["id"]: child for child in side} for side in (base, theirs, ours))
    kept: dict[str, Doc] = {}
    losers: list[Doc] = []
    for key in _order(olds, nows, news):
        old, now, new = olds.get(key), nows.get(key), news.get(key)
        if now is not None and new is not None:
            kept[key], lost = _merge_fields(old or {}, now, changed(old or {}, new), None)
            losers += [now] if lost else []
        elif old is None:
            kept[key] = now or new or {}
        elif not same(old, now or new):
            kept[key] = now or new or {}
            losers.append({"id": key})
    return list(kept.values()), losers


def _order(olds: Mapping[str, Doc], nows: Mapping[str, Doc], news: Mapping[str, Doc]) -> list[str]:
    """Return all ids in the order of `theirs`, or in that of `ours` if it moved any about."""
    shared = [key for key in olds if key in news]
    moved = shared != [key for key in news if key in olds]
    first, then = (news, nows) if moved else (nows, news)
    return [*first, *(key for key in then if key not in first)]
