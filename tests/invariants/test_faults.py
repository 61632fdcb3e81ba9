"""Every fault that docs/faults.md lists has its test, and every test of a fault is listed there."""

import ast
import re
from pathlib import Path

import pytest

from dbsapp.config import ROOT

#: Rows: number, issues, what happened, tests.
ROWS = re.findall(
    r"^\| (\d+|\+) \| (.+?) \| .+? \| (.+?) \|$", (ROOT / "docs/faults.md").read_text(), re.M
)
TESTS = [(issues, test) for _, issues, cell in ROWS for test in re.findall(r"`(.+?)`", cell)]
EXTRAS = 9


def names_in(path: Path) -> dict[str, str]:
    """Return the tests of a file: of each its name, and what it says of itself."""
    text = path.read_text()
    if path.suffix == ".js":
        return {name: name for name in re.findall(r"\btest\(\s*[\"`]([^\"`]+)", text)}
    functions = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
    return {one.name: ast.get_docstring(one) or "" for one in functions if one.name[:5] == "test_"}


def test_the_twenty_faults_and_the_extras_are_listed() -> None:
    numbers = [number for number, _, _ in ROWS]
    assert numbers == [*map(str, range(1, 21)), *"+" * EXTRAS]


@pytest.mark.parametrize(("issues", "test"), TESTS, ids=[test for _, test in TESTS])
def test_each_row_has_its_test_which_names_the_issue(issues: str, test: str) -> None:
    path, _, name = test.partition("::")
    found = [say for key, say in names_in(ROOT / path).items() if key.startswith(name)]
    assert len(found) >= 1, f"{path} has no test {name}"
    numbers = re.findall(r"#\d+", issues)
    assert all(any(number in say for number in numbers) for say in found)


def test_no_test_of_a_fault_is_left_out() -> None:
    listed = {test for _, test in TESTS}
    folders = ("tests/faults", "tests/browser/faults", "tests/js/faults")
    files = [path for folder in folders for path in (ROOT / folder).glob("*test*.*")]
    for path in files:
        for name in names_in(path):
            here = f"{path.relative_to(ROOT)}::{name}"
            assert any(here.startswith(one) for one in listed), here
