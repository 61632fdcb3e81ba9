"""Phones against servers: PouchDB beside our client core on SQLite and on PostgreSQL."""

import json
import subprocess
from pathlib import Path
from typing import Any

from bench.report import figure, table
from bench.servers import ROOT
from bench.sync.databases import database, riders
from bench.sync.servers import ours, pouchdb_server

HERE = ROOT / "bench" / "sync"
DATABASES = ("sqlite", "postgresql")
#: For PouchDB and for ours: a store in memory makes much garbage that is young; and what preparing
#: left behind is not to be cleared away on the time of what is measured.
NODE_OPTIONS = ("--max-semi-space-size=64", "--expose-gc")
GOALS = {"sqlite": ("≥ 6", "≥ 15"), "postgresql": ("≥ 3", "≥ 8")}

Figures = dict[str, float]


def node(script: str, *args: object) -> Figures:
    """Run a script of this folder and return the figures that it prints."""
    command = ["node", *NODE_OPTIONS, str(HERE / script), *map(str, args)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{script} failed: {done.stderr[-1500:]}")
    figures: Figures = json.loads(done.stdout)
    return figures


def measure(entries: int, folder: Path) -> dict[str, Figures]:
    """Measure PouchDB and ours and return the seconds and milliseconds of each."""
    found: dict[str, Figures] = {}
    with pouchdb_server(folder) as base:
        found["pouchdb"] = node("pouch.mjs", base, entries)
    for name in DATABASES:
        with database(name) as address:
            _, cookie = riders(address, ["alice"])["alice"]
            with ours(address) as base:
                found[name] = node("ours.mjs", base, cookie, entries)
    return found


def report(entries: int, found: dict[str, Figures]) -> None:
    """Print the table and the ratios."""
    rows: tuple[tuple[str, str, str], ...] = (
        (f"push {entries:,}, s", "push", ".2f"),
        (f"pull {entries:,} into a list, s", "pull", ".2f"),
        ("processor time of the push, all sides, s", "push_cpu", ".2f"),
        ("processor time of the pull, all sides, s", "pull_cpu", ".2f"),
        ("one new entry pushed, ms", "one_push", ".1f"),
        ("pulled by the other device, ms", "one_pull", ".1f"),
    )
    columns = ("pouchdb", *DATABASES)
    table(("", *columns), [(n, *(format(found[c][k], f) for c in columns)) for n, k, f in rows])
    peer = found["pouchdb"]
    for name in DATABASES:
        push, pull = GOALS[name]
        figure(f"sync.{name}.push_vs_pouchdb", peer["push"] / found[name]["push"], push)
        figure(f"sync.{name}.pull_vs_pouchdb", peer["pull"] / found[name]["pull"], pull)
    mine = found["sqlite"]
    figure("sync.sqlite.one_entry_ms", mine["one_push"] + mine["one_pull"], "≤ 5")
    figure("sync.bytes_a_session_of_8_sets", mine["bytes"], "≤ 250")


def main(entries: int, folder: Path) -> dict[str, Any]:
    """Measure and print."""
    print(
        f"\nPouchDB 9 → pouchdb-server 4.2, both in memory, batches of 100, beside our client core "
        f"in Node on a store\nin memory (bench/sync/memory-idb.mjs), its own batches of up to 200, "
        f"gzip, every commit on the disk; {entries:,} entries"
    )
    found = measure(entries, folder)
    report(entries, found)
    return found
