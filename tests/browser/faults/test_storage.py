"""Faults of other projects with the phone's storage (docs/faults.md), in real browsers."""

import json
from pathlib import Path

import pytest

from tests.browser.conftest import ENGINES, Launch
from tests.browser.engines import Chromium
from tests.browser.faults.riders import SESSION, ask, notes, on_the_server, save, sign_up, sync
from tests.browser.server import Server
from tests.browser.story import log_rows

#: Save while the system takes the database away: once by closing the connection, and once with
#: the words that Safari has for it. Comes to the notes that a fresh page would show.
LOSE_CONNECTIONS = """(async () => {
  const { Logbook } = await import("/static/js/data/book.js");
  const { browserEnv } = await import("/static/js/data/env.js");
  const connections = [];
  const watched = {
    open: (name, version) => {
      const request = indexedDB.open(name, version);
      request.addEventListener("success", () => connections.push(request.result));
      return request;
    },
    deleteDatabase: (name) => indexedDB.deleteDatabase(name),
  };
  const book = await Logbook.open({ ...browserEnv(), indexedDB: watched });
  const save = (notes) => book.create("session", { ...SESSION, notes });
  await save("before");
  for (const one of connections) one.close();
  await save("closed behind our back");
  for (const one of connections) {
    one.transaction = () => {
      throw new DOMException("Connection to Indexed Database server lost.", "UnknownError");
    };
  }
  await save("lost");
  watched.open = () => {
    throw new DOMException("Connection to Indexed Database server lost.", "UnknownError");
  };
  for (const one of connections) one.close();
  const told = await save("not saved").then(() => "saved", () => "told");
  const next = await Logbook.open(browserEnv());
  const { entries } = await next.list();
  return [told, entries.map(({ body }) => body.notes).sort()];
})()"""


@pytest.mark.parametrize("engine", ENGINES)
def test_pouchdb_7954_a_lost_connection_is_opened_again_or_the_rider_told(
    engine: str, launch: Launch, server: Server
) -> None:
    """apache/pouchdb#7954, ionic-team/capacitor#7439: back from the background, it still saves."""
    phone = launch(engine)
    phone.open(f"{server.url}/log/")
    told, kept = phone.js(LOSE_CONNECTIONS.replace("SESSION", json.dumps(SESSION)))
    assert told == "told"
    assert kept == ["before", "closed behind our back", "lost"]


def test_dexie_739_an_evicted_phone_pushes_nothing_and_has_all_again(
    launch: Launch, server: Server
) -> None:
    """dexie/Dexie.js#739: the system emptied the storage, and only the cookie is left."""
    phone = launch("Chromium")
    assert isinstance(phone, Chromium)
    wire = sign_up(phone, server, "alice")
    phone.open(f"{server.url}/log/")
    save(phone.page, "one", "two")
    assert sync(phone.page) == "idle"
    before = on_the_server(wire)
    assert len(before) == 2
    phone.open("about:blank")
    devtools = phone.context.new_cdp_session(phone.page)
    evicted = {"origin": server.url, "storageTypes": "indexeddb,cache_storage,service_workers"}
    devtools.send("Storage.clearDataForOrigin", evicted)
    pushes: list[str] = []
    phone.context.on("request", lambda one: pushes.append(one.url) if "push" in one.url else None)
    phone.open(f"{server.url}/log/")
    phone.wait_for_text("Synced")
    assert notes(phone.page) == ["one synced", "two synced"]
    assert len(log_rows(phone, server.url)) == 2
    phone.wait_for_text("Ready offline")
    assert pushes == []
    assert on_the_server(wire) == before


def test_powersync_js_605_two_hundred_saves_at_once_are_two_hundred_entries(
    launch: Launch, server: Server
) -> None:
    """powersync-ja/powersync-js#605: rapid writes all arrive, each once and in order."""
    phone = launch("Chromium")
    assert isinstance(phone, Chromium)
    wire = sign_up(phone, server, "alice")
    phone.open(f"{server.url}/log/")
    saved: list[str] = ask(
        phone.page,
        """const bodies = Array.from({ length: 200 }, (_, n) => ({ ...argument, notes: `${n}` }));
        const entries = await Promise.all(bodies.map((body) => book.create("session", body)));
        return entries.map(({ id }) => id);""",
        SESSION,
    )
    assert sync(phone.page) == "idle"
    sent = sorted(on_the_server(wire), key=lambda one: int(one["seq"]))
    assert [one["id"] for one in sent] == saved
    assert [one["body"]["notes"] for one in sent] == [str(n) for n in range(200)]
    assert len(notes(phone.page)) == 200


#: Pages that show the log, and what each says first where it opens.
PAGES_OF_THE_LOG = {
    "/log/": "Nothing here yet",
    "/log/019caa8e-a100-74ae-b5b2-b57d4b9ec4cb": "Not on this phone",
    "/settings/sync": "On this phone only",
    "/settings": "What waits, and why",
}


def test_pouchdb_7954_a_log_that_does_not_open_is_said_not_to_open(
    launch: Launch, server: Server, tmp_path: Path
) -> None:
    """apache/pouchdb#7954: the disk has a file where Chromium wants its folder, for a while."""
    in_the_way = tmp_path / "worn" / "Default" / "IndexedDB"
    in_the_way.parent.mkdir(parents=True)
    in_the_way.touch()
    phone = launch("Chromium", "worn")
    for path, words in PAGES_OF_THE_LOG.items():
        phone.open(f"{server.url}{path}")
        phone.wait_to_see("Your log will not open just now", "heading")
        assert words not in phone.text()
    phone.open(f"{server.url}/today")
    assert "will not open" not in phone.text()
    in_the_way.unlink()
    for path, words in PAGES_OF_THE_LOG.items():
        phone.open(f"{server.url}{path}")
        phone.wait_for_text(words)
        assert "will not open" not in phone.text()


#: From now on there is no room for a thing.
FULL = """IDBObjectStore.prototype.put = () => {
  throw new DOMException("Full.", "QuotaExceededError");
}"""
#: How turning to who is signed in ends, and how keeping the page in step does.
TURNS = """(async () => {
  const { refreshRider, startSync } = await import("/static/js/data/logbook.js");
  const ends = (work) => work().then(() => "well", (error) => error.name);
  return [await ends(refreshRider), await ends(startSync)];
})()"""


def test_pouchdb_7954_a_log_that_opens_is_shown_though_there_is_no_room_to_sign_in(
    launch: Launch, server: Server
) -> None:
    """apache/pouchdb#7954: what cannot be written just now can still be read."""
    phone = launch("Chromium")
    assert isinstance(phone, Chromium)
    phone.open(f"{server.url}/log/")
    save(phone.page, "one")
    sign_up(phone, server, "alice")
    phone.context.add_init_script(FULL)
    phone.open(f"{server.url}/log/")
    assert phone.js(TURNS) == ["QuotaExceededError", "well"]
    phone.wait_for("!!document.querySelector('log-list log-month')", "the log")
    assert "will not open" not in phone.text()
