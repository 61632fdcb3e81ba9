"""Riders with real client cores (tests/js/scale/phones.js), and what must be true of them after."""

import json
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import Any

import psycopg

from tests.browser.server import ROOT
from tests.waiting import until

SCRIPT = ROOT / "tests/js/scale/phones.js"
Report = dict[str, Any]


class Riders:
    """The process in which all phones live; its log holds a line for each push."""

    def __init__(self, url: str, riders: int, log: Path) -> None:
        self._log = log
        node = shutil.which("node")
        assert node, "tools/system-packages installs Node"
        with log.open("w") as output:
            self._process = subprocess.Popen(
                [node, str(SCRIPT), url, str(riders)],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def push_more(self, count: int) -> None:
        """Wait until that many more mutations were confirmed."""
        enough = self._acked() + count
        until(lambda: self._acked() >= enough, f"{count} more mutations to be confirmed")

    def finish(self) -> Report:
        """Let them log no more; return what they hold once everything is synchronised."""
        self._process.communicate()
        said = self._log.read_text()
        assert self._process.returncode == 0, said[-2_000:]
        report: Report = json.loads(said.splitlines()[-1])
        return report

    def close(self) -> None:
        """End them, whatever they do."""
        self._process.kill()
        self._process.communicate()

    def _acked(self) -> int:
        said = self._log.read_text()
        assert self._process.poll() is None, said[-2_000:]
        lines = said.splitlines()
        return int(json.loads(lines[-1])["acked"]) if lines else 0


def check_nothing_is_lost(report: Report, database: Path) -> None:
    """Compare what the riders made, what they were told, what they hold, and the database."""
    made: dict[str, dict[str, list[Any]]] = defaultdict(dict)
    for phone in report["phones"]:
        assert phone["attention"] == 0
        made[phone["user"]] |= {id_: [notes, None] for id_, notes in phone["made"].items()}
    for phone in report["phones"]:
        for id_, effort in phone["rated"].items():
            made[phone["user"]][id_][1] = effort
    for phone in report["phones"]:
        assert phone["held"] == made[phone["user"]]
    with psycopg.connect(host=str(database), user="dbs", dbname="postgres") as connection:
        _check_database(connection, report["phones"], made)


def _check_database(
    connection: psycopg.Connection, phones: list[Report], made: dict[str, dict[str, list[Any]]]
) -> None:
    """Assert that every mutation counts once, and as its phone was told."""
    rows = connection.execute("SELECT mutation_id::text, status, rev, seq FROM sync_mutation")
    kept = {id_: {"status": status, "rev": rev, "seq": seq} for id_, status, rev, seq in rows}
    assert kept.keys() == {id_ for phone in phones for id_ in phone["sent"]}
    assert kept == {id_: told for phone in phones for id_, told in phone["told"].items()}
    query = "SELECT 'u_' || replace(rider_id::text, '-', ''), id::text, rev FROM entry"
    entries = connection.execute(query).fetchall()
    assert {(user, id_) for user, id_, _rev in entries} == {
        (user, id_) for user, ids in made.items() for id_ in ids
    }
    replaced = connection.execute("SELECT count(*) FROM entry_rev WHERE NOT lost").fetchone()
    assert replaced == (len(kept) - len(entries),)
    assert len(kept) == sum(rev for *_, rev in entries)
