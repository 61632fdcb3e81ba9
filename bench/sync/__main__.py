"""Measure everything: `python -m bench.sync [PART …]`, with ENTRIES= and RIDERS= for less of it."""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.sync import browser, clients, crowd, floor, growth, twin

ENTRIES = int(os.environ.get("ENTRIES", "10000"))


def main(parts: list[str]) -> None:
    """Measure the parts that are named, or all of them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        known: dict[str, Callable[[], object]] = {
            "clients": lambda: clients.main(ENTRIES, folder),
            "browser": lambda: browser.main(ENTRIES, folder),
            "floor": lambda: floor.main(ENTRIES),
            "twin": lambda: twin.main(folder),
            "crowd": crowd.main,
            "growth": growth.main,
        }
        for part in parts or known:
            known[part]()


if __name__ == "__main__":
    main(sys.argv[1:])
