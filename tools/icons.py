"""Draw the PNG icons from `static/icons/icon.svg` with Chromium: `python -m tools.icons`."""

from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ICONS = Path(__file__).resolve().parent.parent / "static" / "icons"
GROUND = "#14181b"

#: file: its size in pixels, and how much of it the drawing fills. A launcher may cut a maskable
#: icon to a circle of 80 %, and iOS rounds the corners itself: both get a ground to the edge.
PICTURES = {
    "icon-192.png": (192, 1.0, "transparent"),
    "icon-512.png": (512, 1.0, "transparent"),
    "maskable-512.png": (512, 0.76, GROUND),
    "apple-touch-icon.png": (180, 1.0, GROUND),
}


def draw(page: Page, name: str) -> None:
    """Write the icon called `name`."""
    size, share, ground = PICTURES[name]
    page.set_viewport_size({"width": size, "height": size})
    drawing = (ICONS / "icon.svg").read_text(encoding="utf-8")
    page.set_content(
        f"<style>body {{ margin: 0; display: grid; place-content: center; block-size: {size}px;"
        f" background: {ground} }} svg {{ inline-size: {size * share}px }}</style>{drawing}"
    )
    page.screenshot(path=ICONS / name, omit_background=ground == "transparent")


def main() -> None:
    """Write every icon."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        for name in PICTURES:
            draw(page, name)
            print(name, (ICONS / name).stat().st_size, "bytes")
        browser.close()


if __name__ == "__main__":
    main()
