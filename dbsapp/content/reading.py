"""Read a content file into its struct, or say in one plain sentence what is wrong with it."""

import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar, get_args

import msgspec

from dbsapp.content.duration import Sides
from dbsapp.content.figure import Base, Kind, Limb, Loop, Works
from dbsapp.content.model import Mark, StepSlug, Tag

T = TypeVar("T")

_ALLOWED = {
    "mark": get_args(Mark),
    "seen": get_args(Mark),
    "sides": get_args(Sides),
    "step": get_args(StepSlug),
    "tag": get_args(Tag),
    "dose.kind": ("hold", "reps"),
    "props.kind": get_args(Kind),
    "pins": get_args(Limb),
    "base": get_args(Base),
    "loop": get_args(Loop),
    "works": get_args(Works),
    "group": ("warm-up",),
}

_REASONS = (
    (r"missing required field `(.+)`", "is missing; add it"),
    (r"contains unknown field `(.+)`", "is not a field we know; remove it or correct its spelling"),
    (r"of length >= (\d+)", "is too short; give at least {0}"),
    (r"of length <= (\d+)", "is too long; give at most {0}"),
    (r"`(?:int|float)` >= (\S+)", "is too small; give {0} or more"),
    (r"`(?:int|float)` <= (\S+)", "is too large; give {0} or less"),
    (r"`(?:int|float)` > (\S+)", "is too small; give more than {0}"),
    (r"of length (\d+)", "has the wrong length; give exactly {0}"),
    (r"matching regex", "is not written the way it must be; see docs/content.md"),
    (r"Expected `([^`]+)`, got `([^`]+)`", "is of the wrong type ({1}); make it {0}"),
)


class ContentError(Exception):
    """Stop the start: a content file is wrong. Reads `dbsapp/content/<file>: <key>: <reason>`."""

    def __init__(self, file: str, key: str, reason: str) -> None:
        super().__init__(f"dbsapp/content/{file}: {key}: {reason}")
        self.file, self.key, self.reason = file, key, reason


def read(root: Path, file: str, kind: type[T]) -> T:
    """Return the TOML file `root/file` as a `kind`; raise ContentError for anything wrong in it."""
    return _convert(file, _data(root, file), kind)


def _data(root: Path, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads((root / file).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ContentError(file, "file", "is missing; add it") from None
    except UnicodeDecodeError:
        raise ContentError(file, "file", "is not UTF-8 text; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise ContentError(file, "file", f"is not valid TOML; correct it: {error}") from None


def _convert(file: str, data: dict[str, Any], kind: type[T]) -> T:
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise ContentError(file, *_explain(str(error))) from None


def read_filled(root: Path, file: str, kind: type[T]) -> T:
    """Return the file like `read`, each `{name}` in its texts replaced by its number of that name.

    So a number is written once: the sentence that people read has it from where the code has it.
    """
    data = _data(root, file)
    numbers = {key: value for key, value in data.items() if isinstance(value, int)}
    try:
        filled = _fill(data, numbers)
    except (AttributeError, IndexError, KeyError, ValueError) as error:
        names = ", ".join(numbers)
        raise ContentError(file, "text", f"has a bad {{name}} ({error}); use {names}") from None
    return _convert(file, filled, kind)


def _fill(value: Any, numbers: dict[str, int]) -> Any:
    if isinstance(value, str):
        return value.format(**numbers)
    if isinstance(value, list):
        return [_fill(inner, numbers) for inner in value]
    if isinstance(value, dict):
        return {key: _fill(inner, numbers) for key, inner in value.items()}
    return value


def read_all(root: Path, folder: str, kind: type[T]) -> dict[str, T]:
    """Return every TOML file of a folder by its name inside `root`, in alphabetical order."""
    files = sorted(path.name for path in (root / folder).glob("*.toml"))
    return {f"{folder}/{name}": read(root, f"{folder}/{name}", kind) for name in files}


def _explain(message: str) -> tuple[str, str]:
    """Turn msgspec's message into a key and a reason that says what to do."""
    what, _, path = message.partition(" - at `")
    key = path.removeprefix("key` in `").strip("`$.")
    if what.startswith(("Invalid enum value", "Invalid value")):
        values = ", ".join(_allowed(key))
        given = what.removeprefix("Invalid enum value ").removeprefix("Invalid value ")
        return key, f"{given} is not allowed; use one of: {values}"
    for pattern, reason in _REASONS:
        if match := re.search(pattern, what):
            if "field" in pattern:
                return f"{key}.{match[1]}".lstrip("."), reason
            return key or "file", reason.format(*match.groups())
    return key or "file", f"is not right; correct it: {what}"


def _allowed(key: str) -> tuple[str, ...]:
    """Return the values of a field, known by its last name or, where two share it, its last two."""
    names = re.sub(r"\[\d+\]", "", key).split(".")
    either = (".".join(names[-2:]), names[-1])
    return next((_ALLOWED[one] for one in either if one in _ALLOWED), ("a known value",))
