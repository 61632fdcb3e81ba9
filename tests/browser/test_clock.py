"""A phone whose clock is off is told so, and so is whoever reads what was saved by it."""

from typing import cast

import pytest

from tests.browser.conftest import Launch
from tests.browser.engines import Chromium
from tests.browser.faults.riders import ask, save, sync
from tests.browser.server import Server
from tests.browser.story import log_rows, register, visit_until_ready

ALICE = "alice@example.org"
HARMLESS = "It does no harm: your entries keep the times you see, and sync all the same."


def shifted(minutes: int) -> str:
    """Return the script that sets the clock of every page ahead."""
    return f"""((RealDate, ahead) => {{
      globalThis.Date = class extends RealDate {{
        constructor(...parts) {{
          super(...(parts.length ? parts : [RealDate.now() + ahead]));
        }}
        static now() {{
          return RealDate.now() + ahead;
        }}
      }};
    }})(Date, {minutes} * 60_000)"""


@pytest.fixture
def phone(request: pytest.FixtureRequest, launch: Launch, server: Server) -> Chromium:
    """Return Alice's phone, with a clock that is so many minutes ahead; it has synced."""
    phone = cast("Chromium", launch("Chromium"))
    phone.context.add_init_script(shifted(request.param))
    visit_until_ready(phone, server.url)
    register(phone, server.url, ALICE)
    assert sync(phone.page) == "idle"
    return phone


@pytest.mark.parametrize(
    ("phone", "off"),
    [(10, "10 minutes ahead"), (-10, "10 minutes behind")],
    indirect=["phone"],
)
def test_a_clock_that_is_off_is_said_where_the_sync_is_and_beside_the_entry(
    phone: Chromium, server: Server, off: str
) -> None:
    server.stop()
    save(phone.page, "by a wrong clock")
    phone.open(f"{server.url}/settings/sync")
    phone.wait_for_text(f"This phone's clock is {off}. {HARMLESS}")
    phone.wait_for_text(f"This phone's clock was {off} then.")

    server.start()
    assert sync(phone.page) == "idle"
    open_the_entry(phone, server.url)
    phone.wait_for_text(f"This phone's clock was {off} when this was saved.")


@pytest.mark.parametrize("phone", [4], indirect=True)
def test_a_clock_that_is_nearly_right_is_not_worth_a_word(phone: Chromium, server: Server) -> None:
    save(phone.page, "by a good clock")
    assert sync(phone.page) == "idle"
    phone.open(f"{server.url}/settings/sync")
    phone.wait_for_text("All synced")
    assert ask(phone.page, "return book.syncState.clockOffset > 200_000;")
    assert "clock" not in phone.text()
    open_the_entry(phone, server.url)
    phone.wait_to_see("Change it", "heading")
    assert "clock" not in phone.text()


def open_the_entry(phone: Chromium, url: str) -> None:
    """Open the one session of the log."""
    assert len(log_rows(phone, url)) == 1
    phone.click("Something else", "link")
