"""What the API answers, as types: declarations for `openapi.py` and for the tests.

The answers themselves are put together as dicts, bodies even as the text they are stored as;
`tests/sync/test_openapi.py` holds real ones against these.
"""

import uuid
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

Seq = Annotated[int, Meta(ge=0, description="A number of the rider's log.")]
Rev = Annotated[int, Meta(ge=0, description="A version of one entry; 0 where there is none.")]
Millis = Annotated[int, Meta(ge=0, description="Milliseconds since 1970, UTC.")]
Fields = Annotated[
    dict[str, Any], Meta(description="Fields of the entry; those of its kind have schemas here.")
]
Errors = Annotated[
    dict[str, str],
    Meta(description="A sentence for each field, such as `effort` or `sets[2].load_kg`."),
]
Lost = Annotated[
    Fields, Meta(description="Values that gave way to a later change; empty for a deletion.")
]
Proto = Literal[1]
RefusedCode = Literal[
    "invalid", "too_large", "unknown_kind", "kind_mismatch", "unknown_entry", "malformed"
]


class EntryCopy(msgspec.Struct):
    """An entry as the server holds it."""

    id: uuid.UUID
    kind: str
    rev: Rev
    seq: Seq
    deleted: bool
    body: Fields | None
    extra: Annotated[Fields, Meta(description="Fields that this server does not know.")] | None


class Change(EntryCopy):
    """The newest version of an entry, in a pull."""

    lost: Lost | UnsetType = UNSET


class Result(msgspec.Struct, tag_field="status"):
    """What became of one mutation."""

    mid: int
    mutation_id: uuid.UUID


class Ok(Result, tag="ok"):
    """Applied as it was sent."""

    rev: Rev
    seq: Seq


class Merged(Result, tag="merged"):
    """Applied beside changes that the device had not seen."""

    rev: Rev
    seq: Seq
    entry: EntryCopy
    lost_rev: Rev | UnsetType = UNSET
    lost: Lost | UnsetType = UNSET


class Duplicate(Result, tag="duplicate"):
    """There was nothing to do."""

    rev: Rev
    seq: Seq


class Rejected(Result, tag="rejected"):
    """Refused for good."""

    code: RefusedCode
    errors: Errors


class Retry(Result, tag="retry"):
    """Something broke on the server: send it again, later."""

    code: Literal["internal"]


class PushAnswer(msgspec.Struct):
    """One result for each mutation, in their order."""

    proto: Proto
    server_now: Millis
    epoch: str
    seq: Seq
    results: list[Ok | Merged | Duplicate | Rejected | Retry]


class Summary(msgspec.Struct):
    """A sum of the entries that live, to compare with."""

    count: Annotated[int, Meta(ge=0)]
    hash: Annotated[str, Meta(pattern="^[0-9a-f]{8}$")]


class PullAnswer(msgspec.Struct):
    """A page of what is new; with `reset`, begin again from an empty cursor."""

    proto: Proto
    server_now: Millis
    reset: Literal["epoch", "gc"] | None
    cursor: str
    more: bool
    changes: list[Change]
    since: (
        Annotated[Seq, Meta(description="With `epoch`: up to here the logs are the same.")]
        | UnsetType
    ) = UNSET
    check: Annotated[Summary, Meta(description="With the last page.")] | UnsetType = UNSET


class SignedIn(msgspec.Struct):
    """A rider: the name on the wire, and the email."""

    id: Annotated[str, Meta(pattern="^u_[0-9a-f]{32}$")]
    email: str


class SessionAnswer(msgspec.Struct):
    """Who is signed in; `deleted` when the cookie names an account that is gone."""

    proto: Proto
    rider: SignedIn | None
    csrf_token: str
    deleted: bool


class Error(msgspec.Struct):
    """A request that was refused whole: nothing of it was applied."""

    proto: Proto
    error: str
    errors: Errors | UnsetType = UNSET
    mid: Annotated[int, Meta(description="The mutation that is too large.")] | UnsetType = UNSET
    max_mutations: int | UnsetType = UNSET
    min_schema: int | UnsetType = UNSET
