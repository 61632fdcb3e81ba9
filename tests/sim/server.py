"""The real app, called in this process, on a database whose every statement may be the last."""

import logging
import secrets
import threading
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from dbsapp import create_app
from dbsapp.accounts import service as accounts
from dbsapp.accounts.models import Rider
from dbsapp.extensions import db, limiter
from dbsapp.sync import service, upkeep
from dbsapp.sync.counter import rotation
from dbsapp.sync.models import Entry, EntryRev, SyncMutation, SyncRider
from tests.conftest import app_config, empty_tables

Json = dict[str, Any]
ORIGIN = "http://localhost"


class DiedError(BaseException):
    """The server process was killed here."""


@dataclass
class Request:
    """A request of a phone, as it left it."""

    page: str
    method: str
    path: str
    headers: Json
    body: bytes | None = None

    @property
    def is_push(self) -> bool:
        return self.path.endswith("/push")


@dataclass
class Answer:
    """What a phone gets; `body` as text."""

    status: int
    headers: dict[str, str]
    body: str


@dataclass
class Script:
    """What befalls a request inside the server: at its statement number `at`, or (0) its commit."""

    what: str
    at: int = 0
    seen: int = 0
    reached: SimpleQueue[str] = field(default_factory=SimpleQueue)
    go_on: threading.Event = field(default_factory=threading.Event)

    def befall(self) -> None:
        """Do it."""
        what, self.what = self.what, ""
        if what == "die":
            raise DiedError
        if what == "busy":
            raise OperationalError("BEGIN", {}, Exception("database is locked"))
        if what == "hold":
            self.reached.put("held")
            self.go_on.wait()


class Held:
    """A request that stands inside the server, and holds whatever locks it has."""

    def __init__(self, server: "Server", client: FlaskClient, request: Request, at: int) -> None:
        self.script = Script("hold", at)
        self.answer: Answer | None = None
        self.error: BaseException | None = None
        self.thread = threading.Thread(target=self._run, args=(server, client, request))
        self.thread.start()
        self.script.reached.get()

    def _run(self, server: "Server", client: FlaskClient, request: Request) -> None:
        try:
            self.answer = server.ask(client, request, self.script)
        except BaseException as error:
            self.error = error
        self.script.reached.put("done")

    def release(self) -> Answer:
        """Let it go on to its end, and return its answer."""
        self.script.go_on.set()
        self.thread.join()
        if self.error:
            raise self.error
        assert self.answer
        return self.answer


