"""Write what the phone keeps: content.json, the plan without its footnotes, and poses.json.

The player reads content.json before it shows anything, so what is wanted later stands apart.
"""

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from dbsapp.content.duration import SETUP_S
from dbsapp.content.figure import Figure
from dbsapp.content.model import Dose, Exercise, Item, Routine

if TYPE_CHECKING:
    from dbsapp.content.library import Library


#: What the page of an exercise tells, and no script reads; the phone holds that page too.
PAGE_ONLY = ("emg", "evidence", "faults", "harder", "stop", "summary", "synonyms")
#: What is said of a figure, and what only its page shows; the rest of it is its poses.
SAID = ("start", "end")
NOT_POSES = (*SAID, "easier", "harder", "also")


def encode(payload: Mapping[str, Any]) -> bytes:
    """Return JSON whose bytes depend on the content alone (plan order is part of the content)."""
    return msgspec.json.encode(payload)


def version(payload: Mapping[str, Any]) -> str:
    """Return the first 12 hex digits of the sha256 of the encoded payload."""
    return hashlib.sha256(encode(payload)).hexdigest()[:12]


def payload(library: "Library") -> dict[str, Any]:
    """Return everything of content.json but its version."""
    return {
        "muscles": library.muscles,
        "equipment": library.equipment,
        "marks": library.marks,
        "limits": library.limits,
        "exercises": {
            slug: _exercise(one, library.by_id) for slug, one in library.exercises.items()
        },
        "routines": {slug: _routine(one) for slug, one in library.routines.items()},
        "stop_rule": _fields(library.rules.stop, drop=("source", "mark")),
        "activation_rules": {one.key: one.text for one in library.rules.activation.rules},
        "activation": library.rules.activation.numbers,
    }


def poses(library: "Library") -> dict[str, Any]:
    """Return poses.json: what the mannequin does, by the slug of the exercise."""
    figures = ((slug, one.figure) for slug, one in library.exercises.items())
    return {slug: poses_of(figure) for slug, figure in figures if figure}


def poses_of(figure: Figure) -> dict[str, Any]:
    """Return a figure without its words and versions; it leaves out what is as usual."""
    fields: dict[str, Any] = msgspec.to_builtins(figure)
    return {name: value for name, value in fields.items() if name not in NOT_POSES}


def _fields(struct: msgspec.Struct, drop: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(struct, name) for name in struct.__struct_fields__ if name not in drop}


def _dose(dose: Dose) -> dict[str, Any]:
    fields = _fields(dose, drop=("source", "mark"))
    return {"kind": dose.kind, **fields, "setup_s": SETUP_S}


def _exercise(one: Exercise, by_id: Mapping[str, Exercise]) -> dict[str, Any]:
    fields = _fields(one, drop=PAGE_ONLY)
    swap = tuple(by_id[swap].slug for swap in one.lateral_hip.swap)
    return {
        **fields,
        "dose": _dose(one.dose),
        "duration_s": one.duration_s,
        "figure": one.figure and {name: getattr(one.figure, name) for name in SAID},
        "lateral_hip": {**_fields(one.lateral_hip, drop=()), "swap": swap},
    }


def _routine(one: Routine) -> dict[str, Any]:
    fields = _fields(one, drop=("items",))
    times = {"duration_s": one.duration_s, "minutes": one.minutes}
    return {**fields, **times, "items": [_item(item) for item in one.items]}


def _item(item: Item) -> dict[str, Any]:
    return {
        "exercise": item.exercise.slug,
        "dose": _dose(item.dose),
        "duration_s": item.duration_s,
        "change": item.change,
        "group": item.group,
    }
