"""Check a value against a declared type, and say in a sentence what is wrong with it."""

import datetime as dt
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec
from msgspec import inspect as types

FIRST_DAY, LAST_DAY = dt.date(1970, 1, 1), dt.date(2200, 1, 1)
#: How deep a value may be nested; ours need two levels.
MAX_DEPTH = 16
NESTING = frozenset({list, dict})
NEEDED = "This is needed."

Problem = tuple[str, str]


class Rule(NamedTuple):
    """What a value has to be: its type, a sentence of its own, and the rules of what is in it.

    `fits` tells whether a value that holds no others is right; others have `fields` or `item`.
    """

    info: types.Type
    fits: Callable[[Any], bool]
    hint: str = ""
    required: bool = False
    fields: "Mapping[str, Rule]" = MappingProxyType({})
    item: "Rule | None" = None


@cache
def rules_of(struct: type[msgspec.Struct]) -> Mapping[str, Rule]:
    """Return the rules of the fields of `struct`, by name."""
    return _rule_of(struct).fields


def problems(struct: type[msgspec.Struct], value: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield (path, sentence) for each thing that is wrong in `value`; null counts as absent."""
    return _in_fields(rules_of(struct), value, "")


def fits(struct: type[msgspec.Struct], value: Mapping[str, Any]) -> bool:
    """Tell whether `problems` is sure to find none: nearly all that arrives is right.

    msgspec looks at a whole entry in the time that we take for one field; but it names only the
    first thing that is wrong, in words for programmers, and any day is a day to it.
    """
    try:
        return days_fit(msgspec.convert(value, struct))
    except (msgspec.ValidationError, OverflowError):
        return False


def days_fit(value: msgspec.Struct) -> bool:
    """Tell whether the days in a value are such as we know: to its types, any day is one."""
    for name in _days_of(type(value)):
        day = getattr(value, name)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            return False
    return True


def limits_of(rule: Rule) -> dict[str, Any]:
    """Return the limits of a rule, in the words of a form's attributes."""
    found = {key: value for key, value in _bounds(rule).items() if value is not None}
    return found | {"required": True} if rule.required else found


def too_deep(value: Any, depth: int = MAX_DEPTH) -> bool:
    """Tell whether lists and dicts are nested in `value` more than `depth` levels deep."""
    if type(value) not in NESTING:
        return False
    inner = value.values() if type(value) is dict else value
    deeper = [item for item in inner if type(item) in NESTING]
    return depth == 0 or any(too_deep(item, depth - 1) for item in deeper)


@cache
def _days_of(struct: type[msgspec.Struct]) -> tuple[str, ...]:
    fields = rules_of(struct).items()
    return tuple(name for name, rule in fields if isinstance(rule.info, types.DateType))


@cache
def _rule_of(struct: type[msgspec.Struct]) -> Rule:
    return _rule(types.type_info(struct))


def _rule(info: types.Type, *, required: bool = False) -> Rule:
    """Open a type up: take `| None` and the description off, go into lists and structs."""
    hint = ""
    if isinstance(info, types.UnionType):
        info = next(option for option in info.types if not isinstance(option, types.NoneType))
    if isinstance(info, types.Metadata):
        hint = (info.extra_json_schema or {}).get("description", "")
        info = info.type
    match info:
        case types.StructType():
            fields = {one.name: _rule(one.type, required=one.required) for one in info.fields}
            return Rule(info, _never, hint, required, fields)
        case types.ListType():
            return Rule(info, _never, hint, required, item=_rule(info.item_type))
    return Rule(info, _fitting(info), hint, required)


def _bounds(rule: Rule) -> dict[str, Any]:
    match rule.info:
        case types.IntType(ge=low, le=high) | types.FloatType(ge=low, le=high):
            return {"min": low, "max": high}
        case types.StrType(min_length=least, max_length=most, pattern=pattern):
            return {"min_length": least, "max_length": most, "pattern": pattern}
        case types.LiteralType(values=values):
            return {"choices": list(values)}
        case types.DateType():
            return {"min": FIRST_DAY.isoformat(), "max": LAST_DAY.isoformat()}
        case types.ListType(max_length=most) if rule.item:
            return {"max_items": most, "each": limits_of(rule.item)}
        case types.StructType():
            return {"fields": {name: limits_of(field) for name, field in rule.fields.items()}}
    return {}


def _in_fields(
    rules: Mapping[str, Rule], value: Mapping[str, Any], prefix: str
) -> Iterator[Problem]:
    for name, rule in rules.items():
        found = value.get(name)
        if found is None:
            if rule.required:
                yield prefix + name, NEEDED
        elif not rule.fits(found):
            yield from _in_value(rule, found, prefix + name)


def _in_value(rule: Rule, value: Any, path: str) -> Iterator[Problem]:
    if rule.fields and isinstance(value, dict):
        yield from _in_fields(rule.fields, value, path + ".")
    elif rule.item and isinstance(value, list):
        most = _bounds(rule)["max_items"]
        if len(value) > most:
            yield path, f"Use at most {most}."
            return
        for index, item in enumerate(value):
            yield from _in_value(rule.item, item, f"{path}[{index}]")
    elif not rule.fits(value):
        yield path, rule.hint or _sentence(rule.info, value)


def _fitting(info: types.Type) -> Callable[[Any], bool]:
    """Return what tells whether a value, as JSON gave it, is of a type; true is no number."""
    match info:
        case types.BoolType():
            return lambda value: type(value) is bool
        case types.IntType(ge=int(low), le=int(high)):
            return lambda value: type(value) is int and low <= value <= high
        case types.FloatType(ge=int() | float() as least, le=int() | float() as most):
            return lambda value: type(value) in (int, float) and least <= value <= most
        case types.StrType(min_length=least, max_length=most, pattern=pattern):
            return _text_fitting(least or 0, most or sys.maxsize, pattern)
        case types.LiteralType(values=values):
            return lambda value: type(value) is str and value in values
        case types.DateType():
            return lambda value: type(value) is str and _is_day(value)
    return _never


def _text_fitting(least: int, most: int, pattern: str | None) -> Callable[[Any], bool]:
    if pattern is None:
        return lambda value: type(value) is str and least <= len(value) <= most
    matches = re.compile(pattern).fullmatch
    return lambda value: (
        type(value) is str and least <= len(value) <= most and matches(value) is not None
    )


def _never(_value: Any) -> bool:
    return False


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@lru_cache(4096)
def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
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
