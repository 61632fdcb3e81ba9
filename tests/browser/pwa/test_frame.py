"""The frame around every page: its words come late and move nothing."""

import pytest
from playwright.sync_api import Page

from tests.browser.pwa.site import Site, visit_until_ready

WATCH_SHIFTS = """
self.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) self.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_getting_ready_and_offering_to_install_move_nothing(
    site: Site, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.add_init_script(WATCH_SHIFTS)
    visit_until_ready(page, site.url)
    page.get_by_role("button", name="Not now").wait_for()
    assert page.evaluate("self.shifts") == 0
