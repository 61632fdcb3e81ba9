"""The log as a rider handles it: wrong numbers, second thoughts, and two devices at odds."""

from tests.browser.conftest import Launch
from tests.browser.engines import Browser, Chromium
from tests.browser.server import Server
from tests.browser.story import log_rows, register, sign_in, visit_until_ready, wait_for_row

ALICE = "alice@example.org"
WRONG = {"Minutes": "-3", "Pain during (0–10)": "11", "Date": "9999-01-01", "Notes": "n" * 4001}

#: Chromium's own offer to install, which brings ours to the foot of the page.
OFFER = "dispatchEvent(new Event('beforeinstallprompt', {cancelable: true}))"


def log_a_session(browser: Browser, url: str, notes: str) -> None:
    """Fill in the form for a session without the player, and save it."""
    browser.open(f"{url}/log/new?routine=roll-short")
    browser.fill("Minutes", 12)
    browser.fill("Notes", notes)
    browser.click("Save session")
    wait_for_row(browser, "Roll short", notes)


def change_notes(browser: Browser, url: str, notes: str) -> None:
    """Open the one session of the log and change its notes."""
    log_rows(browser, url)
    browser.click("Roll short", "link")
    browser.fill("Notes", notes)
    browser.click("Save session")
    wait_for_row(browser, notes)


def test_what_is_wrong_is_said_beside_its_field_and_stays_typed(
    launch: Launch, server: Server
) -> None:
    phone = launch("Chromium")
    phone.open(f"{server.url}/log/new?routine=roll-short")
    for label, value in WRONG.items():
        phone.fill(label, value)
    phone.click("Save session")
    said = "[...document.querySelectorAll('.error')].map((one) => one.innerText).filter(Boolean)"
    assert sorted(phone.wait_for(f"{said}.length && {said}", "what is wrong")) == [
        "Choose the day you did it: from 1970 on, tomorrow at the latest.",
        "Use a whole number from 0 to 10.",
        "Use a whole number from 1 to 600.",
        "Use at most 4,000 characters.",
    ]
    assert {label: phone.value(label) for label in WRONG} == WRONG
    assert "/log/new" in phone.js("location.href")


def test_a_deletion_is_undone_with_no_signal_and_after_it_reached_the_server(
    launch: Launch, server: Server
) -> None:
    phone = launch("Chromium")
    visit_until_ready(phone, server.url)
    register(phone, server.url, ALICE)
    log_a_session(phone, server.url, "keep me")
    wait_for_row(phone, "keep me", "Synced")

    phone.js(OFFER)
    phone.wait_to_see("Not now")
    phone.click("Delete Roll short")
    phone.wait_for_text("Nothing here yet")
    laptop = launch("Chromium")
    sign_in(laptop, server.url, ALICE)
    assert log_rows(laptop, server.url) == []
    phone.click("Undo")
    wait_for_row(phone, "keep me", "Synced")

    server.stop()
    phone.click("Delete Roll short")
    phone.wait_for_text("Nothing here yet")
    phone.click("Undo")
    wait_for_row(phone, "keep me")
    server.start()
    log_rows(laptop, server.url)
    wait_for_row(laptop, "keep me", "Synced")


def test_two_devices_that_change_one_field_show_the_version_that_gave_way(
    launch: Launch, server: Server
) -> None:
    phone, laptop = launch("Chromium"), launch("Chromium")
    visit_until_ready(phone, server.url)
    register(phone, server.url, ALICE)
    log_a_session(phone, server.url, "as it was")
    wait_for_row(phone, "as it was", "Synced")
    sign_in(laptop, server.url, ALICE)
    log_rows(laptop, server.url)
    wait_for_row(laptop, "as it was", "Synced")

    # Cut off alone, lest the phone be the first to send.
    assert isinstance(phone, Chromium)
    phone.context.set_offline(True)
    change_notes(phone, server.url, "from the phone")
    change_notes(laptop, server.url, "from the laptop")
    wait_for_row(laptop, "from the laptop", "Synced")
    phone.context.set_offline(False)
    log_rows(phone, server.url)
    wait_for_row(phone, "from the phone", "Synced")

    phone.click("Roll short", "link")
    phone.wait_to_see("Edited on two devices", "heading")
    phone.wait_for_text("from the laptop")
    phone.wait_to_see("Use the other")
    assert phone.value("Notes") == "from the phone"


def test_the_ring_around_what_was_just_saved_is_whole(launch: Launch, server: Server) -> None:
    phone = launch("Chromium")
    log_a_session(phone, server.url, "keep me")
    phone.wait_for("document.activeElement.matches('.log-row')", "the row under the focus")
    room = phone.js("""(() => {
      const row = document.activeElement;
      const style = getComputedStyle(row);
      const ring = parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset);
      const [inner, outer] = [row, row.closest("log-month")].map((o) => o.getBoundingClientRect());
      return [inner.left - outer.left, outer.right - inner.right, outer.bottom - inner.bottom]
        .map((one) => one - ring);
    })()""")
    assert min(room) >= 0, room
