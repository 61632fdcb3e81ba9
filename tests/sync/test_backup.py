"""A backup is whole, is one file, and once it is put in place phones notice what it lacks."""

import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from dbsapp import backup, create_app
from dbsapp.extensions import db, limiter
from dbsapp.sync.models import SyncRider
from tests.conftest import app_config
from tests.phones import Phone, sign_in, sign_up

Open = Callable[[Path], Flask]


@pytest.fixture
def open_app() -> Iterator[Open]:
    """Return what makes an app on a database file."""
    apps: list[Flask] = []

    def make(path: Path) -> Flask:
        apps.append(create_app(app_config(f"sqlite:///{path}")))
        limiter.enabled = False
        with apps[-1].app_context():
            db.create_all()
        return apps[-1]

    yield make
    for app in apps:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def live(open_app: Open, tmp_path: Path) -> Flask:
    """Return the app that riders use."""
    return open_app(tmp_path / "live.sqlite3")


@pytest.fixture
def phone(live: Flask) -> Phone:
    return Phone(sign_up(live, "alice"))


def back_up(app: Flask, path: Path) -> Result:
    return app.test_cli_runner().invoke(args=["backup", str(path)])


def restored(open_app: Open, path: Path, phone: Phone) -> Phone:
    """Put the backup in place of the server that `phone` knows; the phone does not notice."""
    device = phone.device
    phone = Phone(sign_in(open_app(path), "alice"))
    phone.device = device
    return phone


def test_after_a_restore_a_phone_pulls_before_it_pushes_and_hears_what_is_sure(
    live: Flask, open_app: Open, phone: Phone, tmp_path: Path
) -> None:
    kept, lost = phone.mutation(), phone.mutation()
    phone.push(kept)
    assert back_up(live, tmp_path / "copy.sqlite3").exit_code == 0
    phone.push(lost)
    cursor = phone.pull()["cursor"]
    epoch = cursor.split(":")[0]

    phone = restored(open_app, tmp_path / "copy.sqlite3", phone)
    refused = phone.send(phone.mutation(), epoch=epoch)
    assert (refused.status_code, refused.get_json()["error"]) == (409, "epoch")
    page = phone.pull(cursor)
    assert (page["reset"], page["since"]) == ("epoch", 1)
    assert list(phone.entries()) == [kept["id"]]
    taken = phone.send(lost, epoch=phone.pull()["cursor"].split(":")[0])
    assert taken.get_json()["results"][0]["status"] == "ok"
    assert set(phone.entries()) == {kept["id"], lost["id"]}


def test_a_restored_server_that_has_moved_on_past_the_phone_is_noticed_too(
    live: Flask, open_app: Open, phone: Phone, tmp_path: Path
) -> None:
    phone.push(phone.mutation())
    back_up(live, tmp_path / "copy.sqlite3")
    phone.push(phone.mutation())
    cursor = phone.pull()["cursor"]

    phone = restored(open_app, tmp_path / "copy.sqlite3", phone)
    laptop = Phone(phone.client)
    laptop.push(*[laptop.mutation() for _ in range(50)])
    assert phone.send(phone.mutation(), epoch=cursor.split(":")[0]).status_code == 409
    page = phone.pull(cursor)
    assert (page["reset"], page["since"], page["changes"]) == ("epoch", 1, [])


def test_the_same_backup_can_be_put_in_place_again_and_again(
    live: Flask, open_app: Open, phone: Phone, tmp_path: Path
) -> None:
    kept = phone.mutation()
    phone.push(kept)
    back_up(live, tmp_path / "copy.sqlite3")
    cursor = phone.pull()["cursor"]
    for n in range(3):
        shutil.copy(tmp_path / "copy.sqlite3", tmp_path / f"restored-{n}.sqlite3")
        phone = restored(open_app, tmp_path / f"restored-{n}.sqlite3", phone)
        assert phone.send(phone.mutation(), epoch=cursor.split(":")[0]).status_code == 409
        page = phone.pull(cursor)
        # Of the first the phone knows what came before; the second forgot the first.
        assert (page["reset"], page["since"]) == ("epoch", 0 if n else 1)
        assert list(phone.entries()) == [kept["id"]]
        phone.push(phone.mutation())
        cursor = phone.pull()["cursor"]


def test_a_state_that_was_put_in_place_by_other_means_is_noticed_by_a_push_and_all_are_told(
    live: Flask, open_app: Open, phone: Phone, tmp_path: Path
) -> None:
    kept, lost = phone.mutation(), [phone.mutation() for _ in range(3)]
    phone.push(kept)
    shutil.copy(tmp_path / "live.sqlite3", tmp_path / "copy.sqlite3")
    shutil.copy(tmp_path / "live.sqlite3-wal", tmp_path / "copy.sqlite3-wal")
    phone.push(lost[0])
    laptop = Phone(phone.client)
    seen_by_laptop = laptop.pull()["cursor"]
    phone.push(*lost[1:])
    epoch, seq = phone.pull()["cursor"].split(":")

    phone = restored(open_app, tmp_path / "copy.sqlite3", phone)
    tablet = Phone(phone.client)
    others = [tablet.mutation() for _ in range(2)]
    tablet.push(*others)
    refused = phone.send(lost[2], epoch=epoch, seq=int(seq))
    assert (refused.status_code, refused.get_json()["error"]) == (409, "epoch")
    assert set(phone.entries()) == {kept["id"], *(one["id"] for one in others)}
    # The laptop's number has been given out again by now.
    page = phone.pull(seen_by_laptop)
    assert (page["reset"], page["since"]) == ("epoch", 0)
    epoch, seq = phone.pull()["cursor"].split(":")
    assert phone.send(lost[2], epoch=epoch, seq=int(seq)).status_code == 200


