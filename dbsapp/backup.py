"""`flask --app app backup PATH`: a copy of an SQLite database, ready to be put in its place.

In the copy every log has a new epoch already. Whoever restores it need not think of it: phones
notice that the server has gone back in time, and bring what it has lost (docs/backup.md).
"""

import os
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import create_engine

from dbsapp.extensions import db
from dbsapp.sync.counter import rotation

Counts = dict[str, int]

NOT_SQLITE = (
    "This database is PostgreSQL: back it up with pg_dump, or with a base backup and its WAL for "
    "any point in time. Once it is restored, and before the app serves again, run: "
    "flask --app app sync rotate-epochs"
)


@click.command("backup")
@click.argument("path", type=click.Path(path_type=Path))
@with_appcontext
def command(path: Path) -> None:
    """Copy the SQLite database to PATH while the app runs; read the copy back."""
    counts = back_up(path)
    click.echo(f"{path}: {sum(counts.values()):,} rows in {len(counts)} tables, read back.")


def back_up(path: Path) -> Counts:
    """Copy the database to `path`, which must not exist; return the rows of each table.

    The file is there once it is whole, on the disk and read back, and not before.

    Raises:
        click.ClickException: this is no SQLite, `path` cannot be written, or the copy is wrong.
    """
    if db.engine.dialect.name != "sqlite":
        raise click.ClickException(NOT_SQLITE)
    if path.exists():
        raise click.ClickException(f"{path} is there already, and is left as it is.")
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        # What riders wrote is for nobody else to read.
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        counts = _copy_to(part)
        _rotate_epochs(part)
        _read_back(part, counts)
        _reach_the_disk(part)
        part.rename(path)
        _reach_the_disk(path.parent)
    except (OSError, sqlite3.Error) as error:
        raise click.ClickException(f"{path} could not be written: {error}.") from error
    finally:
        part.unlink(missing_ok=True)
    return counts


def _copy_to(part: Path) -> Counts:
    """Copy the database as it is at this moment, and count its rows at the same moment.

    A reading transaction holds the moment; with WAL, writers do not wait for it.
    """
    source = db.engine.raw_connection()
    connection = source.driver_connection
    if not isinstance(connection, sqlite3.Connection):
        raise TypeError(type(connection))
    try:
        connection.execute("BEGIN")
        counts = _count(connection)
        with closing(sqlite3.connect(part)) as copy:
            connection.backup(copy)
            # The copy is one file, without a log beside it, wherever it is carried.
            copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        connection.rollback()
        source.close()
    return counts


def _rotate_epochs(part: Path) -> None:
    engine = create_engine(f"sqlite:///{part}")
    with engine.begin() as connection:
        connection.execute(rotation())
    engine.dispose()


def _read_back(part: Path, counts: Counts) -> None:
    with closing(sqlite3.connect(f"{part.absolute().as_uri()}?mode=ro", uri=True)) as copy:
        wrong = [row[0] for row in copy.execute("PRAGMA integrity_check") if row[0] != "ok"]
        loose = copy.execute("PRAGMA foreign_key_check").fetchall()
        wrong += [f"a row of {table} hangs loose" for table, *_ in loose]
        if _count(copy) != counts:
            wrong.append("rows are missing")
    if wrong:
        raise click.ClickException(f"The copy is not right and was thrown away: {wrong[0]}.")


def _count(connection: sqlite3.Connection) -> Counts:
    named = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    names = [name for (name,) in connection.execute(named).fetchall()]
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for name in names
    }


def _reach_the_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
