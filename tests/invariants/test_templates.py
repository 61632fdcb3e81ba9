"""What holds for every template, those that no test renders included."""

import re

from flask import Flask
from flask.testing import FlaskClient
from jinja2 import meta, nodes

from dbsapp.config import ROOT
from dbsapp.pwa.precache import DOCUMENTS, page_urls

TEMPLATES = ROOT / "templates"
NAMES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
#: Whole pages: not the frame, not macros, not the parts that other templates include.
PAGES = [name for name in NAMES if name != "base.html" and "/_" not in f"/{name}"]
#: What the Content-Security-Policy refuses; the import map and JSON-LD are data, not code.
INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=|javascript:"
    r"|<script(?![^>]*(\bsrc=|type=\"(importmap|application/(ld\+)?json)\"))"
)


def trees(app: Flask, names: list[str]) -> dict[str, nodes.Template]:
    return {name: app.jinja_env.parse((TEMPLATES / name).read_text(), name) for name in names}


def test_every_template_compiles_and_what_it_includes_is_there(app: Flask) -> None:
    for name, tree in trees(app, NAMES).items():
        app.jinja_env.get_template(name)
        missing = set(meta.find_referenced_templates(tree)) - {None, *NAMES}
        assert (name, missing) == (name, set())


def test_every_page_extends_the_frame_and_has_a_title_of_its_own(app: Flask) -> None:
    for name, tree in trees(app, PAGES).items():
        frames = [node.template for node in tree.find_all(nodes.Extends)]
        assert [f.value for f in frames if isinstance(f, nodes.Const)] == ["base.html"], name
        assert "title" in [block.name for block in tree.find_all(nodes.Block)], name


def test_no_template_has_inline_script_style_or_handlers() -> None:
    assert [name for name in NAMES if INLINE.search((TEMPLATES / name).read_text())] == []


def test_every_page_that_the_phone_holds_has_a_title_and_a_description_of_its_own(
    app: Flask, client: FlaskClient
) -> None:
    pages = {url: client.get(url).text for url in page_urls(app) if url not in DOCUMENTS}
    for pattern in (r"<title>([^<]+)</title>", r'<meta\s+name="description"\s+content="([^"]+)">'):
        found = {url: re.findall(pattern, page) for url, page in pages.items()}
        assert [url for url, words in found.items() if len(words) != 1] == []
        words = [one[0] for one in found.values()]
        assert sorted(word for word in set(words) if words.count(word) > 1) == []
