"""Chromium offers to install the app, by its own button and by ours."""

from playwright.sync_api import Page, expect

from tests.browser.pwa.site import Site, visit_until_ready

#: Chromium's own offer, with an answer from a rider, of whom there is none here.
OFFER = """() => {
  const event = new Event("beforeinstallprompt", { cancelable: true });
  event.prompt = () => {
    document.documentElement.dataset.asked = "yes";
    return Promise.resolve({ outcome: "OUTCOME" });
  };
  dispatchEvent(event);
}"""
IPHONE = """
Object.defineProperty(navigator, "standalone", { value: false });
addEventListener("beforeinstallprompt", (event) => event.stopImmediatePropagation());
"""


def test_chromium_finds_nothing_to_complain_about(site: Site, page: Page) -> None:
    visit_until_ready(page, site.url)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Page.enable")
    assert devtools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    manifest = devtools.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert devtools.send("Page.getAppId")["appId"] == f"{site.url}/"


def test_the_install_button_asks_once_and_is_quiet_for_good_after_a_no(
    site: Site, page: Page
) -> None:
    visit_until_ready(page, site.url)
    button = page.get_by_role("button", name="Install", exact=True)
    page.evaluate(OFFER.replace("OUTCOME", "dismissed"))
    button.click()
    expect(page.locator("html")).to_have_attribute("data-asked", "yes")
    expect(button).to_have_count(0)
    visit_until_ready(page, site.url)
    page.evaluate(OFFER)
    expect(button).to_have_count(0)


def test_not_now_is_remembered(site: Site, page: Page) -> None:
    visit_until_ready(page, site.url)
    page.get_by_role("button", name="Not now").click()
    visit_until_ready(page, site.url)
    page.evaluate(OFFER)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Install", exact=True)).to_have_count(0)


def test_an_iphone_is_told_how_to_add_it_to_the_home_screen(site: Site, page: Page) -> None:
    page.add_init_script(IPHONE)
    visit_until_ready(page, site.url)
    page.get_by_role("button", name="Install", exact=True).click()
    sheet = page.get_by_role("dialog", name="Add to Home Screen")
    expect(sheet).to_contain_text("Share")
    expect(sheet.get_by_role("link", name="Sign in")).to_have_count(0)
    sheet.get_by_role("button", name="Got it").click()
    expect(sheet).to_be_hidden()


def test_nothing_is_offered_inside_the_installed_app(site: Site, page: Page) -> None:
    page.add_init_script(IPHONE.replace("false", "true"))
    visit_until_ready(page, site.url)
    expect(page.get_by_role("button", name="Install", exact=True)).to_have_count(0)
