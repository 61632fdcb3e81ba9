"""The body of a push as it was before it was packed. Pure; a stranger may have packed it."""

import zlib

from dbsapp.sync.protocol import MAX_REQUEST, WireError

#: What `zlib` calls "with the header of gzip".
_GZIP = 16 + zlib.MAX_WBITS


def unpacked(data: bytes, encoding: str) -> bytes:
    """Return `data` without its `Content-Encoding`: gzip, or none at all.

    Unpacking ends one byte over `MAX_REQUEST`, however much would have come.

    Raises:
        WireError: 413 `too_large`, 415 `encoding`, or 400 `bad_request` for gzip that is broken,
            cut off, or followed by something else.
    """
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return data
    if encoding != "gzip":
        raise WireError(415, "encoding")
    gzip = zlib.decompressobj(_GZIP)
    try:
        body = gzip.decompress(data, MAX_REQUEST + 1)
    except zlib.error:
        raise _broken() from None
    if len(body) > MAX_REQUEST:
        raise WireError(413, "too_large")
    if not gzip.eof or gzip.unused_data:
        raise _broken()
    return body


def _broken() -> WireError:
    return WireError(400, "bad_request", errors={"$": "This is not gzip that can be unpacked."})
