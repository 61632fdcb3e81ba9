"""Play stories: `python -m tests.sim.run sqlite --episodes 1000`; prints what it met."""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import msgspec
from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.postgres import running_server
from tests.sim.machine import bound
from tests.sim.phones import Phones
from tests.sim.server import Server
from tests.sim.world import World

STEPS = 16


@contextmanager
def database(kind: str) -> Iterator[str]:
    """Start a database and yield its address."""
    if kind == "postgresql":
        with running_server() as address:
            yield address
        return
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{Path(folder) / 'sim.sqlite3'}"


@contextmanager
def new_world(kind: str, broken: str | None = None) -> Iterator[World]:
    """Start server and phones."""
    with database(kind) as address, Phones(broken) as phones:
        server = Server(address)
        try:
            yield World(server, phones)
        finally:
            server.close()


def play(
    world: World,
    episodes: int,
    seed: int | None,
    *,
    shrink: bool = True,
    quietly: bool = False,
    only: Container[str] = (),
) -> None:
    """Play `episodes` stories; without a seed always the same ones. `only` names the rules.

    Raises:
        BrokenPromiseError: an invariant fell; printed with the shrunk story.
    """
    machine = bound(world, only)
    phases = [Phase.generate, Phase.shrink] if shrink else [Phase.generate]
    chosen = settings(
        max_examples=episodes,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        derandomize=seed is None,
        phases=phases,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        verbosity=Verbosity.quiet if quietly else Verbosity.normal,
    )
    if seed is not None:
        machine = hypothesis.seed(seed)(machine)
    run_state_machine_as_test(machine, settings=chosen)


def tell(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def summary(met: Counter[str]) -> str:
    """Return which faults were met how often."""
    return ", ".join(f"{what} {count}" for what, count in sorted(met.items()))


def main() -> int:
    """Play as the command line says; 1 if a promise was broken."""
    parser = argparse.ArgumentParser()
    parser.add_argument("database", choices=["sqlite", "postgresql"])
    parser.add_argument("--episodes", type=int, default=1000)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--no-shrink", action="store_true")
    parser.add_argument("--report", type=Path, help="write what was met to this file")
    asked = parser.parse_args()
    began = time.monotonic()
    with new_world(asked.database) as world:
        try:
            play(world, asked.episodes, asked.seed, shrink=not asked.no_shrink)
        finally:
            if asked.report:
                said = {"episodes": world.episodes, "met": world.met}
                asked.report.write_bytes(msgspec.json.encode(said))
            took = time.monotonic() - began
            tell(
                f"{world.episodes} episodes on {asked.database} in {took:.0f} s; met: "
                f"{summary(world.met)}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
