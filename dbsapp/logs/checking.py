"""Check a value against a declared type, and say in a sentence what is wrong with it."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import msgspec
from msgspec import inspect as types

FIRST_DAY, LAST_DAY = dt.date(1970, 1, 1), dt.date(2200, 1, 1)
#: How deep a value may be nested; ours need two levels.
MAX_DEPTH = 16
NEEDED = "This is needed."

Problem = tuple[str, str]


@cache
def fields_of(struct: type[msgspec.Struct]) -> dict[str, types.Field]:
    """Return the fields of `struct` by name, with their types opened up."""
    return {field.name: field for field in _struct(types.type_info(struct)).fields}


def problems(struct: type[msgspec.Struct], value: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield (path, sentence) for each thing that is wrong in `value`; null counts as absent."""
    return _in_fields(fields_of(struct), value, "")


def bounds_of(info: types.Type) -> dict[str, Any]:
    """Return the limits that `info` declares, in the words of a form's attributes."""
    info, _ = _bare(info)
    match info:
        case types.IntType() | types.FloatType():
            return {"min": info.ge, "max": info.le}
        case types.StrType():
            told = (("min_length", info.min_length), ("max_length", info.max_length))
            return {k: v for k, v in (*told, ("pattern", info.pattern)) if v is not None}
        case types.LiteralType():
            return {"choices": list(info.values)}
        case types.DateType():
            return {"min": FIRST_DAY.isoformat(), "max": LAST_DAY.isoformat()}
        case types.ListType():
            return {"max_items": info.max_length, "each": bounds_of(info.item_type)}
        case types.StructType():
            return {"fields": {field.name: limits_of(field) for field in info.fields}}
    return {}


def limits_of(field: types.Field) -> dict[str, Any]:
    """Return the limits of one field, and that it is required where it is."""
    return bounds_of(field.type) | ({"required": True} if field.required else {})


def too_deep(value: Any, depth: int = MAX_DEPTH) -> bool:
    """Tell whether lists and dicts are nested in `value` more than `depth` levels deep."""
    if not isinstance(value, list | dict):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return depth == 0 or any(too_deep(item, depth - 1) for item in inner)


def _struct(info: types.Type) -> types.StructType:
    if not isinstance(info, types.StructType):
        raise TypeError(info)
    return info


def _bare(info: types.Type) -> tuple[types.Type, str]:
    """Take `| None` and the description off a type."""
    if isinstance(info, types.UnionType):
        info = next(option for option in info.types if not isinstance(option, types.NoneType))
    if isinstance(info, types.Metadata):
        return info.type, (info.extra_json_schema or {}).get("description", "")
    return info, ""


def _in_fields(
    fields: Mapping[str, types.Field], value: Mapping[str, Any], prefix: str
) -> Iterator[Problem]:
    for name, field in fields.items():
        found = value.get(name)
        if found is not None:
            yield from _in_value(field.type, found, prefix + name)
        elif field.required:
            yield prefix + name, NEEDED


def _in_value(info: types.Type, value: Any, path: str) -> Iterator[Problem]:
    info, hint = _bare(info)
    match info, value:
        case types.StructType(), dict():
            yield from _in_fields({field.name: field for field in info.fields}, value, path + ".")
        case types.ListType(), list() if len(value) <= (info.max_length or 0):
            for index, item in enumerate(value):
                yield from _in_value(info.item_type, item, f"{path}[{index}]")
        case types.ListType(), list():
            yield path, f"Use at most {info.max_length}."
        case _:
            if not _fits(info, value):
                yield path, hint or _sentence(info, value)


def _fits(info: types.Type, value: Any) -> bool:
    match info, value:
        case (types.BoolType(), bool()):
            return True
        case (_, bool()):
            return False
        case (types.IntType(), int()) | (types.FloatType(), int() | float()):
            low, high = bounds_of(info).values()
            return bool(low <= value <= high)
        case (types.StrType(), str()):
            fits = (info.min_length or 0) <= len(value) <= (info.max_length or len(value))
            return fits and (info.pattern is None or bool(re.fullmatch(info.pattern, value)))
        case (types.LiteralType(), str()):
            return value in info.values
        case (types.DateType(), str()):
            return _is_day(value)
    return False


def _is_day(text: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    try:
        return FIRST_DAY <= dt.date.fromisoformat(text) <= LAST_DAY
    except ValueError:
        return False


def _sentence(info: types.Type, value: Any) -> str:
    match info:
        case types.BoolType():
            return "Use yes or no."
        case types.IntType():
            return f"Use a whole number from {info.ge:,} to {info.le:,}."
        case types.FloatType():
            return f"Use a number from {info.ge:,g} to {info.le:,g}."
        case types.StrType(max_length=int(most)) if isinstance(value, str) and value:
            return f"Use at most {most:,} characters."
        case types.LiteralType():
            return f"Use one of: {', '.join(map(str, info.values))}."
        case types.DateType():
            return f"Use a date from {FIRST_DAY} to {LAST_DAY}, written as year-month-day."
        case types.StrType():
            return "Use some words."
        case types.ListType():
            return "Use a list."
    return "This has the wrong form."
