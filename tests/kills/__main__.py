"""`make kills`: the full count of each kind of kill; exits with 1 if anything is lost or twice."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.kills.chromium import kill_chromium
from tests.kills.runs import Run, kill_workers, kill_workers_on_postgres, stop_postgres
from tests.kills.servers import Granian, Gunicorn

ROW = "{:<44}{:>6}{:>13}{:>8}{:>6}{:>7}"


def _in_chromium(folder: Path) -> Run:
    with sync_playwright() as playwright:
        return kill_chromium(playwright, folder, 50)


KINDS: dict[str, Callable[[Path], Run]] = {
    "granian worker, SQLite": lambda folder: kill_workers(Granian(folder), 100),
    "gunicorn worker, SQLite": lambda folder: kill_workers(Gunicorn(folder), 100),
    "granian worker, PostgreSQL": lambda folder: kill_workers_on_postgres(Granian, folder, 100),
    "gunicorn worker, PostgreSQL": lambda folder: kill_workers_on_postgres(Gunicorn, folder, 100),
    "PostgreSQL, pg_ctl stop -m immediate": lambda folder: stop_postgres(folder, 20),
    "Chromium, in the middle of saving": _in_chromium,
}


def main() -> int:
    """Run every kind and print a line for each; return 1 if one broke the promise."""
    print(ROW.format("killed", "kills", "interrupted", "saved", "lost", "twice"), flush=True)
    broken = 0
    for kind, kill in KINDS.items():
        with tempfile.TemporaryDirectory() as folder:
            kills, interrupted, tally = kill(Path(folder))
        print(ROW.format(kind, kills, interrupted, *tally), flush=True)
        broken += tally.lost + tally.twice
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