class Server:
    """The app on `address`, with Alice and Bob."""

    def __init__(self, address: str) -> None:
        self.app: Flask = create_app(app_config(address))
        limiter.enabled = False
        logging.getLogger("dbsapp").setLevel(logging.CRITICAL)  # what befalls it is the story's
        self.now = 0
        self.local = threading.local()
        self.riders: dict[str, Rider] = {}
        with self.app.app_context():
            self.engine = db.engine
            self._listen()
            db.drop_all()
            db.create_all()
        self.sqlite = self.engine.dialect.name == "sqlite"
        # Reads what is committed, beside requests that stand still with a lock in their hand.
        self.reader = sa.create_engine(address, isolation_level="AUTOCOMMIT")
        upkeep.now_ms = lambda: self.now
        self._tables = [table for table in db.metadata.sorted_tables if "rider" in str(table.c)]

    def _listen(self) -> None:
        @event.listens_for(self.engine, "before_cursor_execute")
        def on_statement(*_args: Any) -> None:
            script: Script | None = getattr(self.local, "script", None)
            if script and script.what:
                script.seen += 1
                if script.seen == script.at:
                    script.befall()

        @event.listens_for(self.engine, "commit")
        def on_commit(connection: Connection) -> None:
            script: Script | None = getattr(self.local, "script", None)
            if script and script.what and not script.at:
                if script.what == "die":
                    connection.invalidate()  # what a dead process held, the database takes back
                script.befall()

        @event.listens_for(self.engine, "connect")
        def on_connect(connection: Any, _record: Any) -> None:
            if self.engine.dialect.name == "sqlite":
                connection.execute("PRAGMA busy_timeout=0")
                connection.execute("PRAGMA synchronous=OFF")

    def begin(self, now: int) -> None:
        """Begin a story: two riders without entries."""
        self.now = now
        with self.app.app_context():
            empty_tables()
            for name in ("alice", "bob"):
                rider = accounts.register(f"{name}@example.com", "saddle sore no more")
                self.riders[name] = rider
            db.session.commit()
            db.session.remove()

    def client(self) -> FlaskClient:
        """Return a browser of its own, with its cookies."""
        return self.app.test_client()

    def sign_in(self, client: FlaskClient, name: str) -> None:
        """Give the browser the cookie of `name`; the way there has tests of its own."""
        self.sign_out(client)
        with client.session_transaction() as session:
            session["_user_id"] = self.riders[name].get_id()
            session["_fresh"] = True

    def sign_out(self, client: FlaskClient) -> None:
        """Take the browser's cookies away."""
        for name in ("session", "remember_token"):
            client.delete_cookie(name)

    def ask(self, client: FlaskClient, request: Request, script: Script | None = None) -> Answer:
        """Answer a request.

        Raises:
            DiedError: the script says so.
        """
        self.local.script = script
        url = urlsplit(request.path)
        try:
            response = client.open(
                url.path,
                query_string=url.query,
                method=request.method,
                headers={**request.headers, "Origin": ORIGIN},
                data=request.body,
            )
        finally:
            self.local.script = None
        headers = {name.lower(): value for name, value in response.headers}
        return Answer(response.status_code, headers, response.get_data(as_text=True))

    def is_waiting(self) -> bool:
        """Tell whether some request waits for another's lock (PostgreSQL)."""
        with self.reader.connect() as connection:
            waiting = sa.text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type='Lock'")
            return bool(connection.execute(waiting).scalar())

    def copy(self) -> dict[str, list[Any]]:
        """Return all rows of the riders: a backup."""
        with self.reader.connect() as connection:
            return {
                table.name: [dict(row._mapping) for row in connection.execute(table.select())]
                for table in self._tables
            }

    def back_up(self) -> dict[str, list[Json]]:
        """Return what `flask backup` makes: in the copy, each log has a new epoch already."""
        backup = self.copy()
        for log in backup[SyncRider.__tablename__]:
            log |= {"prev_epoch": log["epoch"], "epoch_seq": log["seq"]}
            log["epoch"] = secrets.token_hex(4)
        return backup

    def restore(self, backup: dict[str, list[Json]]) -> None:
        """Put a backup in the place of everything; accounts stay as they are."""
        with self.app.app_context(), self.engine.begin() as connection:
            for table in reversed(self._tables):
                connection.execute(table.delete())
            for table in self._tables:
                if rows := backup[table.name]:
                    connection.execute(table.insert(), rows)

    def rows(self, rider: str) -> tuple[list[Json], list[Json], list[Json]]:
        """Return a rider's entries, revisions and answers."""
        rider_id = self.riders[rider].id
        with self.reader.connect() as connection:
            return tuple(  # type: ignore[return-value]
                [
                    dict(row._mapping)
                    for row in connection.execute(
                        sa.select(model.__table__).where(model.rider_id == rider_id)
                    )
                ]
                for model in (Entry, EntryRev, SyncMutation)
            )

    def log(self, rider: str) -> Json:
        """Return the row of a rider's log."""
        with self.reader.connect() as connection:
            row = connection.execute(
                sa.select(SyncRider.__table__).where(SyncRider.rider_id == self.riders[rider].id)
            ).one()
            return dict(row._mapping)

    def newest(self, rider: str) -> int:
        """Return the last number that an entry of a rider has."""
        newest = sa.select(sa.func.max(Entry.seq)).where(Entry.rider_id == self.riders[rider].id)
        with self.reader.connect() as connection:
            return connection.execute(newest).scalar() or 0

    def answered(self, mutation_ids: Iterable[str]) -> dict[str, str]:
        """Return how those of `mutation_ids` were answered that were answered for good."""
        wanted = [uuid.UUID(one) for one in mutation_ids]
        asked = sa.select(SyncMutation.mutation_id, SyncMutation.status).where(
            SyncMutation.mutation_id.in_(wanted)
        )
        with self.reader.connect() as connection:
            return {str(row.mutation_id): row.status for row in connection.execute(asked)}

    def save(self, rider: str, entry: str, set_: Json) -> str:
        """Save an edit as a form on the server does; return how it was answered."""
        with self.app.app_context():
            old = db.session.get_one(Entry, (self.riders[rider].id, uuid.UUID(entry)))
            fields = {"id": old.id, "base_rev": old.rev, "set": set_}
            change = service.new_mutation(old.kind, "patch", self.now, **fields)
            status: str = service.save(self.riders[rider].id, change, self.now)["status"]
            db.session.commit()
            db.session.remove()
            return status

    def prune(self) -> None:
        """Clear away what is past its time."""
        with self.app.app_context():
            upkeep.prune(self.now)
            db.session.remove()

    def rotate_epochs(self) -> None:
        """Do what is to be done after a restore."""
        with self.app.app_context():
            db.session.execute(rotation())
            db.session.commit()
            db.session.remove()

    def close(self) -> None:
        """End."""
        with self.app.app_context():
            db.session.remove()
            self.engine.dispose()
        self.reader.dispose()
