"""Rate limits that several servers share in Redis must not keep riders out when it is gone."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.browser.engines.ports import free_port
from tests.browser.server import Server
from tests.phones import PASSWORD


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Return a server whose Redis does not answer."""
    server = Server(tmp_path, REDIS_URL=f"redis://127.0.0.1:{free_port()}/0")
    server.start()
    yield server
    server.stop()


def status_of_registering(url: str) -> int:
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with browser.open(f"{url}/api/session") as session:
        token = json.load(session)["csrf_token"]
    form = {"email": "alice@example.com", "password": PASSWORD, "csrf_token": token}
    try:
        with browser.open(f"{url}/accounts/register", urlencode(form).encode()) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_each_server_counts_by_itself_while_redis_is_gone(server: Server) -> None:
    assert status_of_registering(server.url) == 200
    # 20 an hour for each of two workers: the 41st try is one too many, whoever answers it.
    again = {status_of_registering(server.url) for _ in range(41)}
    assert 429 in again
    assert 500 not in again
