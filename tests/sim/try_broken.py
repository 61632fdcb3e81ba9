"""Whether each fault that was put in is found: `python -m tests.sim.try_broken [NAME…]`.

Each must be found on SQLite and on PostgreSQL, unless `--database` names one of them.
"""

import argparse
import itertools
import sys
import time

from hypothesis.errors import Flaky

from tests.sim.broken import FAULTS, Fault
from tests.sim.run import new_world, play, tell
from tests.sim.world import BrokenPromiseError

MOST = 400
DATABASES = ("sqlite", "postgresql")


def find(fault: Fault, database: str, seed: int, *, shrink: bool) -> tuple[int, str] | None:
    """Play until `fault` is found; return after how many stories, and what was said."""
    with new_world(database, fault.in_phones) as world, fault.put_in():
        try:
            play(world, MOST, seed, shrink=shrink, quietly=True, only=fault.rules)
        except (BrokenPromiseError, Flaky):
            return world.failed_at, world.last_words
    return None


def main() -> int:
    """Look for each fault; 1 if one was not found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", choices=[*(fault.name for fault in FAULTS), []])
    parser.add_argument("--database", nargs="*", default=DATABASES, choices=DATABASES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-shrink", action="store_true")
    asked = parser.parse_args()
    faults = [fault for fault in FAULTS if not asked.names or fault.name in asked.names]
    missed = 0
    for fault, database in itertools.product(faults, asked.database):
        began = time.monotonic()
        found = find(fault, database, asked.seed, shrink=not asked.no_shrink)
        how = f"on {database}, seed {asked.seed}, {time.monotonic() - began:.0f} s"
        if found is None:
            missed += 1
            tell(f"NOT FOUND: {fault.said} (in {MOST} stories {how})")
        else:
            tell(f"{fault.said}: found in story {found[0]} {how}")
            tell(f"{found[1]}\n")
    return min(missed, 1)


if __name__ == "__main__":
    sys.exit(main())
