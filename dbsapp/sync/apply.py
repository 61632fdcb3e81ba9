"""What one mutation does to one entry. Pure: the entry comes in, the outcome goes out."""

import uuid
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec

from dbsapp.logs import kinds
from dbsapp.sync.merge import Merged, changed, merge_delete, merge_patch, patched, same
from dbsapp.sync.protocol import MAX_ENTRY, Malformed, Mutation

Doc = dict[str, Any]

_json = msgspec.json.encode


class RejectedError(Exception):
    """A mutation that is refused for good; `errors` maps fields to sentences."""

    def __init__(self, code: str, errors: dict[str, str] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.errors = errors or {}


class Revision(NamedTuple):
    """An entry at one revision (`doc` None: deleted); which device brought it there, and when."""

    rev: int
    doc: Doc | None
    device: uuid.UUID
    at: int


@dataclass(slots=True)
class State:
    """An entry as the server holds it; `rev` 0 means that it does not exist.

    `history` holds the revisions from the oldest base that a mutation refers to, in order, the
    newest last; `lost` what lost in it, if a mutation may not have seen it. Of a `stranger` nobody
    can tell whether it is the entry that the device knew: that may have been forgotten, and made
    anew, while it slept. The revisions `own` are of mutations that the device sends once more.
    """

    id: uuid.UUID
    kind: str | None = None
    rev: int = 0
    seq: int = 0
    doc: Doc | None = None
    lost: Doc | None = None
    history: list[Revision] = field(default_factory=list)
    stranger: bool = False
    own: set[int] = field(default_factory=set)

    def base_of(self, mutation: Mutation) -> int:
        """Return the revision that `mutation` builds on; 0: none that is known to be of this entry.

        A revision that is still to come is of an entry that was forgotten, too.
        """
        known = not self.stranger and mutation.base_rev <= self.rev
        return mutation.base_rev if known else 0


class Outcome(NamedTuple):
    """What becomes of an entry. Only `ok` and `merged` with `writes` make a new revision."""

    status: str
    doc: Doc | None
    lost: Doc | None = None
    writes: bool = True


def apply(state: State, mutation: Mutation | Malformed, device: uuid.UUID) -> Outcome:
    """Work out what `mutation`, made on `device`, does to `state`, which stays as it is.

    Raises:
        RejectedError: `malformed`, `unknown_kind`, `kind_mismatch`, `unknown_entry`, `invalid` or
            `too_large`.
    """
    if isinstance(mutation, Malformed):
        raise RejectedError("malformed", mutation.errors)
    if mutation.kind not in kinds.KINDS:
        raise RejectedError(
            "unknown_kind", {"kind": "This version does not know this kind of entry."}
        )
    if state.kind not in (None, mutation.kind):
        raise RejectedError("kind_mismatch", {"kind": f"This entry is a {state.kind}."})
    work_out = _delete if mutation.op == "delete" else _edit
    return _keep_unseen(state, mutation, work_out(state, mutation, device))


def _keep_unseen(state: State, mutation: Mutation, outcome: Outcome) -> Outcome:
    """Go on telling what lost, until the entry is edited by somebody who has seen it.

    A second edit from the same outbox is no answer to what became of the first. A deletion that
    has not seen what lost gives way, like to any edit.
    """
    before = state.lost
    if before is None or not outcome.writes or state.base_of(mutation) == state.rev:
        return outcome
    lost = {**before, **(outcome.lost or {})}
    children = kinds.CHILDREN.get(mutation.kind)
    if children in before and children in lost:
        lost[children] = _both(before[children], lost[children])
    return Outcome("merged", outcome.doc or state.doc, lost)


def _both(before: list[Doc] | None, after: list[Doc] | None) -> list[Doc]:
    """Return lost children of two merges; of one that lost in both, as it was the last time."""
    children = (*(before or ()), *(after or ()))
    return list({child["id"]: child for child in children}.values())


def split(kind: str, doc: Doc | None) -> tuple[Doc | None, Doc | None]:
    """Part a document into the fields of its kind and the others; None for none."""
    if doc is None:
        return None, None
    body, extra = kinds.split(kind, doc)
    return body, extra or None


def _delete(state: State, mutation: Mutation, device: uuid.UUID) -> Outcome:
    if state.rev == 0:
        return Outcome("duplicate", None, writes=False)
    if state.doc is None:
        return Outcome("ok", None, writes=False)
    if state.base_of(mutation) == state.rev:
        return Outcome("ok", None)
    merged = merge_delete(_seen(state, mutation, device), state.doc)
    return Outcome("ok" if merged.doc is None else "merged", *merged)


def _edit(state: State, mutation: Mutation, device: uuid.UUID) -> Outcome:
    if state.rev == 0 and mutation.op == "patch":
        raise RejectedError("unknown_entry", {"id": "There is no such entry."})
    _check_sent(mutation)
    if mutation.op == "create" and _is_there(mutation, state):
        return Outcome("duplicate", state.doc, writes=False)
    status, merged = _merge(state, mutation, device)
    if mutation.op == "patch" and state.doc is None and status == "ok":
        _check_whole(mutation, merged.doc or {})
    if mutation.op == "patch" or mutation.unset or status == "merged":
        _check_result(mutation, merged.doc or {})
    return Outcome(status, *merged)


def _is_there(mutation: Mutation, state: State) -> bool:
    """Tell whether the entry was made before, just like this."""
    return any(same(mutation.set, old.doc) for old in state.history)


def _merge(state: State, mutation: Mutation, device: uuid.UUID) -> tuple[str, Merged]:
    if state.base_of(mutation) == state.rev:
        doc = patched(state.doc or {}, mutation.set, mutation.unset)
        return "ok", Merged(doc, None)
    seen = _seen(state, mutation, device)
    children = kinds.CHILDREN.get(mutation.kind)
    if state.doc is None and seen is not None:
        # The edit wins: it is merged into what was deleted, which may be newer than what it saw.
        deleted = _before_deletion(state)
        back = merge_patch(seen, deleted, mutation.set, mutation.unset, children)
        return "merged", Merged(back.doc, back.lost or {})
    merged = merge_patch(seen, state.doc, mutation.set, mutation.unset, children)
    return "ok" if same(seen, state.doc) else "merged", merged


def _before_deletion(state: State) -> Doc | None:
    """Return the last thing that a deleted entry said, as far as its history was read."""
    return next((old.doc for old in reversed(state.history) if old.doc is not None), None)


def _seen(state: State, mutation: Mutation, device: uuid.UUID) -> Doc | None:
    """Return what the device had before it when it made the change.

    That is the revision it names, with its own later changes on top: a device that queued three
    edits offline knew of the first two when it made the third. So it did of those that it sends
    again, though it may have gone by another name when they arrived.
    """
    base_rev = state.base_of(mutation)
    seen: Doc | None = {}
    before: Doc = {}
    children = kinds.CHILDREN.get(mutation.kind)
    for rev, doc, author, _at in state.history:
        mine = author == device or rev in state.own
        if rev <= base_rev or (mine and doc is None):
            seen = doc
        elif mine and doc is not None:
            seen = merge_patch(before, seen or {}, changed(before, doc), (), children).doc
        before = doc or {}
    return seen


def _check_sent(mutation: Mutation) -> None:
    """Refuse wrong values before they are merged; a patch need not hold what is required."""
    errors = kinds.errors_of(mutation.kind, mutation.set)
    if errors and mutation.op == "patch":
        errors = _about(mutation.set, errors)
    if errors:
        raise RejectedError("invalid", errors)


def _check_whole(mutation: Mutation, doc: Doc) -> None:
    """Refuse to bring a deleted entry back as a fragment of one; it is to be sent whole.

    So it is where the change that was to bring it back was refused, and another waited behind it.
    """
    if kinds.errors_of(mutation.kind, doc):
        raise RejectedError("unknown_entry", {"id": "This entry is deleted."})


def _check_result(mutation: Mutation, doc: Doc) -> None:
    """Refuse a result that lacks what is required or has grown too large.

    What an older version let in, and this mutation does not touch, is none of its faults.
    """
    touched = {*mutation.set, *mutation.unset}
    errors = _about(touched, kinds.errors_of(mutation.kind, doc))
    if errors:
        raise RejectedError("invalid", errors)
    if len(_json(doc)) > MAX_ENTRY:
        longest = max(touched & doc.keys() or doc, key=lambda name: len(_json(doc[name])))
        raise RejectedError("too_large", {longest: "Make this shorter: an entry holds 64 KB."})


def _about(fields: Container[str], errors: Mapping[str, str]) -> dict[str, str]:
    """Return the errors in `fields`; the name of an unknown field may look like a path itself."""
    roots = {path: path.split("[")[0].split(".")[0] for path in errors}
    return {path: said for path, said in errors.items() if path in fields or roots[path] in fields}
