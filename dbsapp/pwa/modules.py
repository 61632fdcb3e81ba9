"""The import graph of our JavaScript, read in Python.

There is no bundler, so a browser learns what a module imports only when it has the module. Pages
name the whole graph up front (`modulepreload`), and a test holds it against the worker's list.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath

from dbsapp.headers import IMPORT_MAP

_COMMENTS = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)
_STATIC = re.compile(r"""(?:\bfrom|\bimport)\s*["']([^"']+)["']""")
_NAMES: dict[str, str] = json.loads(IMPORT_MAP)["imports"]


def imports(static_root: Path, url: str) -> list[str]:
    """Return the URLs that the module at `url` imports statically, in its order."""
    source = (static_root / url.removeprefix("/static/")).read_text(encoding="utf-8")
    return [resolve(url, name) for name in _STATIC.findall(_COMMENTS.sub("", source))]


def resolve(importer: str, name: str) -> str:
    """Return the URL that `name` stands for in the module at `importer`.

    Raises:
        ValueError: the import map does not know the bare name.
    """
    if name.startswith("/"):
        return name
    if name.startswith("."):
        return normpath(join(dirname(importer), name))
    if name not in _NAMES:
        raise ValueError(f"{importer} imports {name!r}, which IMPORT_MAP does not name; add it.")
    return _NAMES[name]


def graph(static_root: Path, *entries: str) -> list[str]:
    """Return `entries` and every module they need, each once, entries first."""
    return list(dict.fromkeys(_walk(static_root, list(entries))))


def _walk(static_root: Path, todo: list[str]) -> Iterator[str]:
    seen: set[str] = set()
    while todo:
        url = todo.pop(0)
        if url not in seen:
            seen.add(url)
            yield url
            todo += imports(static_root, url)
