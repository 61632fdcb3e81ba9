"""`flask --app app backup PATH`: a copy of an SQLite database, ready to be put in its place.

The copy is marked. The app that opens a marked database first gives every log a new epoch: whoever
restores a copy, as often as they like, need not think of it, and phones notice that the server has
gone back in time, and bring what it has lost (docs/backup.md).
"""

import os
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy import event
from sqlalchemy.dialects import sqlite

from dbsapp.extensions import begin_writing, db
from dbsapp.sync.counter import rotation
from dbsapp.sync.models import SyncRider

Counts = dict[str, int]

#: `PRAGMA user_version` of a copy that nobody has opened yet. We use it for nothing else.
MARK = 1

NOT_SQLITE = (
    "This database is PostgreSQL: back it up with pg_dump, or with a base backup and its WAL for "
    "any point in time. Once it is restored, and before the app serves again, run: "
    "flask --app app sync rotate-epochs"
)


def heed_mark(app: Flask) -> None:
    """Rotate the epochs of a copy that was put in place, before anything else is done in it.

    Call it after `tune_sqlite`: of several workers that open the copy at once, one writes, and the
    others wait for it and find no mark.
    """
    with app.app_context():
        engine = db.engine
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        if not _is_marked(connection):
            return
        begin_writing(connection)
        if _is_marked(connection):
            statement = rotation().compile(dialect=sqlite.dialect(paramstyle="named"))
            connection.execute(str(statement), statement.params)
            connection.execute("PRAGMA user_version=0")
        connection.execute("COMMIT")


def _is_marked(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA user_version").fetchone() == (MARK,))


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
        if SyncRider.__tablename__ not in counts:
            raise click.ClickException("This database has no tables yet: there is nothing to copy.")
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
            copy.execute(f"PRAGMA user_version={MARK}")
    finally:
        connection.rollback()
        source.close()
    return counts


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
