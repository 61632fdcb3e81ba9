"""Reading the import graph of our JavaScript."""

from pathlib import Path

import pytest

from dbsapp.pwa import modules


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "js").mkdir()
    return tmp_path


def write(root: Path, name: str, source: str) -> None:
    (root / "js" / name).write_text(source)


@pytest.mark.parametrize(
    "source",
    [
        'import "./b.js";',
        'import { one } from "./b.js";',
        'import {\n  one,\n  two,\n} from "./b.js";',
        "import{one as o}from'./b.js';",
        'export * from "./b.js";',
        'export { one } from "/static/js/b.js";',
    ],
)
def test_it_reads_every_way_to_import(root: Path, source: str) -> None:
    write(root, "a.js", source)
    assert modules.imports(root, "/static/js/a.js") == ["/static/js/b.js"]


@pytest.mark.parametrize(
    "source",
    [
        '/** @import { One } from "./b.js" */',
        '// import "./b.js";',
        '/** @type {import("./b.js").One} */',
        'await import("./b.js");',
        "const text = `imported from here`;",
    ],
)
def test_it_ignores_what_is_not_a_static_import(root: Path, source: str) -> None:
    write(root, "a.js", source)
    assert modules.imports(root, "/static/js/a.js") == []


def test_bare_names_come_from_the_import_map() -> None:
    assert modules.resolve("/static/js/a.js", "lit") == "/static/vendor/lit/index.js"


def test_a_bare_name_that_the_import_map_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'jquery'.*add it"):
        modules.resolve("/static/js/a.js", "jquery")


def test_the_graph_has_each_module_once_though_they_import_each_other(root: Path) -> None:
    write(root, "a.js", 'import "./b.js";\nimport "./c.js";')
    write(root, "b.js", 'import "./c.js";')
    write(root, "c.js", 'import "./a.js";')
    assert modules.graph(root, "/static/js/a.js") == [f"/static/js/{name}.js" for name in "abc"]
