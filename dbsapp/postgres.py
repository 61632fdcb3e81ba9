"""What a PostgreSQL that is not on this machine needs of us (docs/scale.md)."""

from typing import Any

from flask import Flask
from sqlalchemy import Engine, event, make_url

from dbsapp.extensions import db

#: Whoever migrates holds this advisory lock. Any number does, as long as nothing else locks it.
MIGRATION_LOCK = 0x646273
#: A connection found dead is replaced before it is used; one that cannot be had is not waited for.
POOL = {"pool_pre_ping": True, "pool_timeout": 5}
#: A host that vanished without a word is given up after this: seconds, and ms (a phone's patience).
NETWORK = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 20_000,
}


def set_engine_options(app: Flask) -> None:
    """Add to the options of an engine that talks to PostgreSQL; call it before there is one."""
    if make_url(app.config["SQLALCHEMY_DATABASE_URI"]).get_backend_name() != "postgresql":
        return
    options = app.config["SQLALCHEMY_ENGINE_OPTIONS"]
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {**POOL, "connect_args": NETWORK, **options}


def tune_postgres(app: Flask) -> None:
    """Keep no state in a session where sessions are shared.

    PgBouncer gives each transaction whichever server connection is free, so a statement that was
    prepared in one is unknown in the next. That we talk to a pooler shows in the process number:
    it names itself when it greets us, but the server when it is asked.
    """
    with app.app_context():
        engine: Engine = db.engine
    if engine.dialect.name != "postgresql":
        return

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        asked = connection.execute("SELECT pg_backend_pid()").fetchone()
        connection.rollback()
        if asked[0] != connection.info.backend_pid:
            connection.prepare_threshold = None
