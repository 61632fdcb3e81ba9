"""What `make run` does after set-up: look before leaping, migrate, start the server."""

import errno
import os
import socket

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade
from granian import Granian
from granian.constants import Interfaces
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from dbsapp import create_app
from dbsapp.config import ROOT, Settings
from dbsapp.extensions import db
from dbsapp.pwa import compressed

WORKERS = 2
#: Of each worker. More would not answer faster: they would only crowd before SQLite's one lock,
#: where whoever waits too long is turned away. Whoever finds no thread waits in line.
THREADS = 4


class StartError(Exception):
    """A reason not to start; its text is one sentence that says what to do."""


def serve(settings: Settings) -> None:
    """Check the port, the content and the database, then serve until stopped.

    Raises:
        StartError: the port is taken, or the database cannot be used.
        ContentError: a content file is wrong.
    """
    check_port(settings.host, settings.port)
    migrate_database(create_app())
    compressed.forget_old()
    # The workers make their own app from the environment, which must name the same secret.
    os.environ["SECRET_KEY"] = settings.secret_key
    where = f"http://{settings.host}:{settings.port}"
    print(f"{settings.site_name} is on {where} – stop with Ctrl+C", flush=True)
    server = Granian(
        "app:app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        # One that was killed, when memory was short, say, must not take the others with it.
        respawn_failed_workers=True,
        websockets=False,
        # A worker that hears Ctrl+C twice, or before it is up, may never end by itself.
        workers_kill_timeout=2,  # seconds
        log_level="warning",  # type: ignore[arg-type]
        working_dir=ROOT,
    )
    server.serve()


def check_port(host: str, port: int) -> None:
    """Raise StartError unless `port` of `host` is free."""
    try:
        family, kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror:
        raise StartError(f"HOST is {host!r}, which is no address of this machine.") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise StartError(
                f"Port {port} is taken by another program; stop it, or choose another: "
                f"PORT={port + 1} make run"
            ) from None
        raise StartError(
            f"Cannot listen on {host}:{port}: {error.strerror}; set HOST and PORT."
        ) from None


def migrate_database(app: Flask) -> None:
    """Bring the database to this code's tables; raise StartError where that cannot be."""
    scripts = ScriptDirectory(str(ROOT / "migrations"))
    with app.app_context():
        shown = db.engine.url.render_as_string(hide_password=True)
        try:
            with db.engine.connect() as connection:
                current = MigrationContext.configure(connection).get_current_revision()
            if current is not None and current not in {
                s.revision for s in scripts.walk_revisions()
            }:
                raise StartError(
                    f"The database at {shown} is newer than this code (revision {current}); "
                    "update the code, or restore the backup from before the update."
                )
            if current != scripts.get_current_head():
                upgrade()
        except SQLAlchemyError as error:
            reason = str(error.orig if isinstance(error, DBAPIError) else error).splitlines()[0]
            raise StartError(
                f"Cannot use the database at {shown} ({reason}); check DATABASE_URL."
            ) from None
        finally:
            db.engine.dispose()
