"""A push may come packed; whoever packed it, no more of it is unpacked than a push may hold."""

import gzip
import json
import tracemalloc
import zlib

import pytest

from dbsapp.sync.protocol import MAX_REQUEST, WireError
from dbsapp.sync.unpack import unpacked
from tests.phones import SESSION, Phone


def packed(phone: Phone, size: int = 0) -> bytes:
    """Return a packed push of one entry, blown up with spaces to `size` bytes."""
    body = json.dumps(phone.envelope(phone.mutation())).encode()
    return gzip.compress(body.ljust(size))


def test_a_packed_push_is_read(alice: Phone) -> None:
    answer = alice.post(packed(alice), **{"Content-Encoding": "gzip"})
    assert answer.status_code == 200
    assert [entry["body"] for entry in alice.entries().values()] == [SESSION]


@pytest.mark.parametrize("encoding", ["", "identity", "Identity"])
def test_a_push_that_is_not_packed_may_say_so(alice: Phone, encoding: str) -> None:
    body = json.dumps(alice.envelope(alice.mutation()))
    assert alice.post(body, **{"Content-Encoding": encoding}).status_code == 200


@pytest.mark.parametrize(("size", "status"), [(MAX_REQUEST, 200), (MAX_REQUEST + 1, 413)])
def test_the_limit_counts_what_is_unpacked(alice: Phone, size: int, status: int) -> None:
    answer = alice.post(packed(alice, size), **{"Content-Encoding": "gzip"})
    assert answer.status_code == status


def test_a_bomb_is_too_large_and_never_goes_off(alice: Phone) -> None:
    bomb = gzip.compress(bytes(100_000_000))
    assert len(bomb) < MAX_REQUEST
    tracemalloc.start()
    try:
        answer = alice.post(bomb, **{"Content-Encoding": "gzip"})
        assert tracemalloc.get_traced_memory()[1] < 5 * MAX_REQUEST
    finally:
        tracemalloc.stop()
    assert (answer.status_code, answer.get_json()) == (413, {"proto": 1, "error": "too_large"})


@pytest.mark.parametrize("encoding", ["br", "deflate", "zstd", "compress", "gzip, gzip", "x"])
def test_other_packings_are_not_known(alice: Phone, encoding: str) -> None:
    answer = alice.post(packed(alice), **{"Content-Encoding": encoding})
    assert (answer.status_code, answer.get_json()) == (415, {"proto": 1, "error": "encoding"})


def spoilt() -> dict[str, bytes]:
    whole = gzip.compress(json.dumps({"schema": 1}).encode())
    return {
        "cut off": whole[:-1],
        "cut in the middle": whole[: len(whole) // 2],
        "nothing at all": b"",
        "a wrong sum": whole[:-5] + bytes([whole[-5] ^ 1]) + whole[-4:],
        "no gzip": b'{"schema":1}',
        "zlib without a header": zlib.compress(b"{}"),
        "followed by something": whole + b"x",
        "followed by a bomb": whole + gzip.compress(bytes(10_000_000)),
    }


@pytest.mark.parametrize("data", spoilt().values(), ids=spoilt())
def test_what_cannot_be_unpacked_is_a_bad_request(alice: Phone, data: bytes) -> None:
    answer = alice.post(data, **{"Content-Encoding": "gzip"})
    assert (answer.status_code, answer.get_json()["error"]) == (400, "bad_request")


def test_gzip_of_no_push_is_a_bad_request(alice: Phone) -> None:
    answer = alice.post(gzip.compress(b"[]"), **{"Content-Encoding": "gzip"})
    assert (answer.status_code, answer.get_json()["error"]) == (400, "bad_request")


def test_a_refusal_names_its_reason() -> None:
    with pytest.raises(WireError) as refused:
        unpacked(b"", "gzip")
    assert refused.value.body["errors"] == {"$": "This is not gzip that can be unpacked."}
