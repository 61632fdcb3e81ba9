"""The wire format: what a push says and what the answers look like. Pure; docs/sync.md explains it.

Everything that arrives is data of a stranger: a request that is not well-formed raises
`WireError`, a single mutation that is not becomes a `Malformed`, which is answered on its own.
"""

import re
import uuid
from collections.abc import Callable
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

import msgspec
from msgspec import Meta

PROTO = 1
SCHEMA = 1
MIN_SCHEMA = 1
MAX_REQUEST = 262_144
MAX_MUTATIONS = 200
MAX_ENTRY = 65_536
MAX_PULL_ROWS = 500
MAX_PULL_BYTES = 1_048_576

#: The largest whole number that JavaScript is sure of.
MAX_NUMBER = 2**53 - 1

Count = Annotated[int, Meta(ge=0, le=MAX_NUMBER)]
_Epoch = Annotated[str, Meta(max_length=16)]
_Version = Annotated[str, Meta(max_length=64, pattern="^[A-Za-z0-9_ .+/-]*$")]
_FieldName = Annotated[str, Meta(max_length=100)]


class WireError(Exception):
    """A whole request that is refused, with the HTTP status and the code that say why."""

    def __init__(self, status: int, code: str, **more: Any) -> None:
        super().__init__(code)
        self.status = status
        self.body = {"proto": PROTO, "error": code, **more}


class Ident(msgspec.Struct):
    """What every mutation must have for its answer to be addressed."""

    mid: Annotated[int, Meta(ge=1, le=MAX_NUMBER)]
    mutation_id: uuid.UUID


class Mutation(Ident, kw_only=True):
    """One change of one entry; `base_rev` is the revision that the device had seen."""

    kind: Annotated[str, Meta(max_length=40)]
    id: uuid.UUID
    op: Literal["create", "patch", "delete"]
    base_rev: Count = 0
    at: Count | None = None
    tz: str | None = None
    set: dict[_FieldName, Any] = {}
    unset: list[_FieldName] = []


class Malformed(Ident, kw_only=True):
    """A mutation that cannot be read, except for its ids."""

    errors: dict[str, str]


class Item(NamedTuple):
    """A mutation together with the JSON it came in."""

    mutation: Mutation | Malformed
    raw: bytes


class Sender(msgspec.Struct, kw_only=True):
    """What a push says beside its mutations; `epoch` and `seq` are those of the device's cursor."""

    schema: Count
    user: Annotated[str, Meta(max_length=64)]
    device: uuid.UUID
    proto: int = PROTO
    acked_mid: Count = 0
    epoch: _Epoch | None = None
    seq: Count = 0
    app_version: _Version | None = None


class _Envelope(Sender, kw_only=True):
    mutations: list[msgspec.Raw]


class Push(NamedTuple):
    """A push as it was sent, checked for form only; `registers` puts the device on the list."""

    sender: Sender
    items: list[Item]
    registers: bool = True


class Cursor(NamedTuple):
    """How far a device has come: the epoch of the log, and the last `seq` it holds.

    `floor` is set while a device that began at zero has not yet passed the floor: it cannot have
    missed a tombstone, since it started after they were cleared away.
    """

    epoch: str
    seq: int
    floor: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in self if part is not None)


def decode_push(data: bytes) -> Push:
    """Read a push.

    Raises:
        WireError: 400 `bad_request`, 413 `too_large`, 426 `upgrade`, or 409 `device_forked` for
            two mutations with one number.
    """
    if len(data) > MAX_REQUEST:
        raise WireError(413, "too_large")
    if b"\\u0000" in data:
        data = _mended(data)
    envelope = _read_or_refuse(data, _Envelope)
    if envelope.proto != PROTO or envelope.schema < MIN_SCHEMA:
        raise WireError(426, "upgrade", min_schema=MIN_SCHEMA)
    if len(envelope.mutations) > MAX_MUTATIONS:
        raise WireError(413, "too_large", max_mutations=MAX_MUTATIONS)
    items = [_item(bytes(raw)) for raw in envelope.mutations]
    if len({item.mutation.mid for item in items}) < len(items):
        raise WireError(409, "device_forked")
    return Push(envelope, items)


