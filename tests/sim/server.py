"""The real app, called in this process, on a database whose every statement may be the last."""

import logging
import threading
import uuid
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

import msgspec
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, event

from dbsapp import create_app, extensions
from dbsapp.accounts import service as accounts
from dbsapp.accounts.models import Rider
from dbsapp.extensions import db, limiter
from dbsapp.logs import kinds
from dbsapp.sync import fresh, group, protocol, service, upkeep
from dbsapp.sync.apply import Outcome, State, apply
from dbsapp.sync.counter import rotation
from dbsapp.sync.models import Entry
from tests.conftest import app_config, empty_tables
from tests.sim.database import Database, Json
from tests.sim.exchange import Answer, Request, Script

#: As the app has them: they are put back once the stories are told.
BEGIN_WRITING, BUSY_SECONDS = extensions.begin_writing, extensions.BUSY_SECONDS
NOW_MS, DECODE = upkeep.now_ms, fresh.decode
ORIGIN = "http://localhost"
#: What this server knows, and what the one of the release before knew.
KINDS = dict(kinds.KINDS)
SINCE = {"effort", "pain_site"}
OLDER_SESSION = msgspec.defstruct(
    "OlderSession",
    [
        (one.name, one.type) if one.required else (one.name, one.type, None)
        for one in msgspec.structs.fields(KINDS["session"])
        if one.name not in SINCE
    ],
    kw_only=True,
)
OLDER_KINDS = {**KINDS, "session": OLDER_SESSION}
del OLDER_KINDS["morning"]
SCHEMA, NEWER_SCHEMA = protocol.MIN_SCHEMA, protocol.SCHEMA + 1


def _look_closer(data: bytes) -> fresh.Fresh | None:
    return None


class Server(Database):
    """The app on `address`, with Alice and Bob."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.app: Flask = create_app(app_config(address))
        limiter.enabled = False
        extensions.BUSY_SECONDS = 0  # who finds the database locked is turned away at once
        logging.getLogger("dbsapp").setLevel(logging.CRITICAL)  # what befalls it is the story's
        self.now = 0
        self.local = threading.local()
        with self.app.app_context():
            self.engine = db.engine
            self._listen()
            db.drop_all()
            db.create_all()
        self.sqlite = self.engine.dialect.name == "sqlite"
        #: Entries over which it breaks.
        self.poison: set[str] = set()
        upkeep.now_ms = lambda: self.now
        self._breaking = mock.patch.object(group, "apply", self._apply)
        self._breaking.start()
        self._tables = [table for table in db.metadata.sorted_tables if "rider" in str(table.c)]

    def _listen(self) -> None:
        @event.listens_for(self.engine, "before_cursor_execute")
        def on_statement(_connection: Any, _cursor: Any, statement: str, *_args: Any) -> None:
            self._reach(writes=not statement.startswith(("BEGIN", "SELECT")))

        def begin_writing(connection: Any) -> None:
            self._reach(writes=False)
            BEGIN_WRITING(connection)

        extensions.begin_writing = begin_writing

        @event.listens_for(self.engine, "commit")
        def on_commit(connection: Connection) -> None:
            script: Script | None = getattr(self.local, "script", None)
            if script and script.what and not script.at and script.writes:
                if script.what == "die":
                    connection.invalidate()  # what a dead process held, the database takes back
                script.befall()

        @event.listens_for(self.engine, "connect")
        def on_connect(connection: Any, _record: Any) -> None:
            if self.engine.dialect.name == "sqlite":
                connection.execute("PRAGMA synchronous=OFF")

    def _reach(self, *, writes: bool) -> None:
        """Have befall what is to befall at the next statement."""
        script: Script | None = getattr(self.local, "script", None)
        if script and script.what:
            script.seen += 1
            script.writes = script.writes or writes
            if script.seen == script.at:
                script.befall()

    def _apply(self, state: State, *change: Any) -> Outcome:
        if str(state.id) in self.poison:
            raise RuntimeError("something that nobody foresaw")
        return apply(state, *change)

    def begin(self, now: int) -> None:
        """Begin a story: two riders without entries."""
        self.now = now
        self.poison.clear()
        self.set_version(older=False)
        self.set_min_schema(SCHEMA)
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

    def back_up(self) -> dict[str, list[Any]]:
        """Return all rows of the riders: a backup."""
        with self.reader.connect() as connection:
            return {
                table.name: [dict(row._mapping) for row in connection.execute(table.select())]
                for table in self._tables
            }

    def restore(self, backup: dict[str, list[Json]]) -> None:
        """Put a backup in the place of everything, and rotate the epochs (dbsapp/backup.py)."""
        with self.app.app_context(), self.engine.begin() as connection:
            for table in reversed(self._tables):
                connection.execute(table.delete())
            for table in self._tables:
                if rows := backup[table.name]:
                    connection.execute(table.insert(), rows)
            connection.execute(rotation())

    def save(self, rider: str, entry: str, op: str, **what: Json) -> str:
        """Save a change as a form on the server does; return how it was answered."""
        with self.app.app_context():
            old = db.session.get_one(Entry, (self.riders[rider].id, uuid.UUID(entry)))
            fields = {"id": old.id, "base_rev": old.rev, **what}
            change = service.new_mutation(old.kind, op, self.now, **fields)
            status: str = service.save(self.riders[rider].id, change, self.now)["status"]
            db.session.commit()
            db.session.remove()
            return status

    def prune(self) -> None:
        """Clear away what is past its time."""
        with self.app.app_context():
            upkeep.prune(self.now)
            db.session.remove()

    def set_version(self, *, older: bool) -> None:
        """Put another release in place: an older one knows fewer fields and kinds."""
        kinds.KINDS.clear()
        kinds.KINDS.update(OLDER_KINDS if older else KINDS)
        # What reads new entries in one go was made of the kinds of today.
        fresh.decode = _look_closer if older else DECODE

    def set_min_schema(self, least: int) -> None:
        """Ask for apps that are at least so new."""
        protocol.MIN_SCHEMA = least

    def delete_account(self, rider: str) -> None:
        """Delete an account, if it is there."""
        with self.app.app_context():
            if found := db.session.get(Rider, self.riders[rider].id):
                accounts.delete_account(found)
                db.session.commit()
            db.session.remove()

    def close(self) -> None:
        """End, and leave the app as it was to whoever comes after."""
        extensions.begin_writing, extensions.BUSY_SECONDS = BEGIN_WRITING, BUSY_SECONDS
        upkeep.now_ms = NOW_MS
        self._breaking.stop()
        self.set_version(older=False)
        self.set_min_schema(SCHEMA)
        logging.getLogger("dbsapp").setLevel(logging.NOTSET)
        with self.app.app_context():
            db.session.remove()
            self.engine.dispose()
        self.reader.dispose()
