"""What was shown as saved, value by value, and what became of each value by the riders' will."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
#: A field of an entry (`notes`, `sets/<id>/done`) and its value.
Pair = tuple[str, Any]
#: Why a value is not there any more.
REPLACED = "replaced by somebody who saw it"
DELETED = "deleted on "


@dataclass
class Write:
    """A value that a page said was saved. `gone`: why nobody needs to find it any more."""

    entry: str
    path: str
    value: Any
    by: str
    gone: str = ""


@dataclass
class Ledger:
    """All writes of a story."""

    writes: list[Write] = field(default_factory=list)
    owners: dict[str, str | None] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    ever_deleted: set[str] = field(default_factory=set)
    #: What was brought back, and must be there in the end.
    brought_back: set[str] = field(default_factory=set)

    def attempt(
        self, entry: str, view: Json | None, intent: Iterable[Pair], why: str = REPLACED
    ) -> None:
        """Note that somebody who sees `view` is about to put `intent` in its place."""
        seen = dict(flat(view or {}))
        for path, value in intent:
            for write in self._open_or_deleted(entry):
                if write.path == path and seen.get(path) == write.value != value:
                    write.gone = why

    def undo(self, entry: str, why: str) -> None:
        """Note that a deletion was taken back before anybody heard of it."""
        for write in self.writes:
            if write.entry == entry and write.gone == why:
                write.gone = ""

    def saved(self, entry: str, intent: Iterable[Pair], by: str) -> None:
        """Note that the page said: saved."""
        self.writes += [Write(entry, p, v, by) for p, v in intent if v is not None]

    def open(self, entry: str | None = None) -> list[Write]:
        """Return the writes that must be findable."""
        return [one for one in self.writes if not one.gone and entry in (None, one.entry)]

    def _open_or_deleted(self, entry: str | None = None) -> list[Write]:
        """Return these, and those of deletions that may be undone."""
        return [
            one
            for one in self.writes
            if (not one.gone or one.gone.startswith(DELETED)) and entry in (None, one.entry)
        ]

    def lose(self, held: dict[str, set[Pair]], why: str, only: set[str] | None = None) -> None:
        """Excuse what no disk holds any more, after a disk was lost; `held` is by entry."""
        for write in self._open_or_deleted():
            found = (write.path, write.value) in held.get(write.entry, ())
            if not found and (only is None or write.entry in only):
                write.gone = why

    def name(self, entry: str) -> str:
        """Return the short name of an entry, as the story calls it."""
        return self.names.setdefault(entry, f"s{len(self.names) + 1}")


def flat(body: Json) -> Iterator[Pair]:
    """Yield the values of a body: fields, and fields of its children by their ids."""
    for key, value in body.items():
        if isinstance(value, list):
            for child in value:
                if isinstance(child, dict) and "id" in child:
                    yield from ((f"{key}/{child['id']}/{k}", v) for k, v in child.items())
        elif not isinstance(value, dict):
            yield key, value


def everything(value: Any) -> Iterator[Pair]:
    """Yield the values of each dict in `value`, however deep."""
    if isinstance(value, dict):
        yield from flat(value)
        for inner in value.values():
            yield from everything(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from everything(inner)
