"""Promises about the code and the words, kept by reading them all."""

import ast
import re
from pathlib import Path

import pytest

from dbsapp.config import ROOT

#: Python that says what happens and never does it: no web, no database, no clock, no chance.
PURE_PYTHON = (
    "dbsapp/sync/protocol.py",
    "dbsapp/sync/merge.py",
    "dbsapp/logs/kinds.py",
    "dbsapp/logs/checking.py",
    "dbsapp/content/model.py",
    "dbsapp/content/duration.py",
    "dbsapp/content/lateral_hip.py",
    "dbsapp/content/publish.py",
)
IMPURE_MODULES = re.compile(
    r"^(flask|werkzeug|sqlalchemy|alembic|os|random|secrets|socket|time|urllib)\b"
    r"|^dbsapp\.(extensions|\w+\.(views|service|models))\b|^dbsapp$"
)

#: A script whose opening comment calls it pure is taken at its word.
PURE_SCRIPTS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "static" / "js").rglob("*.js")
    if re.match(r"(\s*(//.*|/\*[\s\S]*?\*/))*?\s*(//|/\*)[^/]*\bPure\b", path.read_text())
)
IMPURE_WORDS = re.compile(
    r"\b(document|window|navigator|localStorage|indexedDB|caches|crypto|location)\."
    r"|\b(fetch|setTimeout|setInterval|requestAnimationFrame)\("
    r"|\b(Date\.now|Math\.random|performance\.now)\b|\bnew Date\(\)"
)

#: What only a physician may promise. "Not a diagnosis" is the one thing we may say of it.
PROMISES = re.compile(
    r"(?<!not a )\bdiagnosis\b|\b(treat(s|ed|ing|ments?)?|cur(e|es|ed|ing)|diagnos(e|es|ed|tic)"
    r"|patients?|rehabilitat\w*|clinical\w*)\b",
    re.IGNORECASE,
)
WORDS = sorted(
    path.relative_to(ROOT).as_posix()
    for folder, kind in (("templates", "html"), ("static/js", "js"), ("dbsapp", "toml"))
    for path in (ROOT / folder).rglob(f"*.{kind}")
    # Titles of papers are theirs.
    if path.name != "sources.toml"
)


def imports_of(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [name.name for name in node.names]
        if isinstance(node, ast.ImportFrom):
            found.append(node.module or "")
    return found


@pytest.mark.parametrize("name", PURE_PYTHON)
def test_pure_python_stays_pure(name: str) -> None:
    assert [one for one in imports_of(ROOT / name) if IMPURE_MODULES.search(one)] == []


def test_the_pure_scripts_are_found() -> None:
    named = {"data/merge", "player/machine", "player/timeline", "player/session-log"}
    assert {f"static/js/{name}.js" for name in named} <= set(PURE_SCRIPTS)


@pytest.mark.parametrize("name", PURE_SCRIPTS)
def test_a_pure_script_touches_no_page_no_network_and_no_clock(name: str) -> None:
    code = re.sub(r"/\*[\s\S]*?\*/|//.*", "", (ROOT / name).read_text())
    assert [word.group() for word in IMPURE_WORDS.finditer(code)] == []


@pytest.mark.parametrize("name", WORDS)
def test_nothing_promises_what_only_a_physician_may(name: str) -> None:
    assert [word.group() for word in PROMISES.finditer((ROOT / name).read_text())] == []
