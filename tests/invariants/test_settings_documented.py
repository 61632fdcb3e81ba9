"""An operator finds every setting in docs/deploy.md."""

import ast
import re

import pytest

from dbsapp.config import ROOT

CONFIG = ast.parse((ROOT / "dbsapp" / "config.py").read_text())
#: The names that config.py asks its `env` for: constants in capitals among a call's arguments.
READ = {
    word.value
    for call in ast.walk(CONFIG)
    if isinstance(call, ast.Call)
    and any(isinstance(part, ast.Name) and part.id == "env" for part in ast.walk(call))
    for word in call.args
    if isinstance(word, ast.Constant) and isinstance(word.value, str) and word.value.isupper()
}
DOCUMENTED = set(re.findall(r"`([A-Z][A-Z_]+)`", (ROOT / "docs" / "deploy.md").read_text()))


def test_the_settings_are_found_in_the_code() -> None:
    assert {"PORT", "HOST", "DATABASE_URL", "SECRET_KEY", "SITE_URL"} <= READ


@pytest.mark.parametrize("name", sorted(READ))
def test_every_setting_is_documented(name: str) -> None:
    assert name in DOCUMENTED


def test_the_environment_is_read_in_one_place_only() -> None:
    readers = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "dbsapp").rglob("*.py")
        if re.search(r"\bos\.(getenv|environ(?!\[.*\] = ))", path.read_text())
    ]
    assert readers == ["dbsapp/config.py"]
