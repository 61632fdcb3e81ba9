"""Whether each fault that was put in is found: `python -m tests.sim.try_broken [NAME…]`."""

import argparse
import sys
import time

from hypothesis.errors import Flaky

from tests.sim.broken import FAULTS, Fault
from tests.sim.run import new_world, play, tell
from tests.sim.world import BrokenPromiseError

MOST = 400


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
    parser.add_argument("--database", default="sqlite", choices=["sqlite", "postgresql"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-shrink", action="store_true")
    asked = parser.parse_args()
    missed = 0
    for fault in FAULTS:
        if asked.names and fault.name not in asked.names:
            continue
        began = time.monotonic()
        found = find(fault, asked.database, asked.seed, shrink=not asked.no_shrink)
        took = time.monotonic() - began
        if found is None:
            missed += 1
            tell(f"NOT FOUND: {fault.said} ({MOST} stories, seed {asked.seed}, {took:.0f} s)")
        else:
            tell(f"{fault.said}: found in story {found[0]}, seed {asked.seed}, {took:.0f} s")
            tell(f"{found[1]}\n")
    return min(missed, 1)


if __name__ == "__main__":
    sys.exit(main())
