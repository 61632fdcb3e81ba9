"""Draw the pictures that a shared link shows, with Chromium: `make cards`.

One for each exercise and step, and one for all other pages. The phone does not hold them: only
who shares a link needs them. Each says inside what it was drawn from, so that a test can tell
whether it is still true.
"""

import base64
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from PIL import Image, PngImagePlugin
from playwright.sync_api import Page, sync_playwright

from dbsapp.content import Library, load_library
from dbsapp.content.model import Step

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
CARDS = STATIC / "cards"
#: What those who show such pictures ask for.
SIZE = (1200, 630)
#: The drawings are flat: more colours are hardly seen, and weigh.
COLOURS = 48
#: The key of the text in a PNG that says what it was drawn from.
DRAWN_FROM = "Source"
EACH = "Foam roll, stretch, activate, strengthen"
#: One exercise of each step.
ALL_STEPS = ("upper-back-roll", "half-kneeling-hip-flexor-stretch", "double-leg-bridge", "squat")

STYLE = """
* { margin: 0; box-sizing: border-box }
body { inline-size: 1200px; block-size: 630px; padding: 52px 60px 0;
  border-block-end: 14px solid var(--tone); background: #faf6ef; color: #182226;
  font-family: "DejaVu Sans Condensed", sans-serif;
  display: grid; grid-template: auto auto 1fr / minmax(0, 1fr) }
.ember { --tone: #a83a0d }
.teal { --tone: #0b6168 }
header { display: flex; align-items: center; gap: 20px;
  font-size: 34px; font-weight: 700; color: var(--tone) }
header img { inline-size: 60px }
b { display: grid; place-content: center; inline-size: 52px; block-size: 60px;
  color: #faf6ef; background: var(--tone); border-radius: 26px 26px 6px 6px }
h1 { margin-block-start: 18px; font-size: 66px; line-height: 1.08; letter-spacing: -1px }
main { display: flex; gap: 16px; min-block-size: 0; padding: 16px 24px 28px }
main img { flex: 1 1 0; min-inline-size: 0; block-size: 100%; object-fit: contain }
"""


@dataclass(frozen=True)
class Card:
    """A picture to draw: its file's name, and the page that is photographed."""

    name: str
    html: str

    @property
    def file(self) -> Path:
        """Return where it is kept."""
        return CARDS / f"{self.name}.png"

    @property
    def source(self) -> str:
        """Return what tells this drawing from any other."""
        return hashlib.sha256(self.html.encode()).hexdigest()[:16]


def cards(library: Library) -> Iterator[Card]:
    """Yield every card."""
    poses = "".join(map(_pose, ALL_STEPS))
    yield Card("plan", _page("ember", EACH, "Four steps for glutes that have gone quiet", poses))
    for step in library.steps.values():
        key = [one.slug for one in step.exercises if one.key]
        others = [one.slug for one in step.exercises if not one.key]
        poses = "".join(map(_pose, (key + others)[:3]))
        of = _milestone(step, f"Step {step.number} of four")
        yield Card(f"step-{step.slug}", _page(_tone(step), of, step.name, poses))
    for one in library.exercises.values():
        step = library.steps[one.step]
        still = (STATIC / "figures" / f"{one.slug}.svg").read_text(encoding="utf-8")
        of = _milestone(step, step.name)
        yield Card(one.slug, _page(_tone(step), of, one.name, _image(still)))


def _tone(step: Step) -> str:
    return "teal" if step.slug in ("foam-roll", "stretch") else "ember"


def _milestone(step: Step, words: str) -> str:
    return f"<b>{step.number}</b>{escape(words)}"


def _page(tone: str, of: str, title: str, pictures: str) -> str:
    icon = _image((STATIC / "icons" / "icon.svg").read_text(encoding="utf-8"))
    return (
        f'<!DOCTYPE html><meta charset="utf-8"><style>{STYLE}</style><body class="{tone}">'
        f"<header>{icon}{of}</header><h1>{escape(title)}</h1><main>{pictures}</main>"
    )


def _image(drawing: str) -> str:
    data = base64.b64encode(drawing.encode()).decode()
    return f'<img src="data:image/svg+xml;base64,{data}">'


def _pose(slug: str) -> str:
    """Return the one pose of `slug` out of the file of all, so that only its own change counts."""
    rows = (STATIC / "small-figures.svg").read_text(encoding="utf-8")
    found = re.search(rf'<view id="{slug}"[^>]*/><svg y="\d+"(.*?</svg>)', rows)
    style = re.search(r"<style>.*?</style>", rows)
    if not found or not style:
        raise ValueError(f"small-figures.svg has no {slug}; draw it again with `make figures`.")
    pose = found[1].replace(">", f">{style[0]}", 1)
    return _image(f'<svg xmlns="http://www.w3.org/2000/svg"{pose}')


def draw(page: Page, card: Card) -> bytes:
    """Return the card as a PNG of few colours, which says what it was drawn from."""
    page.set_content(card.html)
    photograph = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    # The octree keeps a colour that is rare, as the cap's yellow; the median loses it.
    few = photograph.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    told = PngImagePlugin.PngInfo()
    told.add_text(DRAWN_FROM, card.source)
    made = io.BytesIO()
    few.save(made, "PNG", optimize=True, pnginfo=told)
    return made.getvalue()


def is_current(card: Card) -> bool:
    """Tell whether the file of `card` was drawn from what there is now."""
    if not card.file.exists():
        return False
    with Image.open(card.file) as picture:
        return picture.info.get(DRAWN_FROM) == card.source


def main() -> None:
    """Draw what is not current, and remove what nothing asks for."""
    CARDS.mkdir(exist_ok=True)
    wanted = list(cards(load_library()))
    for file in {*CARDS.iterdir()} - {card.file for card in wanted}:
        file.unlink()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
        for card in wanted:
            if not is_current(card):
                card.file.write_bytes(draw(page, card))
                print(card.file.name, card.file.stat().st_size, "bytes")
        browser.close()


if __name__ == "__main__":
    main()