def encode(message: Any) -> bytes:
    """Return `message` as JSON."""
    return msgspec.json.encode(message)


def decode_cursor(text: str) -> Cursor | None:
    """Read a cursor (`epoch:seq`, or `epoch:seq:floor` on the way); None if it is no such thing."""
    found = re.fullmatch(r"(\w{1,16}):(\d{1,18})(?::(\d{1,18}))?", text, re.ASCII)
    if found is None:
        return None
    epoch, seq, floor = found.groups()
    return Cursor(epoch, int(seq), None if floor is None else int(floor))


def entry_hash(entry_id: int, rev: int) -> int:
    """Hash an entry and its revision to 32 bits; `check` is the XOR of those that are not deleted.

    The four words of the id and a multiple of the revision, folded, then the last mixing steps of
    MurmurHash3, so that the XOR of neighbouring revisions does not cancel out.
    """
    value = (
        entry_id >> 96 ^ entry_id >> 64 ^ entry_id >> 32 ^ entry_id ^ rev * 0x9E3779B1
    ) & 0xFFFFFFFF
    value = (value ^ value >> 16) * 0x85EBCA6B & 0xFFFFFFFF
    value = (value ^ value >> 13) * 0xC2B2AE35 & 0xFFFFFFFF
    return value ^ value >> 16


def check_of(count: int, hashes: int) -> dict[str, Any]:
    """Return the `check` of a pull: how many entries live, and the XOR of their hashes in hex."""
    return {"count": count, "hash": f"{hashes:08x}"}


def public_id(rider_id: uuid.UUID) -> str:
    """Return the name of a rider on the wire."""
    return f"u_{rider_id.hex}"


_T = TypeVar("_T")
UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def _read(data: bytes, shape: type[_T]) -> _T:
    """Decode JSON; text cut in the middle of an emoji must not hold up a whole outbox."""
    decode: Callable[[bytes], _T] = _DECODERS[shape].decode
    try:
        return decode(data)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        return decode(_mended(data))


_DECODERS: dict[type, msgspec.json.Decoder[Any]] = {
    shape: msgspec.json.Decoder(shape) for shape in (_Envelope, Ident, Mutation)
}


_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|(u[dD][89a-fA-F]..|u0000)|.)", re.DOTALL
)


def _mended(data: bytes) -> bytes:
    """Put U+FFFD for half characters, which are no text, and for NUL, which PostgreSQL refuses."""
    return _ESCAPE.sub(lambda escape: b"\\ufffd" if escape[1] else escape[0], data)


def _item(raw: bytes) -> Item:
    if len(raw) > MAX_ENTRY:
        raise WireError(413, "too_large", **_mid_of(raw))
    try:
        mutation = _read(raw, Mutation)
        if mutation.id.version not in (4, 7):
            raise msgspec.ValidationError("Expected a UUID of version 4 or 7 - at `$.id`")
        if mutation.op == "delete" and (mutation.set or mutation.unset):
            raise msgspec.ValidationError("Expected no fields in a deletion - at `$.set`")
        return Item(mutation, raw)
    except UNREADABLE as error:
        ident = _read_or_refuse(raw, Ident)
        return Item(Malformed(ident.mid, ident.mutation_id, errors=_errors(error)), raw)


def _read_or_refuse(data: bytes, shape: type[_T]) -> _T:
    try:
        return _read(data, shape)
    except UNREADABLE as error:
        raise WireError(400, "bad_request", errors=_errors(error)) from None


def _mid_of(raw: bytes) -> dict[str, int]:
    try:
        return {"mid": _read(raw, Ident).mid}
    except UNREADABLE:
        return {}


def _errors(error: Exception) -> dict[str, str]:
    """Say which field is wrong; the text of other errors than of validation is not for users."""
    if not isinstance(error, msgspec.ValidationError):
        return {"$": "This is not JSON that can be read."}
    said, _, place = str(error).partition(" - at ")
    path = place.removeprefix("`key` in ").strip("`").removeprefix("$").removeprefix(".")
    if not path and (missing := re.search(r"required field `(\w+)`", said)):
        path = missing[1]
    return {path or "$": f"{said}."}
