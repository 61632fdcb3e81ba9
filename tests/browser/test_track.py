"""The track that plays under a locked screen: every beep and every word in it, at its time."""

import json
from pathlib import Path
from typing import Any, cast

import pytest

from dbsapp.content import load_library
from tests.browser.conftest import ENGINES, Launch
from tests.browser.engines import Browser
from tests.browser.server import Server

EAR = Path(__file__).with_name("hear.js").read_text().replace("export ", "")
CLIPS = "import('/static/js/player/clips.js')"
ONE = "activate-express"
#: What is meant by "at its time", in milliseconds.
TOLERANCE = 30


def hear(browser: Browser, slug: str, shift: float = 0) -> dict[str, Any]:
    """Render a routine in the page; return what was heard of it."""
    call = f"hear({json.dumps(slug)}, {shift})"
    return cast("dict[str, Any]", browser.js(f"(() => {{ {EAR}\nreturn {call}; }})()"))


def with_voice(browser: Browser, server: Server) -> Browser:
    """Open a page and bring the voice to the phone."""
    browser.open(f"{server.url}/offline")
    progress = browser.js(f"{CLIPS}.then(async (clips) => {{ const seen = [];"
                          " await clips.downloadClips((share) => seen.push(share));"
                          " return seen; })")  # fmt: skip
    assert progress[-1] == 1
    assert progress == sorted(progress)
    return browser


def test_every_beep_and_word_of_every_routine_is_at_its_time(
    launch: Launch, server: Server
) -> None:
    phone = with_voice(launch("Chromium"), server)
    for slug, routine in load_library().routines.items():
        found = hear(phone, slug)
        print(f"\n{slug}: {found}")  # noqa: T201 - the figures are wanted in the log
        assert found["wrong"] == [], slug
        assert found["heard"] == found["due"] > len(routine.items) * 5
        assert found["worstMs"] <= TOLERANCE
        assert found["seconds"] == found["planned"]


@pytest.mark.parametrize("engine", ENGINES)
def test_each_engine_makes_the_same_track(engine: str, launch: Launch, server: Server) -> None:
    browser = with_voice(launch(engine), server)
    ear = f"(() => {{ {EAR}\nreturn misplaced(); }})()"
    misplaced = browser.js(ear)
    assert misplaced["clips"] == []
    assert 0 < misplaced["onsetMs"] <= TOLERANCE
    found = hear(browser, ONE)
    assert found["wrong"] == []
    assert found["heard"] == found["due"]
    assert found["seconds"] == found["planned"]


def test_what_comes_fifty_milliseconds_late_is_noticed(launch: Launch, server: Server) -> None:
    found = hear(with_voice(launch("Chromium"), server), ONE, shift=0.05)
    late = [one for one in found["wrong"] if "0.05 s late" in one]
    assert len(late) == 2, found["wrong"]


def test_the_voice_stays_on_the_phone_without_a_signal_until_it_is_removed(
    launch: Launch, server: Server
) -> None:
    phone = launch("Chromium")
    phone.open(f"{server.url}/offline")
    here = f"{CLIPS}.then((clips) => clips.clipsHere())"
    loaded = f"{CLIPS}.then((clips) => clips.loadClips()).then(Boolean)"
    assert [phone.js(here), phone.js(loaded)] == [False, False]
    with_voice(phone, server)
    phone.wait_for("navigator.serviceWorker.controller && true", "the worker")
    server.stop()
    phone.reload()
    assert [phone.js(here), phone.js(loaded)] == [True, True]
    phone.js(f"{CLIPS}.then((clips) => clips.removeClips())")
    assert [phone.js(here), phone.js(loaded)] == [False, False]
