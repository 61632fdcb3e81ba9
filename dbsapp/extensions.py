"""The Flask extensions, made once and bound to an app by `create_app`."""

import sqlite3
import time
from typing import TYPE_CHECKING, Any

from flask import Flask, g, has_request_context, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Connection, Engine, MetaData, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """The base of every table; constraints get names so that migrations can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
# The base of every table is `db.Model`; a type checker needs its name spelled out.
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model
migrate = Migrate(directory="migrations", render_as_batch=True, compare_type=True)
login_manager = LoginManager()
csrf = CSRFProtect()
limiter = Limiter(key_func=get_remote_address)


#: How long a writer waits for the others, and how often it looks whether they are done.
BUSY_SECONDS = 10
POLL_SECONDS = 0.0002


def tune_sqlite(app: Flask) -> None:
    """Make SQLite safe for several workers: WAL, a busy timeout, and honest transactions.

    The driver's own BEGIN is deferred: a transaction that reads and then writes can fail with
    SQLITE_BUSY halfway. GET changes no data here, so a GET begins deferred and everything else
    takes the write lock at once; but not before the request is let in (`let_in`), so that nobody
    waits for the lock only to be turned away, or holds it while a body is read.
    """
    with app.app_context():
        engine: Engine = db.engine
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        # Of two that turn the same file to WAL at once, SQLite gives one up without any waiting.
        patiently(connection, "PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=FULL")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        reads_only = has_request_context() and (
            request.method in ("GET", "HEAD") or not g.get("let_in")
        )
        if reads_only:
            connection.exec_driver_sql("BEGIN")
        else:
            begin_writing(connection.connection.driver_connection)


def let_in() -> None:
    """Say that this request may go on: where it writes, what it read until here is over."""
    g.let_in = True
    writes = request.method not in ("GET", "HEAD")
    if writes and db.engine.dialect.name == "sqlite" and db.session().in_transaction():
        db.session.commit()


def begin_writing(connection: Any) -> None:
    """Take the write lock, with BEGIN; raise OperationalError where the others are not done."""
    patiently(connection, "BEGIN IMMEDIATE")


def patiently(connection: Any, statement: str) -> None:
    """Execute what needs a lock of the file, and wait for those who hold it.

    SQLite's own way of waiting for it sleeps longer and longer: what would be a queue of a few
    milliseconds each becomes a tenth of a second for whoever came in a bad moment.

    Raises:
        sqlalchemy.exc.OperationalError: they are not done after BUSY_SECONDS.
    """
    connection.execute("PRAGMA busy_timeout=0")
    patience = time.monotonic() + BUSY_SECONDS
    try:
        while True:
            try:
                connection.execute(statement)
                return
            except sqlite3.OperationalError as error:
                # The low byte says what it is, the rest which kind of it.
                busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                if not busy or time.monotonic() > patience:
                    # In our events nobody else makes it an error of SQLAlchemy, as callers expect.
                    raise OperationalError(statement, None, error) from error
            time.sleep(POLL_SECONDS)
    finally:
        connection.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
