"""Chromium killed in the middle of saving, its profile kept: what it called saved is there."""

import logging
from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from playwright.sync_api import Playwright
from sqlalchemy import create_engine, select

from dbsapp.sync.models import Entry
from tests.browser.engines import Chromium
from tests.kills.ledger import Tally
from tests.kills.runs import Run
from tests.kills.servers import Granian
from tests.kills.wire import Wire
from tests.phones import SESSION
from tests.waiting import until

#: How many saves are reported before a kill, at least: none of these divides another.
BEFORE_A_KILL = (5, 7, 11, 13)
#: How many kills more there may be, until one interrupts a save.
SPARE = 20

#: Save without a pause, in four lanes, and report what is saved once the logbook says so. Nobody
#: waits for a report to arrive, so that there is always a save under way.
SAVE = """async (session) => {
  const { openLogbook } = await import("/static/js/data/logbook.js");
  const book = await openLogbook();
  const lane = async () => {
    for (;;) {
      const notes = crypto.randomUUID();
      report({ notes });
      const { id, body } = await book.create("session", { ...session, notes });
      report({ id, ...body });
      const edited = await book.edit(id, { set: { effort: (body.effort + 1) % 11 } });
      report({ id, ...edited.body });
    }
  };
  for (let n = 0; n < 4; n++) lane();
}"""
LIST = """async () => {
  const { openLogbook } = await import("/static/js/data/logbook.js");
  const book = await openLogbook();
  const { entries } = await book.list({ limit: 1_000_000 });
  return entries.map(({ id, body }) => ({ id, ...body }));
}"""
#: Whether the browser has begun all its databases anew since this was asked last.
EMPTIED = """async () => {
  const known = (await indexedDB.databases()).some(({ name }) => name === "witness");
  const opening = indexedDB.open("witness");
  await new Promise((resolve, reject) => {
    opening.onsuccess = resolve;
    opening.onerror = reject;
  });
  opening.result.close();
  return !known;
}"""
UPLOAD = """async () => {
  const { openLogbook } = await import("/static/js/data/logbook.js");
  const book = await openLogbook();
  await book.refreshRider();
  await book.wake();
  return (await book.counts()).waiting;
}"""

log = logging.getLogger(__name__)

Row = dict[str, Any]


class Book:
    """What the page has called saved, and what of it was ever missing or there twice."""

    def __init__(self) -> None:
        self.saved: dict[str, Row] = {}
        self.lost: set[str] = set()
        self.twice: set[str] = set()
        #: How often the browser came back with new databases.
        self.emptied = 0
        #: The notes of saves that were begun, and of those that were under way when we killed.
        self.begun: set[str] = set()
        self.interrupted: set[str] = set()

    def hear(self, row: Row) -> None:
        """Take in what the page reports."""
        if "id" in row:
            self.saved[row["id"]] = row
        else:
            self.begun.add(row["notes"])

    def killed(self) -> None:
        """Note what was under way."""
        self.interrupted |= self.begun - {row["notes"] for row in self.saved.values()}

    def older(self, rows: list[Row]) -> dict[str, int | None]:
        """Return the effort that `rows` have of what is not there as saved; None: not there."""
        efforts = {(row["id"], row["notes"]): row["effort"] for row in rows}
        # The one edit of each entry raises the effort.
        return {
            key: efforts.get((key, row["notes"]))
            for key, row in self.saved.items()
            if efforts.get((key, row["notes"]), -1) < row["effort"]
        }

    def compare(self, where: str, rows: list[Row]) -> None:
        """Look for everything in `rows`, which are all there are; say what is missing `where`."""
        notes = Counter(row["notes"] for row in rows)
        self.twice |= {note for note, times in notes.items() if times > 1}
        older = self.older(rows)
        if older:
            gone = sum(effort is None for effort in older.values())
            log.warning(
                "%s: of %d saved %d are not among %d, and %d as they were before their edit",
                *(where, len(self.saved), gone, len(rows), len(older) - gone),
            )
        self.lost = set(older)

    def tally(self) -> Tally:
        """Return the numbers."""
        return Tally(len(self.saved), len(self.lost), len(self.twice))


def kill_chromium(playwright: Playwright, folder: Path, kills: int) -> Run:
    """Kill the browser while its page saves and uploads; count on the phone and on the server.

    A kill may fall between two saves: it goes on until one was interrupted.
    """
    server = Granian(folder)
    server.start()
    try:
        wire = Wire(server.url)
        wire.sign("register", "alice")
        book = Book()

        def reopened(do: Callable[[Chromium], None]) -> None:
            phone = Chromium(playwright, folder / "profile")
            try:
                phone.context.add_cookies(wire.cookies())
                phone.open(f"{server.url}/log/")
                _look(phone, book)
                do(phone)
            finally:
                phone.kill()
                book.killed()

        done = 0
        for least in islice(cycle(BEFORE_A_KILL), kills + SPARE):
            reopened(partial(_save, book=book, least=least))
            done += 1
            if done >= kills and book.interrupted:
                break
        reopened(_upload)
        book.compare("on the server", _on_the_server(server.database))
        return Run(done, len(book.interrupted), book.tally())
    finally:
        server.stop()


def _look(phone: Chromium, book: Book) -> None:
    """See what is there. What the server has may be gone from the phone, and comes with a sync."""
    if phone.page.evaluate(EMPTIED) and book.saved:
        book.emptied += 1
        log.warning("The browser lost its databases, for the %d. time", book.emptied)
    rows = phone.page.evaluate(LIST)
    if older := book.older(rows):
        log.warning("Of %d saved %d show after a sync only", len(book.saved), len(older))
        _upload(phone)
        rows = phone.page.evaluate(LIST)
    book.compare("on the phone", rows)


def _save(phone: Chromium, book: Book, least: int) -> None:
    """Let the page save until it has reported `least` saves or more; it goes on saving."""
    goal = len(book.saved) + least

    def enough() -> bool:
        phone.js("0")  # only while something is asked do reports come in
        return len(book.saved) >= goal

    phone.page.expose_binding("report", lambda _source, row: book.hear(row))
    phone.page.evaluate(SAVE, SESSION)
    until(enough, f"{least} saves")


def _upload(phone: Chromium) -> None:
    until(lambda: phone.page.evaluate(UPLOAD) == 0, "the uploads")


def _on_the_server(address: str) -> list[Row]:
    engine = create_engine(address)
    try:
        with engine.connect() as connection:
            rows = connection.execute(select(Entry.id, Entry.body)).all()
    finally:
        engine.dispose()
    return [{"id": str(row.id), **row.body} for row in rows]
