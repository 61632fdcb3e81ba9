"""Between what the form holds (text, as typed) and the body of a session (numbers, nulls).

The same rules as `static/js/lib/session-values.js`; `tests/contract/session-form.json` binds both.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

Body = dict[str, Any]
Values = dict[str, str]

SOMETHING_ELSE = "something-else"
NUMBERS = ("effort", "pain_before", "pain_peak", "felt_glutes")
TEXTS = ("pain_site", "pain_side", "notes")
NAMES = ("routine", "date", "minutes", *NUMBERS, *TEXTS)


def to_values(body: Mapping[str, Any]) -> Values:
    """Return the values of an entry as the form shows them."""
    optional = {name: body.get(name) for name in (*NUMBERS, *TEXTS)}
    seconds = body.get("duration_s")
    return {
        "routine": body.get("routine") or SOMETHING_ELSE,
        "date": body.get("date") or "",
        "minutes": "" if seconds is None else str(minutes(seconds)),
        **{name: "" if value is None else str(value) for name, value in optional.items()},
    }


def minutes(seconds: int) -> int:
    """Return whole minutes, half a minute rounded up, and at least one."""
    return max(1, (seconds + 30) // 60)


def new_body(
    values: Values, *, now: dt.datetime, zone: str, names: Mapping[str, str], version: str
) -> Body:
    """Return the body of a new session: it began at this time of day, on the day given."""
    optional = {name: _field(name, values[name]) for name in (*NUMBERS, *TEXTS)}
    return {
        **_routine(values["routine"], names),
        "content_version": version,
        "started_at": instant(values["date"], now.astimezone(zone_of(zone)).time(), zone),
        "date": values["date"],
        "tz": zone,
        "duration_s": int(values["minutes"]) * 60,
        **{name: value for name, value in optional.items() if value is not None},
        "source": "manual",
    }


def changes(
    body: Mapping[str, Any], values: Values, names: Mapping[str, str]
) -> tuple[Body, list[str]]:
    """Return what to set and what to unset: only what was changed.

    So an edit never touches what the form did not show (447 seconds read as 7 minutes), and two
    devices can edit two fields.
    """
    before = to_values(body)
    patch: Body = {}
    for name in (name for name in values if values[name] != before[name]):
        if name == "routine":
            patch |= _routine(values["routine"], names)
        elif name == "date":
            patch |= _moved(values["date"], body)
        elif name == "minutes":
            patch["duration_s"] = int(values["minutes"]) * 60
        else:
            patch[name] = _field(name, values[name])
    unset = [name for name in (*NUMBERS, *TEXTS) if name in patch and patch[name] is None]
    return {name: value for name, value in patch.items() if name not in unset}, unset


def instant(date: str, time: dt.time, zone: str) -> int:
    """Return the ms since the epoch at which a wall clock in `zone` shows `time`, never below 0."""
    at = dt.datetime.combine(dt.date.fromisoformat(date), time, zone_of(zone))
    return max(0, int(at.timestamp()) * 1000)


def zone_of(name: str) -> dt.tzinfo:
    """Return the zone of this name, UTC when this machine does not know it."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return dt.UTC


def _routine(slug: str, names: Mapping[str, str]) -> Body:
    if slug == SOMETHING_ELSE:
        return {"routine": None, "routine_name": "Something else"}
    return {"routine": slug, "routine_name": names[slug]}


def _moved(date: str, body: Mapping[str, Any]) -> Body:
    zone = body.get("tz") or "UTC"
    began = dt.datetime.fromtimestamp((body.get("started_at") or 0) / 1000, zone_of(zone))
    return {"date": date, "started_at": instant(date, began.time(), zone)}


def _field(name: str, value: str) -> str | int | None:
    if not value.strip():
        return None
    return int(value) if name in NUMBERS else value
