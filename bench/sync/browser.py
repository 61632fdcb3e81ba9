"""Our client core in Chromium, with the real IndexedDB: a push of everything, and a first sync."""

from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.pages import CHROMIUM
from bench.report import figure, table
from bench.sync.clients import DATABASES, Figures, node
from bench.sync.databases import database, riders
from bench.sync.push import session
from bench.sync.servers import ours, pouchdb_server
from dbsapp.headers import IMPORT_MAP

EMPTY = f'<!doctype html><script type="importmap">{IMPORT_MAP}</script><title>bench</title>'

#: Fills the outbox while there is no network, then times a sync until its first pull.
PUSH = """async ([body, entries]) => {
  const { Logbook } = await import("/static/js/data/book.js");
  const { browserEnv } = await import("/static/js/data/env.js");
  const env = { ...browserEnv(), later: () => 0 };
  const online = env.fetch;
  let offline = false;
  let pulled = 0;
  env.fetch = (path, init) => {
    if (offline && path.includes("/sync/")) throw new TypeError("offline");
    if (path.includes("/pull")) pulled ||= performance.now();
    return online(path, init);
  };
  const book = await Logbook.open(env);
  await book.refreshRider();
  await book.syncNow();
  offline = true;
  for (let done = 0; done < entries; done += 100) {
    const some = Array.from({ length: Math.min(100, entries - done) });
    await Promise.all(some.map(() => book.create("session", body)));
  }
  offline = false;
  pulled = 0;
  const start = performance.now();
  const { state, pushed } = await book.syncNow();
  if (state !== "idle" || pushed !== entries) throw new Error(`${state} ${pushed}`);
  return (pulled - start) / 1000;
}"""

#: Waits on the page of the log until everything is here and the list shows it: seconds since the
#: navigation began.
FIRST_SYNC = """async (entries) => {
  const { openLogbook } = await import("/static/js/data/logbook.js");
  const book = await openLogbook();
  const frame = () => new Promise(requestAnimationFrame);
  const shown = () => document.querySelector("log-list log-month");
  while (book.syncState.state !== "idle" || !book.syncState.lastSyncedAt || !shown()) await frame();
  await frame();
  const took = performance.now() / 1000;
  const { entries: held } = await book.diagnostics();
  if (held.all !== entries) throw new Error(`${held.all} entries`);
  return took;
}"""


def page_of(browser: Browser, base: str, cookie: str) -> Page:
    """Return a page of a fresh profile that is signed in."""
    context = browser.new_context(service_workers="block")
    pairs = (one.split("=", 1) for one in cookie.split("; "))
    context.add_cookies([{"name": name, "value": value, "url": base} for name, value in pairs])
    page = context.new_page()
    page.set_default_timeout(600_000)
    return page


def pushed(browser: Browser, base: str, cookie: str, entries: int) -> float:
    """Push from a blank page and return the seconds."""
    page = page_of(browser, base, cookie)
    page.route("**/bench", lambda route: route.fulfill(body=EMPTY, content_type="text/html"))
    page.goto(f"{base}/bench")
    took: float = page.evaluate(PUSH, [session(1), entries])
    page.context.close()
    return took


def first_sync(browser: Browser, base: str, cookie: str, entries: int) -> float:
    """Open the log on a new phone and return the seconds until all is there and shown."""
    page = page_of(browser, base, cookie)
    page.goto(f"{base}/log/", wait_until="commit")
    took: float = page.evaluate(FIRST_SYNC, entries)
    page.context.close()
    return took


def measure(entries: int) -> dict[str, Figures]:
    """Return the seconds on either database."""
    found: dict[str, Figures] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        for name in DATABASES:
            with database(name) as address:
                _, cookie = riders(address, ["alice"])["alice"]
                with ours(address) as base:
                    found[name] = {"push": pushed(browser, base, cookie, entries)}
                    found[name]["first"] = first_sync(browser, base, cookie, entries)
        browser.close()
    return found


def main(entries: int, folder: Path) -> None:
    """Measure and print."""
    print(f"\nChromium with IndexedDB, {entries:,} entries; the log's page, from opening it")
    with pouchdb_server(folder) as base:
        peer = node("pouch.mjs", base, entries)
    found = measure(entries)
    titles = {"push": "push, s", "first": "first sync into the list, s"}
    rows = [(titles[key], *(f"{one[key]:.2f}" for one in found.values())) for key in titles]
    table(("", *found), rows)
    print(f"  PouchDB's pull alone, in memory: {peer['pull']:.2f} s")
    for name, one in found.items():
        figure(f"sync.{name}.first_sync_vs_pouchdb_pull", peer["pull"] / one["first"], "≥ 1")
