"""One server on SQLite, one on PostgreSQL, and a small site; docs/scale.md counts with the figures.

All of it shares this machine with the load generator, so requests a second tell what the parts
cost, not what a site of several machines would do. Processor time a request tells that.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple

from bench.report import table
from bench.servers import ROOT
from bench.sync.databases import SECRET, database, riders
from bench.sync.servers import ours_under_gunicorn
from tests.scale.cluster import Cluster

RIDERS, CONNECTIONS, SECONDS = 32, 8, 6
ASKING = {"X-Sync-Proto": "1", "Sec-Fetch-Site": "same-origin"}

#: What serves us is named after the language it is written in.
PARTS = {"python": "app", "python3": "app", "gunicorn": "app"}

Site = tuple[str, str]


class Stat(NamedTuple):
    """A process: its number, its parent's, its name, and the ticks that it has taken."""

    pid: int
    parent: int
    name: str
    ticks: int


@contextmanager
def one_server(name: str) -> Iterator[Site]:
    """Run gunicorn with two workers on a database; yield its URL and the database's."""
    with database(name) as address, ours_under_gunicorn(address) as url:
        yield url, address


@contextmanager
def small_site() -> Iterator[Site]:
    """Run two servers behind nginx on PgBouncer and a PostgreSQL with a synchronous replica."""
    with tempfile.TemporaryDirectory() as name, Cluster(Path(name), SECRET_KEY=SECRET) as site:
        yield site.url, site.bouncer.address


def processor_ms() -> Counter[str]:
    """Return the processor time of all that this process has started, by program."""
    rows = [fields for fields in map(stat_of, Path("/proc").glob("[0-9]*/stat")) if fields]
    children: dict[int, list[Stat]] = {}
    for row in rows:
        children.setdefault(row.parent, []).append(row)
    found: Counter[str] = Counter()
    todo = list(children.get(os.getpid(), ()))
    while todo:
        row = todo.pop()
        found[PARTS.get(row.name, row.name)] += row.ticks * 1000 // os.sysconf("SC_CLK_TCK")
        todo += children.get(row.pid, ())
    return found


def stat_of(file: Path) -> Stat | None:
    """Read what /proc says of a process; None if it has ended meanwhile."""
    try:
        name, _, rest = file.read_text().partition(" (")[2].rpartition(") ")
    except OSError:
        return None
    fields = rest.split()
    return Stat(int(file.parent.name), int(fields[1]), name, int(fields[11]) + int(fields[12]))


def load(url: str, kind: str, people: Path) -> int:
    """Load a site for `SECONDS` and return how many requests it answered; needs wrk."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise SystemExit("The load generator is missing: apt-get install wrk")
    options = ["-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", str(ROOT / "bench/scale.lua")]
    command = [wrk, *options, url, "--", kind, str(people)]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in out:
        raise RuntimeError(f"{url} answered with errors: {out}")
    found = re.search(r"(\d+) requests in", out)
    assert found, out
    return int(found[1])


def cursor_of(url: str, cookie: str) -> str:
    """Return the cursor of a rider who has everything."""
    asked = urllib.request.Request(f"{url}/api/sync/v1/pull", headers=ASKING | {"Cookie": cookie})
    with urllib.request.urlopen(asked) as answer:
        return str(json.load(answer)["cursor"])


def write_riders(file: Path, url: str, people: Mapping[str, tuple[str, str]]) -> None:
    """Write who asks, for scale.lua."""
    body = json.loads((ROOT / "bench/sync/entry.json").read_text()) | {"date": "2026-03-01"}
    rows = [
        f"{{user='{user}', cookie='{cookie}', cursor='{cursor_of(url, cookie)}'}}"
        for user, cookie in people.values()
    ]
    file.write_text(f"return {{ body=[==[{json.dumps(body)}]==], {', '.join(rows)} }}\n")


def measure(site: Site, folder: Path) -> list[tuple[str, ...]]:
    """Return of each kind of request how many a second, and what each takes of the processors."""
    url, address = site
    people = riders(address, [f"rider{n}" for n in range(RIDERS)])
    rows: list[tuple[str, ...]] = []
    for kind in ("pull", "push"):
        write_riders(folder / "riders.lua", url, people)
        before = processor_ms()
        count = load(url, kind, folder / "riders.lua")
        spent = processor_ms() - before
        shares = (f"{name} {took / count:.2f}" for name, took in sorted(spent.items()))
        rows.append((kind, f"{count / SECONDS:.0f}", ", ".join(shares)))
    return rows


def main() -> None:
    """Measure and print."""
    sites: dict[str, Callable[[], AbstractContextManager[Site]]] = {
        "one server, SQLite": lambda: one_server("sqlite"),
        "one server, PostgreSQL": lambda: one_server("postgresql"),
        "two servers, replica": small_site,
    }
    rows: list[tuple[str, ...]] = []
    for name, run in sites.items():
        with tempfile.TemporaryDirectory() as folder, run() as site:
            rows += [(name, *row) for row in measure(site, Path(folder))]
    print(f"{CONNECTIONS} connections of {RIDERS} riders, one entry a push, nothing new in a pull")
    table(("site", "request", "a second", "processor ms a request"), rows)


if __name__ == "__main__":
    main()
