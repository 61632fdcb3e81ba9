"""A server that came back from a backup: what it lost is offered on the page about the sync."""

import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import pytest

from tests.browser.conftest import Launch
from tests.browser.engines import Chromium
from tests.browser.faults.riders import ask, notes, on_the_server, sign_up, sync
from tests.browser.server import ROOT, Server
from tests.kills.wire import Wire

LOST = "The server lost this one. It is safe on this phone."
MISSING = "The server came back from a backup that is older than this. “Try again” sends it up."
OLDER = (
    "The server came back from a backup, and has another version of this."
    " “Try again” sends yours up, “Discard” takes the server's."
)
SAVE = """
const body = { date: "2026-03-01", duration_s: 600, notes: argument };
return (await book.create("session", body)).id;
"""
SAVE_TWO = """
for (const n of [1, 2])
  await book.create("session", { date: "2026-03-01", duration_s: 600, notes: `${argument} ${n}` });
"""
EDIT = "await book.edit(argument, { set: { notes: 'changed' } });"


def back_up(data: Path) -> Path:
    """Copy the database of the server that keeps it in `data`, as an operator does."""
    copy = data / "backup.sqlite3"
    command = [sys.executable, "-m", "flask", "--app", "app", "backup", str(copy)]
    env = {"DATABASE_URL": f"sqlite:///{data / 'server.sqlite3'}", "SECRET_KEY": "for-the-tests"}
    subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True)
    return copy


def restore(server: Server, data: Path, copy: Path) -> None:
    """Put `copy` in the place of the server's database."""
    server.stop()
    for suffix in ("-wal", "-shm"):
        (data / f"server.sqlite3{suffix}").unlink(missing_ok=True)
    copy.replace(data / "server.sqlite3")
    server.start()


def bodies(wire: Wire) -> list[str]:
    """Return the notes of what the server has."""
    return sorted(change["body"]["notes"] for change in on_the_server(wire))


Restored = tuple[Chromium, Wire]


@pytest.fixture
def restored(launch: Launch, server: Server, tmp_path: Path) -> Any:
    """Return what has a phone do something that the server then loses, and a way past the phone.

    The server holds one session of it, with the notes "as it was".
    """

    def play(deed: str) -> Restored:
        phone = cast("Chromium", launch("Chromium"))
        wire = sign_up(phone, server, "alice")
        phone.open(f"{server.url}/log/")
        first = ask(phone.page, SAVE, "as it was")
        assert sync(phone.page) == "idle"
        copy = back_up(tmp_path)
        ask(phone.page, deed, first if deed == EDIT else "new")
        assert sync(phone.page) == "idle"
        restore(server, tmp_path, copy)
        phone.open(f"{server.url}/settings/sync")
        phone.wait_for_text(LOST)
        return phone, wire

    return play


def test_what_is_missing_there_is_offered_and_goes_up_once_it_is_tried_again(restored: Any) -> None:
    phone, wire = restored(SAVE)
    phone.wait_for_text(MISSING)
    assert bodies(wire) == ["as it was"]
    phone.click("Try again")
    phone.wait_for_text("The server has it just as it is here.")
    assert bodies(wire) == ["as it was", "new"]
    assert notes(phone.page) == ["as it was synced", "new synced"]


def test_all_that_is_missing_there_goes_up_by_one_tap(restored: Any) -> None:
    phone, wire = restored(SAVE_TWO)
    assert bodies(wire) == ["as it was"]
    phone.click("Send all 2 again")
    phone.wait_for_text("All 2 go up again.")
    assert phone.page.evaluate("document.activeElement.textContent") == "All 2 go up again."
    phone.wait_for_text("All synced")
    assert bodies(wire) == ["as it was", "new 1", "new 2"]
    assert phone.page.get_by_role("button", name="Send all").count() == 0


def test_what_is_older_there_is_offered_and_goes_up_once_it_is_tried_again(restored: Any) -> None:
    phone, wire = restored(EDIT)
    phone.wait_for_text(OLDER)
    assert bodies(wire) == ["as it was"]
    phone.click("Try again")
    phone.wait_for_text("The server has it just as it is here.")
    assert bodies(wire) == ["changed"]
    assert notes(phone.page) == ["changed synced"]


def test_of_what_is_older_there_the_servers_version_can_be_taken(restored: Any) -> None:
    phone, wire = restored(EDIT)
    phone.wait_for_text(OLDER)
    phone.click("Discard")
    phone.click("Discard for good")
    phone.wait_for_text("All synced")
    assert bodies(wire) == ["as it was"]
    assert notes(phone.page) == ["as it was synced"]
