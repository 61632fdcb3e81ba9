"""Hosts that start at once on an empty database: one makes the tables, the others wait for it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import Connection, create_engine, text

from dbsapp.postgres import MIGRATION_LOCK
from tests.browser.server import Server
from tests.waiting import until

WAITING = text(
    "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database"
    " WHERE datname = current_database() AND locktype = 'advisory' AND NOT granted"
)


def waiting(connection: Connection) -> int:
    count: int = connection.execute(WAITING).scalar_one()
    return count


def test_they_migrate_one_after_the_other(empty_database: str, tmp_path: Path) -> None:
    hosts = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        hosts.append(Server(tmp_path / name, DATABASE_URL=empty_database))
    engine = create_engine(empty_database)
    try:
        with ThreadPoolExecutor() as pool:
            with engine.begin() as connection:
                connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
                starts = [pool.submit(host.start) for host in hosts]
                until(lambda: waiting(connection) == len(hosts), "both hosts to wait")
            for start in starts:
                start.result()
        with engine.connect() as connection:
            versions = connection.execute(text("SELECT count(*) FROM alembic_version"))
            assert versions.scalar_one() == 1
    finally:
        for host in hosts:
            host.stop()
        engine.dispose()
