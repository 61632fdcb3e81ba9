"""The figure on the player's stage in each engine: it moves with the count, and stops with it."""

import pytest

from tests.browser.conftest import ENGINES, Launch
from tests.browser.server import Server
from tests.browser.story import start_routine
from tests.browser.test_player_figure import MOVING, PICTURE

#: How many outlines the figure has that take up room, as the engine itself measures them.
SEEN = """[...document.querySelectorAll('.stage-figure svg.figure path')]
  .map((one) => one.getBoundingClientRect())
  .filter((box) => box.width > 2 && box.height > 2).length"""
#: A colour that only figure-paint.css gives, as the engine computed it.
PAINTED = """getComputedStyle(document.querySelector('.stage-figure .f-cap')).fill"""


@pytest.mark.parametrize("engine", ENGINES)
def test_it_is_painted_moves_with_the_count_and_stops_when_paused(
    launch: Launch, server: Server, engine: str
) -> None:
    phone = launch(engine, "phone")
    start_routine(phone, server.url, "activate-express")
    phone.wait_for(MOVING, "the figure")
    assert int(str(phone.js(SEEN))) > 15
    assert phone.js(PAINTED) == "rgb(255, 199, 44)"
    first = phone.js(PICTURE)
    phone.wait_for(f"{PICTURE} !== {first!r}", "movement")
    phone.click("Pause")
    phone.wait_to_see("Resume")
    paused = phone.js(PICTURE)
    phone.move_clock(2)
    assert phone.js(PICTURE) == paused
    phone.click("Resume")
    phone.wait_for(f"{PICTURE} !== {paused!r}", "movement again")
