"""What an entry of each kind is, with the limits of every field: the one place that says so.

The form takes its attributes from here, `content.json` publishes `limits()` to the phone, and the
server checks what arrives with `validate`. Optional values are absent or null, which is the same.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from dbsapp.logs.checking import NESTING, days_fit, fits, limits_of, problems, rules_of, too_deep

TOO_DEEP = "This is nested too deeply."
#: A rider has one entry of preferences; all devices use this id, so that they meet in it.
PREFERENCE_ID = "00000000-0000-7000-8000-000000000001"

#: The end of a text. To Python `$` alone is also the place before a last line break.
END = r"$(?!\n)"
UUID_PATTERN = r"^[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}" + END
SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*" + END

Scale = Annotated[int, Meta(ge=0, le=10)]
Uuid = Annotated[str, Meta(pattern=UUID_PATTERN, description="Use a UUID of version 4 or 7.")]
Slug = Annotated[
    str,
    Meta(
        max_length=80, pattern=SLUG_PATTERN, description="Use lower-case words joined by hyphens."
    ),
]
Name = Annotated[str, Meta(min_length=1, max_length=120)]
Notes = Annotated[str, Meta(max_length=4_000)]
Side = Literal["L", "R", "both"]
Source = Literal["player", "manual", "import"]
Millis = Annotated[int, Meta(ge=0, le=7_258_118_400_000)]
Zone = Annotated[
    str,
    Meta(
        max_length=64,
        pattern=r"^[A-Za-z][A-Za-z0-9_+/-]*" + END,
        description="Use the name of a time zone, such as Europe/Berlin.",
    ),
]

#: A number that stays as it was sent: 10 does not become 10.0.
Amount = Annotated[float, Meta(ge=0, le=100_000)] | Annotated[int, Meta(ge=0, le=100_000)]
Load = Annotated[float, Meta(ge=0, le=1_000)] | Annotated[int, Meta(ge=0, le=1_000)]
Measure = (
    Annotated[float, Meta(ge=-100_000, le=100_000)] | Annotated[int, Meta(ge=-100_000, le=100_000)]
)
DayMinutes = Annotated[int, Meta(ge=0, le=1_440)]
Clock = Annotated[
    str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d" + END, description="Use a time such as 18:30.")
]


class Known(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """Fields that this version knows. One that has others is checked, and kept, field by field."""


class SetDone(Known, kw_only=True):
    """One set of a session: what was asked for and what was done."""

    id: Uuid
    exercise: Slug
    name: Name | None = None
    step: Slug | None = None
    side: Side | None = None
    order: Annotated[int, Meta(ge=0, le=999)] | None = None
    unit: Literal["reps", "seconds", "metres"] | None = None
    target: Amount | None = None
    done: Amount | None = None
    load_kg: Load | None = None
    skipped: bool | None = None
    pain: Scale | None = None


class SessionLog(Known, kw_only=True):
    """A session on the mat, with names as they were: a later plan never changes history."""

    date: dt.date
    duration_s: Annotated[int, Meta(ge=60, le=36_000)]
    routine: Slug | None = None
    routine_name: Name | None = None
    content_version: Annotated[str, Meta(max_length=64)] | None = None
    started_at: Millis | None = None
    tz: Zone | None = None
    sets: Annotated[list[SetDone], Meta(max_length=200)] | None = None
    effort: Scale | None = None
    pain_before: Scale | None = None
    pain_peak: Scale | None = None
    pain_site: Annotated[str, Meta(max_length=120)] | None = None
    pain_side: Side | None = None
    felt_glutes: Scale | None = None
    notes: Notes | None = None
    source: Source | None = None


class Morning(Known, kw_only=True):
    """The answer of the next morning."""

    date: dt.date
    pain: Scale | None = None
    night: Literal["none", "same", "worse"] | None = None
    notes: Notes | None = None


class Check(Known, kw_only=True):
    """The result of one self-check."""

    date: dt.date
    check: Slug
    side: Side | None = None
    value: Measure | None = None
    unit: Annotated[str, Meta(max_length=20)] | None = None
    pain: Scale | None = None
    notes: Notes | None = None


class Ride(Known, kw_only=True):
    """Time on the bike, as far as the glutes care."""

    date: dt.date
    minutes: Annotated[int, Meta(ge=1, le=1_440)] | None = None
    indoor: bool | None = None
    standing_minutes: DayMinutes | None = None
    numbness_minutes: DayMinutes | None = None
    title: Annotated[str, Meta(max_length=200)] | None = None
    source: Slug | None = None
    notes: Notes | None = None


class RoutineItem(Known, kw_only=True):
    """One exercise of a rider's own routine; doses left out are those of the plan."""

    id: Uuid
    exercise: Slug
    sets: Annotated[int, Meta(ge=1, le=6)] | None = None
    reps: Annotated[int, Meta(ge=1, le=30)] | None = None
    hold_s: Annotated[int, Meta(ge=5, le=120)] | None = None
    rest_s: Annotated[int, Meta(ge=0, le=240)] | None = None


