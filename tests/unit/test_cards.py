"""What a shared link shows is true of the exercises as they are, small, and there."""

import re

import pytest
from flask import Flask
from PIL import Image

from dbsapp import create_app
from dbsapp.config import ROOT
from dbsapp.content import Library, load_library
from dbsapp.plan.paths import public_paths
from dbsapp.pwa.precache import is_held
from tools import cards

SITE = "https://dbs.example"
MOST_BYTES = 25_000
META = re.compile(r'<meta\s+(?:property|name)="([^"]+)"\s+content="([^"]*)"')


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="module")
def site() -> Flask:
    database = {"SECRET_KEY": "test", "SQLALCHEMY_DATABASE_URI": "sqlite://"}
    return create_app({**database, "SITE_URL": SITE})


def test_each_is_drawn_from_what_there_is_now(library: Library) -> None:
    wanted = {card.file: card for card in cards.cards(library)}
    assert set(cards.CARDS.iterdir()) == set(wanted), "make cards"
    assert [file.name for file, card in wanted.items() if not cards.is_current(card)] == []


def test_each_has_its_size_and_weighs_little() -> None:
    for file in cards.CARDS.iterdir():
        with Image.open(file) as picture:
            assert picture.size == cards.SIZE
        assert file.stat().st_size <= MOST_BYTES, file.name


def test_nothing_runs_out_of_the_picture() -> None:
    width, height = cards.SIZE
    for file in cards.CARDS.iterdir():
        with Image.open(file) as picture:
            edge = picture.convert("RGB").crop((width - 20, 0, width, height - 20))
            assert len(edge.getcolors() or []) == 1, file.name


def test_no_phone_holds_them() -> None:
    assert not any(is_held(f"cards/{file.name}") for file in cards.CARDS.iterdir())


def test_each_page_names_one_that_exists_at_a_full_address_and_in_words(
    site: Flask, library: Library
) -> None:
    for path in public_paths(library):
        meta = dict(META.findall(site.test_client().get(path).text))
        address = meta["og:image"]
        assert address.startswith(f"{SITE}/static/cards/"), path
        assert (ROOT / address.removeprefix(f"{SITE}/")).is_file(), path
        assert len(meta["og:image:alt"]) > 20, path
        assert meta["twitter:card"] == "summary_large_image"


def test_an_exercise_shows_itself_and_a_routine_its_step(site: Flask) -> None:
    def card(path: str) -> str:
        found: dict[str, str] = dict(META.findall(site.test_client().get(path).text))
        return found["og:image"].rpartition("/")[2]

    assert card("/exercises/squat") == "squat.png"
    assert card("/routines/strength-a") == card("/steps/strengthen") == "step-strengthen.png"
    assert card("/") == card("/why") == "plan.png"
