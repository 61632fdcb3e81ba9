"""Which files the phone holds, and which address a shell answers for."""

import re

import pytest

from dbsapp.pwa.precache import SHELL_OF, is_held


@pytest.mark.parametrize(
    "name", ["css/app.css", "js/player/machine.js", "vendor/lit/index.js", "icons/icon.svg"]
)
def test_what_a_page_asks_for_is_held(name: str) -> None:
    assert is_held(name)


@pytest.mark.parametrize(
    "name",
    [
        "sw.js",
        "sw-off.js",
        "manifest.webmanifest",
        "icons/icon-512.png",
        "screenshots/today.png",
        "vendor/.stamp",
    ],
)
def test_what_only_installing_needs_is_not_held(name: str) -> None:
    assert not is_held(name)


@pytest.mark.parametrize(
    ("path", "shell"),
    [
        ("/log/0199a5a0-7f3e-7cc1-8a4e-2f6d1c0b9a87", "/log/entry"),
        ("/log/new", None),
        ("/log/form/0199a5a0-7f3e-7cc1-8a4e-2f6d1c0b9a87", None),
        ("/play/activate-express", "/play/shell"),
        ("/play/", None),
        ("/accounts/login", None),
        ("/api/session", None),
    ],
)
def test_a_shell_answers_for_entries_and_routines_only(path: str, shell: str | None) -> None:
    found = [SHELL_OF[pattern] for pattern in SHELL_OF if re.search(pattern, path)]
    assert found == ([shell] if shell else [])
