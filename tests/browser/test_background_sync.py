"""Chromium wakes a worker with no page open: what waited is sent then."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.browser.conftest import Launch
from tests.browser.engines import Chromium
from tests.browser.server import Server
from tests.browser.story import register, visit_until_ready
from tests.waiting import until

BOOK = "(await import('/static/js/data/logbook.js')).openLogbook()"
SCOPE = "/static/js/bg/"
SESSION = '{date: "2026-03-01", duration_s: 600, tz: "Europe/Berlin", source: "manual", notes: %r}'
#: What the browser was asked to wake the worker for.
TAGS = f"navigator.serviceWorker.getRegistration('{SCOPE}').then(({{sync}}) => sync.getTags())"
READY = (
    f"navigator.serviceWorker.getRegistration('{SCOPE}')"
    f".then((one) => one.scope.endsWith('{SCOPE}') && one.active?.state === 'activated')"
)


def save(phone: Chromium, notes: str) -> str:
    """Save a session with these notes; return what the sync comes to."""
    create = f"book.create('session', {SESSION % notes})"
    answer = phone.js(f"(async (book) => (await {create}, book.syncNow()))(await {BOOK})")
    return str(answer["state"])


def notes_on_the_server(folder: Path) -> list[str]:
    """Return the notes of every entry that the server holds."""
    with closing(sqlite3.connect(folder / "server.sqlite3")) as db:
        rows = db.execute("SELECT json_extract(body, '$.notes') FROM entry ORDER BY seq").fetchall()
    return [notes for (notes,) in rows]


def dispatch_sync(phone: Chromium, origin: str) -> None:
    """Have the browser tell the worker that there is a network again."""
    found: list[str] = []

    def note(event: dict[str, Any]) -> None:
        found.extend(
            one["registrationId"]
            for one in event["registrations"]
            if one["scopeURL"] == origin + SCOPE
        )

    session = phone.context.new_cdp_session(phone.page)
    session.on("ServiceWorker.workerRegistrationUpdated", note)
    session.send("ServiceWorker.enable")
    until(lambda: found or phone.page.evaluate("0"), "the worker's registration")
    event = {"origin": origin, "registrationId": found[0], "tag": "dbs-outbox"}
    session.send("ServiceWorker.dispatchSyncEvent", event | {"lastChance": False})


def test_what_waits_is_sent_with_no_page_open(
    launch: Launch, server: Server, tmp_path: Path
) -> None:
    phone = launch("Chromium")
    assert isinstance(phone, Chromium)
    visit_until_ready(phone, server.url)
    assert not phone.js(READY)
    register(phone, server.url, "alice@example.org")
    assert save(phone, "with a signal") == "idle"
    phone.wait_for(READY, "the second worker")
    assert phone.js(TAGS) == []

    server.stop()
    assert save(phone, "with none") == "offline"
    phone.wait_for(f"{TAGS}.then(({{length}}) => length)", "a wake-up that is asked for")
    assert phone.js(TAGS) == ["dbs-outbox"]
    page = phone.page
    phone.new_window()
    page.close()
    server.start()
    assert notes_on_the_server(tmp_path) == ["with a signal"]
    dispatch_sync(phone, server.url)
    until(lambda: len(notes_on_the_server(tmp_path)) == 2, "the entry on the server")
    assert notes_on_the_server(tmp_path) == ["with a signal", "with none"]

    phone.open(f"{server.url}/settings")
    assert phone.js(f"(await {BOOK}).syncNow()")["pushed"] == 0
    assert phone.js(f"(await {BOOK}).counts()") == {"waiting": 0, "attention": 0}
