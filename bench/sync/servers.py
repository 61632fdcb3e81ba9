"""The servers of these measurements: ours under granian or gunicorn, and pouchdb-server."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.servers import EAGER, ROOT, free_port, running
from bench.sync.databases import SECRET

BENCH = ROOT / "bench"


@contextmanager
def ours(address: str) -> Iterator[str]:
    """Run our server as `make run` does, on the database at `address`."""
    port = free_port()
    command = [sys.executable, "-m", "dbsapp"]
    env = {"PORT": str(port), "DATABASE_URL": address, "SECRET_KEY": SECRET, **EAGER}
    with running(command, port, env) as base:
        yield base


@contextmanager
def ours_under_gunicorn(address: str) -> Iterator[str]:
    """Run our server under gunicorn with the settings that Valens gets."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--workers", "2", "--bind", f"127.0.0.1:{port}"]
    env = {"DATABASE_URL": address, "SECRET_KEY": SECRET, **EAGER}
    with running([*command, "app:app"], port, env) as base:
        yield base


@contextmanager
def pouchdb_server(folder: Path) -> Iterator[str]:
    """Run pouchdb-server in memory; its log and its settings go to `folder`."""
    port = free_port()
    config = folder / "pouchdb.json"
    config.write_text(json.dumps({"log": {"file": str(folder / "pouchdb.log")}}))
    program = BENCH / "node_modules" / "pouchdb-server" / "bin" / "pouchdb-server"
    command = ["node", str(program), "--in-memory", "--port", str(port), "--dir", str(folder)]
    command += ["--config", str(config), "--no-stdout-logs"]
    with running(command, port, {}) as base:
        yield base
