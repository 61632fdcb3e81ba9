"""The promise of docs/sync.md, under whatever can go wrong: stories drawn by Hypothesis.

Real data layers of several phones, the real app and a real database; what happens to them is
drawn, and a story that breaks a promise is printed, as short as it can be. `make soak` plays on.
"""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.sim.phones import ROOT

#: 2,000 in all; a story costs PostgreSQL half as much again.
EPISODES = {"sqlite": 1_300, "postgresql": 700}


def _start(module: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", f"tests.sim.{module}", *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.fixture(scope="module")
def playing() -> Iterator[dict[str, subprocess.Popen[str]]]:
    """Play on both databases at once; the same stories each time."""
    players = {name: _start("run", name, "--episodes", str(n)) for name, n in EPISODES.items()}
    yield players
    for player in players.values():
        player.terminate()
        player.wait()


@pytest.mark.parametrize("where", EPISODES)
def test_nothing_is_lost_whatever_happens(
    playing: dict[str, subprocess.Popen[str]], where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said, _ = playing[where].communicate()
    with capsys.disabled():
        sys.stdout.write(f"\n{said}")
    assert playing[where].returncode == 0, said


def test_faults_that_are_put_in_on_purpose_are_found() -> None:
    player = _start("try_broken", "--no-shrink", "--database", "sqlite")
    said, _ = player.communicate()
    assert player.returncode == 0, said
