"""Play on: `python -m tests.sim.soak --minutes 60`; new stories, on both databases at once."""

import argparse
import secrets
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from tests.sim.faults import FAULTS, FINE
from tests.sim.phones import ROOT
from tests.sim.run import tell

ROUND = 100
DATABASES = ("sqlite", "postgresql")
MET = {
    "account deleted",
    "broken over an entry",
    "clock set",
    "database closed",
    "databases lost",
    "databases lost with changes that wait",
    "newer app wanted",
    "old request again",
    "other release",
    "page dies before the second place",
    "page killed by a fuse",
    "phone backup restored",
    "phone storage lost",
    "power lost",
    "requests overlap",
    "second place fails",
    "server backup restored",
    "storage full",
    "winter",
}
EXPECTED = {*FAULTS, *MET}


class Report(msgspec.Struct):
    """What a player met."""

    episodes: int = 0
    met: dict[str, int] = {}


def play_on(database: str, until: float, folder: Path) -> list[str]:
    """Play round after round on `database`; return how to play again those that failed."""
    failures = []
    while time.time() < until:
        seed = secrets.randbelow(2**31)
        words = ["tests.sim.run", database, "--episodes", str(ROUND), "--seed", str(seed)]
        report = folder / f"{database}-{seed}.json"
        played = subprocess.run(
            [sys.executable, "-m", *words, "--report", report], cwd=ROOT, check=False
        )
        if played.returncode:
            failures.append(" ".join(words))
    return failures


def main() -> int:
    """Play for so many minutes; 1 if a promise was broken or a fault never met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=60)
    until = time.time() + parser.parse_args().minutes * 60
    with TemporaryDirectory() as name, ThreadPoolExecutor() as pool:
        folder = Path(name)
        players = [pool.submit(play_on, database, until, folder) for database in DATABASES]
        failures = [words for player in players for words in player.result()]
        reports = [msgspec.json.decode(file.read_bytes(), type=Report) for file in folder.iterdir()]
    return summarise(reports, failures)


def summarise(reports: list[Report], failures: list[str]) -> int:
    """Print what was met and what fell."""
    met: Counter[str] = Counter()
    for report in reports:
        met.update(report.met)
    met.pop(FINE, None)
    tell(f"{sum(report.episodes for report in reports)} episodes")
    for what, count in sorted(met.items()):
        tell(f"{count:>9}  {what}")
    never = sorted(EXPECTED - met.keys())
    tell(f"never met: {', '.join(never) or 'none'}")
    tell(f"failures: {len(failures)}")
    for words in failures:
        tell(f"  again: .venv/bin/python -m {words}")
    return 1 if failures or never else 0


if __name__ == "__main__":
    sys.exit(main())
