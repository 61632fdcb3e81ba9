"""What the content tests share: the real plan, and a copy of its files that may be broken."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dbsapp.content import ContentError, Library, load_library
from dbsapp.content.library import ROOT

Break = Callable[[str, str, str], ContentError]


@pytest.fixture(scope="session")
def library() -> Library:
    """Return the real plan."""
    return load_library()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a copy of the content files."""
    return shutil.copytree(
        ROOT, tmp_path / "content", ignore=shutil.ignore_patterns("*.py", "__pycache__")
    )


@pytest.fixture
def break_file(tree: Path) -> Break:
    """Return a function that replaces text in one file of the copy and returns the refusal."""

    def replace(file: str, old: str, new: str) -> ContentError:
        path = tree / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} no longer holds {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(ContentError) as refusal:
            load_library(tree)
        return refusal.value

    return replace
