"""One run each: kill, again and again, while phones push; then count."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from tests.kills.ledger import Tally, tally
from tests.kills.load import Load
from tests.kills.servers import Granian
from tests.postgres import Postgres

#: How many pushes are answered between two kills, at least.
BETWEEN = 10


class Run(NamedTuple):
    """How many kills there were, what they interrupted, and what came of it."""

    kills: int
    interrupted: int
    tally: Tally

    def assert_nothing_lost_or_twice(self) -> None:
        """Check what came of it, and that the kills did hit something."""
        assert self.interrupted > 0
        assert (self.tally.lost, self.tally.twice) == (0, 0)


def kill_workers(server: Granian, kills: int) -> Run:
    """Kill one worker after the other, with the other at work."""
    return _run(server, kills, server.kill_worker)


def kill_workers_on_postgres(server: type[Granian], folder: Path, kills: int) -> Run:
    """Do the same where the database is PostgreSQL."""
    with closing(Postgres()) as postgres:
        postgres.start()
        return kill_workers(server(folder, DATABASE_URL=postgres.address), kills)


def stop_postgres(folder: Path, stops: int) -> Run:
    """Stop PostgreSQL under the app as a power cut would, and start it again."""
    with closing(Postgres()) as postgres:
        postgres.start()

        def power_cut() -> None:
            postgres.stop_immediately()
            postgres.start()

        return _run(Granian(folder, DATABASE_URL=postgres.address), stops, power_cut)


def _run(server: Granian, kills: int, kill: Callable[[], None]) -> Run:
    server.start()
    try:
        with Load(server.url) as load:
            for _ in range(kills):
                load.wait_for(BETWEEN)
                kill()
            load.wait_for(BETWEEN)
        assert server.alive(), server.log.read_text()
        return Run(kills, load.again, tally(server.database, load.savers))
    finally:
        server.stop()
