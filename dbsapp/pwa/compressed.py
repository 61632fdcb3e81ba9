"""Brotli at its best level, done once for the same bytes, whichever process asks and when.

The whole site takes three seconds of a core, and every worker of every start would take them
again, at the first visit of a phone. So the compressed form is kept in `instance/`, by its content.
"""

import contextlib
import hashlib
import os
import tempfile
import time
from pathlib import Path

import brotli

from dbsapp.config import ROOT

FOLDER = ROOT / "instance" / "compressed"
#: Of a file that nobody will ask for again, since the page has changed. Others are made anew.
DAYS = 30


def best(body: bytes, folder: Path = FOLDER) -> bytes:
    """Return `body` in brotli. What is kept in `folder` is believed only where it gives `body`."""
    path = folder / hashlib.sha256(body).hexdigest()
    try:
        kept = path.read_bytes()
        if brotli.decompress(kept) == body:
            return kept
    except (OSError, brotli.error):
        pass
    compressed: bytes = brotli.compress(body)
    with contextlib.suppress(OSError):  # a disk that is full or read-only costs time, no more
        _keep(compressed, path)
    return compressed


def _keep(compressed: bytes, path: Path) -> None:
    """Write whole or not at all: another worker may be reading."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    os.close(handle)
    made = Path(name)
    try:
        made.write_bytes(compressed)
        made.replace(path)
    except OSError:
        made.unlink()
        raise


def forget_old(folder: Path = FOLDER) -> None:
    """Throw away what was compressed long ago; for the start of the server."""
    oldest = time.time() - DAYS * 86_400
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if path.stat().st_mtime < oldest:
                path.unlink()
