"""Measure everything: `python -m bench.sync [PART …]`, with ENTRIES= and RIDERS= for less of it."""

import os
import tempfile
from pathlib import Path

from bench.sync import clients

ENTRIES = int(os.environ.get("ENTRIES", "10000"))


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        clients.main(ENTRIES, Path(name))


if __name__ == "__main__":
    main()