def test_of_two_workers_that_open_a_copy_at_once_one_rotates(
    live: Flask, phone: Phone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.push(phone.mutation())
    old = phone.pull()["cursor"].split(":")[0]
    back_up(live, tmp_path / "copy.sqlite3")
    both_looked, is_marked = threading.Barrier(2, timeout=30), backup._is_marked

    def look(connection: Any) -> bool:
        marked = is_marked(connection)
        if not connection.in_transaction:
            both_looked.wait()
        return marked

    monkeypatch.setattr(backup, "_is_marked", look)
    apps = [create_app(app_config(f"sqlite:///{tmp_path / 'copy.sqlite3'}")) for _ in range(2)]
    workers = [threading.Thread(target=log_of, args=(app,)) for app in apps]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    monkeypatch.undo()
    first, second = map(log_of, apps)
    assert first == second
    assert (first.prev_epoch, first.epoch_seq, first.seq) == (old, 1, 1)
    assert first.epoch != old


def log_of(app: Flask) -> Any:
    """Return the row of the only log, read through a connection of its own."""
    with app.app_context():
        with db.engine.connect() as connection:
            row = connection.execute(select(SyncRider.__table__)).one()
        db.engine.dispose()
    return row


def test_a_database_without_tables_is_not_copied(tmp_path: Path) -> None:
    done = back_up(create_app(app_config("sqlite://")), tmp_path / "copy.sqlite3")
    assert done.exit_code == 1
    assert "no tables yet" in done.output
    assert not list(tmp_path.iterdir())


def test_the_server_that_was_copied_goes_on_as_before(
    live: Flask, phone: Phone, tmp_path: Path
) -> None:
    phone.push(phone.mutation())
    cursor = phone.pull()["cursor"]
    back_up(live, tmp_path / "copy.sqlite3")
    phone.push(phone.mutation())
    page = phone.pull(cursor)
    assert (page["reset"], len(page["changes"])) == (None, 1)


def test_a_backup_is_one_file_that_only_its_owner_reads(
    live: Flask, phone: Phone, tmp_path: Path
) -> None:
    phone.push(*[phone.mutation() for _ in range(30)])
    (tmp_path / "backups").mkdir()
    done = back_up(live, tmp_path / "backups" / "copy.sqlite3")
    assert "rows in 8 tables, read back." in done.output
    (copy,) = (tmp_path / "backups").iterdir()
    assert copy.stat().st_mode & 0o777 == 0o600


def test_what_is_being_written_meanwhile_waits_for_nobody_and_is_not_in_it(
    live: Flask, open_app: Open, phone: Phone, tmp_path: Path
) -> None:
    phone.push(phone.mutation())
    with closing(sqlite3.connect(tmp_path / "live.sqlite3", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE entry SET kind = 'half done'")
        assert back_up(live, tmp_path / "copy.sqlite3").exit_code == 0
        writer.execute("ROLLBACK")
    (entry,) = restored(open_app, tmp_path / "copy.sqlite3", phone).entries().values()
    assert entry["kind"] == "session"


def test_it_never_overwrites_anything(live: Flask, phone: Phone, tmp_path: Path) -> None:
    older = tmp_path / "copy.sqlite3"
    older.write_text("last week")
    done = back_up(live, older)
    assert done.exit_code == 1
    assert "is there already" in done.output
    assert older.read_text() == "last week"


def test_a_copy_that_lacks_rows_is_thrown_away(
    live: Flask, phone: Phone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = iter([{"sync_rider": 2}, {"sync_rider": 1}])
    monkeypatch.setattr(backup, "_count", lambda _connection: next(counts))
    done = back_up(live, tmp_path / "copy.sqlite3")
    assert done.exit_code == 1
    assert "rows are missing" in done.output
    assert not [one for one in tmp_path.iterdir() if "copy" in one.name]


def test_a_folder_that_is_not_there_is_said_plainly(live: Flask, tmp_path: Path) -> None:
    done = back_up(live, tmp_path / "nowhere" / "copy.sqlite3")
    assert done.exit_code == 1
    assert "could not be written" in done.output


def test_on_postgresql_it_names_what_to_use(postgres: str, tmp_path: Path) -> None:
    app = create_app(app_config(postgres))
    done = back_up(app, tmp_path / "copy.sqlite3")
    assert done.exit_code == 1
    assert "pg_dump" in done.output
    assert "sync rotate-epochs" in done.output
    assert not list(tmp_path.iterdir())