class Routine(Known, kw_only=True):
    """A routine that the rider put together."""

    name: Name
    items: Annotated[list[RoutineItem], Meta(max_length=60)] | None = None
    notes: Notes | None = None


class Cues(Known, kw_only=True):
    """How the player makes itself noticed."""

    sound: bool | None = None
    voice: bool | None = None
    vibration: bool | None = None


class Preference(Known, kw_only=True):
    """What the rider wants; one entry a rider, with the id `PREFERENCE_ID`."""

    goals: Annotated[list[Slug], Meta(max_length=20)] | None = None
    ride_days: Annotated[list[Annotated[int, Meta(ge=1, le=7)]], Meta(max_length=7)] | None = None
    times: Annotated[list[Clock], Meta(max_length=7)] | None = None
    phase_start: dt.date | None = None
    lateral_hip: Literal["off", "L", "R", "both"] | None = None
    units: Literal["metric", "imperial"] | None = None
    cues: Cues | None = None
    language: Annotated[str, Meta(max_length=35)] | None = None


KINDS: dict[str, type[msgspec.Struct]] = {
    "session": SessionLog,
    "morning": Morning,
    "check": Check,
    "ride": Ride,
    "routine": Routine,
    "preference": Preference,
}
#: The field of a kind that holds children with ids of their own, merged one by one.
CHILDREN = {"session": "sets", "routine": "items"}


class Checked(msgspec.Struct, frozen=True):
    """The outcome of `validate`: what we know, what we merely keep, and what is wrong."""

    clean: dict[str, Any]
    extra: dict[str, Any]
    errors: dict[str, str]


def validate(kind: str, body: Mapping[str, Any]) -> Checked:
    """Check every field of `body`, so that all errors come at once.

    `clean` holds the known fields as they were sent, without the nulls; `extra` the fields that
    this version does not know (a newer app wrote them). Children keep their unknown fields in
    place. `errors` maps a field, such as `effort` or `sets[2].load_kg`, to a sentence.

    Raises:
        KeyError: `kind` is none of `KINDS`.
    """
    return Checked(*split(kind, body), errors_of(kind, body))


def errors_of(kind: str, body: Mapping[str, Any]) -> dict[str, str]:
    """Return what is wrong in `body`: of each field, such as `sets[2].load_kg`, a sentence."""
    struct = KINDS[kind]
    errors = {} if fits(struct, body) else dict(problems(struct, body))
    if NESTING.isdisjoint(map(type, body.values())):
        return errors
    errors |= {name: TOO_DEEP for name, value in body.items() if too_deep(value)}
    children = CHILDREN.get(kind)
    if children and not errors and not _own_ids(body.get(children) or ()):
        errors[children] = "Give each its own id."
    return errors


def is_sound(kind: str, entry: msgspec.Struct) -> bool:
    """Tell whether an entry that msgspec has read is right in what its type does not say."""
    name = CHILDREN.get(kind)
    children = getattr(entry, name) if name else None
    own_ids = not children or len({child.id for child in children}) == len(children)
    return own_ids and days_fit(entry)


def split(kind: str, doc: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Part a document into the fields of its kind and those that this version does not know."""
    known = rules_of(KINDS[kind])
    if doc.keys() <= known.keys() and None not in doc.values():
        return dict(doc), {}
    clean = {name: value for name, value in doc.items() if name in known and value is not None}
    extra = {name: value for name, value in doc.items() if name not in known and value is not None}
    return clean, extra


def limits() -> dict[str, dict[str, dict[str, Any]]]:
    """Return the limits of every field of every kind, as the form and the phone use them.

    Each is a part of `{"min", "max", "min_length", "max_length", "pattern", "choices", "max_items",
    "each", "fields", "required"}`; days are text (YYYY-MM-DD). `minutes` of a session is what a
    rider types for `duration_s`.
    """
    found = {
        kind: {name: limits_of(rule) for name, rule in rules_of(struct).items()}
        for kind, struct in KINDS.items()
    }
    seconds = found["session"]["duration_s"]
    found["session"]["minutes"] = {"min": seconds["min"] // 60, "max": seconds["max"] // 60}
    return found


def _own_ids(children: Sequence[Mapping[str, Any]]) -> bool:
    return len({child["id"] for child in children}) == len(children)
