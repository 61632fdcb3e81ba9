"""The browser lost its IndexedDB, as Chromium does when it finds it broken: what waits is there."""

import shutil
from pathlib import Path

import pytest

from tests.browser.conftest import ENGINES, Launch
from tests.browser.engines import Chromium
from tests.browser.faults.riders import ask, notes, on_the_server, save, sign_up, sync
from tests.browser.server import Server
from tests.browser.story import log_rows, visit_until_ready, wait_for_row

#: What anything may ask the worker or Cache Storage for: every path under which something is kept,
#: and its like at our own address.
ASK_FOR_KEPT = """(async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("unsynced-"));
  const found = { kept: 0, given: [] };
  for (const name of names) {
    for (const { url } of await (await caches.open(name)).keys()) {
      found.kept += 1;
      const { pathname } = new URL(url);
      for (const path of [pathname, `/static${pathname}`, `/${name}${pathname}`]) {
        const held = await caches.match(path, { ignoreSearch: true, ignoreVary: true });
        const answer = await fetch(path);
        if (held || answer.ok) found.given.push(path);
      }
    }
  }
  return found;
})()"""
#: The places in which something is kept.
PLACES = "(async () => (await caches.keys()).filter((name) => name.startsWith('unsynced-')))()"
#: Delete every database; pages that have one open let go of it.
LOSE = """(async () => {
  for (const { name } of await indexedDB.databases()) {
    await new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase(name);
      request.onsuccess = resolve;
      request.onerror = reject;
    });
  }
  return (await indexedDB.databases()).length;
})()"""
SAVE = """(async () => {
  const { openLogbook } = await import("/static/js/data/logbook.js");
  const book = await openLogbook();
  const { id } = await book.create("session", { date: "2026-03-01", duration_s: 600 });
  await book.edit(id, { set: { notes: "still here" } });
  return id;
})()"""


def test_a_broken_store_loses_nothing_that_was_not_on_the_server(
    launch: Launch, server: Server, tmp_path: Path
) -> None:
    phone = launch("Chromium", "phone")
    assert isinstance(phone, Chromium)
    wire = sign_up(phone, server, "alice")
    visit_until_ready(phone, f"{server.url}/log/")
    save(phone.page, "on the server")
    assert sync(phone.page) == "idle"
    server.stop()
    save(phone.page, "one", "two", "three")
    ask(
        phone.page,
        "const { entries } = await book.list();"
        "const of = (notes) => entries.find(({ body }) => body.notes === notes).id;"
        "await book.edit(of('on the server'), { set: { effort: 4 } });"
        "await book.discard(of('two'));",
    )
    phone.kill()
    shutil.rmtree(tmp_path / "phone/Default/IndexedDB")
    phone = launch("Chromium", "phone")
    assert isinstance(phone, Chromium)
    assert len(log_rows(phone, server.url)) == 3
    assert notes(phone.page) == ["on the server phone", "one phone", "three phone"]
    server.start()
    phone.context.add_cookies(wire.cookies())
    assert sync(phone.page) == "idle"
    assert notes(phone.page) == ["on the server synced", "one synced", "three synced"]
    bodies = [change["body"] for change in on_the_server(wire)]
    assert sorted(body["notes"] for body in bodies) == ["on the server", "one", "three"]
    assert [body["effort"] for body in bodies if body["notes"] == "on the server"] == [4]
    assert phone.js(ASK_FOR_KEPT) == {"kept": 1, "given": []}


@pytest.mark.parametrize("engine", ENGINES)
def test_in_every_engine_it_is_brought_back(engine: str, launch: Launch, server: Server) -> None:
    phone = launch(engine)
    # WebKitGTK, as it is driven here, keeps a place in memory, for as long as anybody holds it: the
    # worker does.
    visit_until_ready(phone, f"{server.url}/log/")
    phone.js(SAVE)
    phone.js(LOSE)
    phone.open(f"{server.url}/log/")
    wait_for_row(phone, "still here")


def test_no_page_or_request_is_answered_from_what_is_kept(launch: Launch, server: Server) -> None:
    phone = launch("Chromium")
    visit_until_ready(phone, f"{server.url}/log/")
    phone.js(SAVE)
    assert phone.js(ASK_FOR_KEPT) == {"kept": 2, "given": []}


def test_what_is_deleted_on_signing_out_is_deleted_there_too(
    launch: Launch, server: Server
) -> None:
    phone = launch("Chromium")
    assert isinstance(phone, Chromium)
    sign_up(phone, server, "alice")
    visit_until_ready(phone, f"{server.url}/log/")
    assert sync(phone.page) == "idle"
    server.stop()
    save(phone.page, "mine")
    assert len(phone.js(PLACES)) == 2
    ask(phone.page, "await book.signOut({ pending: 'delete' });")
    assert phone.js(PLACES) == ["unsynced-dbs-shell"]  # that she is leaving
