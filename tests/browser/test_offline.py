"""Airplane mode from a cold start: the browser was closed, and every page still opens.

What the worker holds, and how, is tested in `pwa/`; this is the rider's side of it, in all engines.
WebKitGTK forgets everything at its end, so its cold start is a new window.
"""

import pytest

from dbsapp import create_app
from dbsapp.pwa.precache import DOCUMENTS, page_urls
from tests.browser.conftest import ENGINES, Launch
from tests.browser.engines import Browser
from tests.browser.engines.ports import black_hole
from tests.browser.server import Server
from tests.browser.story import visit_until_ready

#: Addresses that a shell answers for.
SHELLED = (
    "/log/0199a5a0-7f3e-7cc1-8a4e-2f6d1c0b9a87",
    "/play/activate-express",
    "/today?source=pwa",
)
#: One page of each kind; none of them is visited before.
KINDS = ("/steps/stretch", "/exercises/", "/exercises/bird-dog", "/routines/roll-short", "/log/new")
NO_SIGNAL = "This one needs a signal"
#: The page is whole: its styles, its scripts and its elements came, and it says what it is.
WHOLE = (
    "document.documentElement.dataset.offline === 'ready'"
    " && document.styleSheets.length > 0"
    " && !document.querySelector(':not(:defined)')"
    " && document.querySelector('h1')?.textContent.trim()"
)


def pages() -> list[str]:
    """Return the address of every page that opens offline."""
    app = create_app({"SECRET_KEY": "test", "SQLALCHEMY_DATABASE_URI": "sqlite://"})
    return [path for path in page_urls(app) if path not in ("/offline", *DOCUMENTS)]


def cold_start(launch: Launch, engine: str, server: Server) -> Browser:
    """Make the app ready, stop the server, and start the browser once more."""
    phone = launch(engine, "phone")
    visit_until_ready(phone, server.url)
    server.stop()
    if phone.keeps_profile:
        phone.close()
        return launch(engine, "phone")
    phone.new_window()
    return phone


def assert_unknown_address_leads_back(phone: Browser, url: str) -> None:
    phone.open(f"{url}/no/such/place")
    phone.wait_to_see(NO_SIGNAL, "heading")
    phone.click("Back to the plan", "link")
    phone.wait_for("location.pathname === '/'", "the plan")
    assert phone.wait_for(WHOLE, "a whole page") != NO_SIGNAL


@pytest.mark.parametrize("engine", ENGINES)
def test_every_page_opens_with_the_server_stopped(
    engine: str, launch: Launch, server: Server
) -> None:
    phone = cold_start(launch, engine, server)
    for path in (*pages(), *SHELLED):
        phone.open(server.url + path)
        assert phone.wait_for(WHOLE, f"a whole page at {path}") != NO_SIGNAL, path
    assert_unknown_address_leads_back(phone, server.url)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_kind_of_page_opens_on_a_network_that_swallows_everything(
    engine: str, launch: Launch, server: Server
) -> None:
    phone = cold_start(launch, engine, server)
    with black_hole(server.port):
        for path in (*KINDS, *SHELLED):
            phone.open(server.url + path)
            assert phone.wait_for(WHOLE, f"a whole page at {path}") != NO_SIGNAL, path
        assert_unknown_address_leads_back(phone, server.url)
