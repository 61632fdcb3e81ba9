"""Riders whose phone is a Chromium, and what their pages are asked to do."""

from typing import Any

from playwright.sync_api import Page

from tests.browser.engines import Chromium
from tests.browser.server import Server
from tests.kills.wire import Wire

#: What a session must say.
SESSION = {"date": "2026-03-01", "duration_s": 600}


def sign_up(phone: Chromium, server: Server, name: str) -> Wire:
    """Make an account for `name` and sign the phone in to it; return a way past the phone."""
    wire = Wire(server.url)
    wire.sign("register", name)
    phone.context.add_cookies(wire.cookies())
    return wire


def ask(page: Page, body: str, argument: Any = None) -> Any:
    """Return what `body` returns: a script with the page's `book` and an `argument`."""
    script = f"""async (argument) => {{
      const {{ openLogbook }} = await import("/static/js/data/logbook.js");
      const book = await openLogbook();
      {body}
    }}"""
    return page.evaluate(script, argument)


def save(page: Page, *notes: str) -> None:
    """Save a session for each of `notes`."""
    bodies = [{**SESSION, "notes": note} for note in notes]
    ask(page, "for (const body of argument) await book.create('session', body);", bodies)


def sync(page: Page) -> str:
    """See who is signed in, and sync now; return how it ended."""
    state: str = ask(page, "await book.refreshRider(); return (await book.wake()).state;")
    return state


def notes(page: Page) -> list[str]:
    """Return the notes of all sessions that the phone shows, with where they are."""
    found: list[str] = ask(
        page,
        """const { entries } = await book.list({ limit: 1000 });
        return entries.map(({ body, state }) => `${body.notes} ${state}`).sort();""",
    )
    return found


def on_the_server(wire: Wire) -> list[dict[str, Any]]:
    """Return what the server has of the rider."""
    answer = wire.api("/api/sync/v1/pull?cursor=")
    assert answer
    changes: list[dict[str, Any]] = answer.json()["changes"]
    return changes
