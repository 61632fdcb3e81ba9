"""A release that comes in the middle of a routine waits for its end."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.pwa.site import FIND_UPDATE, Site, visit_until_ready

EXERCISE = "content/exercises/ac-02-double-leg-bridge.toml"
OLD, NEW = "Double-leg bridge", "Bridge with both legs"


def test_it_is_played_and_logged_as_it_was_begun(
    site: Site, page: Page, context: BrowserContext
) -> None:
    visit_until_ready(page, site.url)
    page.goto(f"{site.url}/play/activate-express")
    press(page, "Start")
    other = context.new_page()
    other.goto(f"{site.url}/safety")
    site.change(EXERCISE, f'name = "{OLD}"', f'name = "{NEW}"')
    site.deploy()
    assert other.evaluate(FIND_UPDATE) == "installed"
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    press(other, "Update")
    expect(other.get_by_role("button", name="Update")).to_have_count(0)

    heading = page.locator(".stage h1")
    while heading.text_content() != OLD:
        before = page.locator(".stage").text_content() or ""
        press(page, "Skip")
        expect(page.locator(".stage")).not_to_have_text(before)
    expect(page.get_by_role("button", name="Update")).to_have_count(0)
    press(page, "Finish")
    press(page, "Save session")
    expect(page.get_by_role("heading", name="Saved on this phone")).to_be_visible()
    assert loads == []


def press(page: Page, name: str) -> None:
    """Tap the button of that name."""
    page.get_by_role("button", name=name, exact=True).click()
