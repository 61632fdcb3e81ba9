"""A page is compressed once, and a folder that is of no use does no harm."""

import os
from pathlib import Path

import brotli
import pytest

from dbsapp.pwa import compressed

BODY = b"quiet glutes ride again. " * 40


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "compressed"


@pytest.fixture
def _no_compressor(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(body: bytes) -> bytes:
        raise AssertionError("it was compressed again")

    monkeypatch.setattr(brotli, "compress", refuse)


@pytest.fixture
def kept(folder: Path) -> bytes:
    """Return the compressed body, which is in the folder by now."""
    return compressed.best(BODY, folder)


def test_it_gives_the_body_back(kept: bytes) -> None:
    assert len(kept) < len(BODY) / 5
    assert brotli.decompress(kept) == BODY


@pytest.mark.usefixtures("kept", "_no_compressor")
def test_the_next_process_reads_what_was_kept(folder: Path) -> None:
    assert brotli.decompress(compressed.best(BODY, folder)) == BODY


@pytest.mark.parametrize("found", [b"", b"half of it", brotli.compress(b"another page")])
def test_what_does_not_give_the_body_is_made_anew(folder: Path, kept: bytes, found: bytes) -> None:
    [path] = folder.iterdir()
    path.write_bytes(found)
    assert compressed.best(BODY, folder) == kept
    assert path.read_bytes() == kept


def test_where_nothing_can_be_kept_it_compresses_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert brotli.decompress(compressed.best(BODY, tmp_path / "file")) == BODY


def test_what_cannot_take_its_place_leaves_nothing_behind(folder: Path, kept: bytes) -> None:
    [path] = folder.iterdir()
    path.unlink()
    path.mkdir()
    assert compressed.best(BODY, folder) == kept
    assert list(folder.iterdir()) == [path]


def test_old_ones_are_forgotten_and_no_others(folder: Path, kept: bytes) -> None:
    [path] = folder.iterdir()
    compressed.best(b"another page", folder)
    long_ago = path.stat().st_mtime - (compressed.DAYS + 1) * 86_400
    os.utime(path, (long_ago, long_ago))
    compressed.forget_old(folder)
    assert path not in folder.iterdir()
    assert len(list(folder.iterdir())) == 1


def test_without_a_folder_there_is_nothing_to_forget(folder: Path) -> None:
    compressed.forget_old(folder)
