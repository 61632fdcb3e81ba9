"""Pages and files that are the same for everybody."""

import gzip
from pathlib import Path

import brotli
import pytest
from flask import Flask, abort

from dbsapp.pwa.publish import Document, published, read_static


def test_the_hash_is_of_the_content_alone() -> None:
    assert Document(b"one", "text/html").hash == Document(b"one", "text/plain").hash
    assert Document(b"one", "text/html").hash != Document(b"two", "text/html").hash


def test_both_compressed_forms_are_the_same_content() -> None:
    document = Document(b"again and again and again", "text/html; charset=utf-8")
    assert brotli.decompress(document.br) == gzip.decompress(document.gzip) == document.body


def test_pictures_are_not_compressed_again(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Encoding": "br, gzip"}):
        response = Document(b"\x89PNG", "image/png").respond()
    assert "Content-Encoding" not in response.headers
    assert response.data == b"\x89PNG"


def test_a_published_page_is_rendered_once(app: Flask) -> None:
    renderings = []

    @published
    def view() -> str:
        renderings.append(1)
        return "page"

    for _ in range(3):
        with app.test_request_context("/page"):
            assert view().data == b"page"
    assert len(renderings) == 1


def test_a_missing_page_is_not_kept(app: Flask) -> None:
    @published
    def view() -> str:
        abort(404)

    with app.test_request_context("/nobody"), pytest.raises(Exception, match="404"):
        view()
    assert "/nobody" not in app.extensions["published"]


def test_a_static_file_is_read_again_when_it_has_changed(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "a.css"
    path.write_text("old")
    with app.app_context():
        assert read_static(path).body == b"old"
        path.write_text("newer")
        assert read_static(path).body == b"newer"
