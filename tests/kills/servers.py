"""The app under the servers that operators run, with workers that can be killed one by one."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.browser.engines.program import Program
from tests.browser.server import ROOT, Server
from tests.waiting import until

WORKERS = 2


class Granian(Server):
    """`python -m dbsapp`, as `make run` starts it."""

    name = "granian"

    def __init__(self, data: Path, home: Path = ROOT, **env: str) -> None:
        # The phones here push without a pause.
        super().__init__(data, home, SYNC_LIMIT="1000000000", **env)

    @property
    def database(self) -> str:
        """The address of its database, for SQLAlchemy."""
        return self._env["DATABASE_URL"]

    def workers(self) -> list[int]:
        """Return the processes that answer requests, the longest running first."""
        assert self._program
        parent = self._program.process.pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        return sorted((int(pid) for pid in children if _state(pid)[0] != "Z"), key=_started)

    def kill_worker(self) -> None:
        """Kill (SIGKILL) the worker that has run longest, once none is being replaced."""
        # Asked for once: while one is dying, the system's list may leave out another, and granian
        # ends if the newest dies soon.
        workers = until(self._all_workers, "all workers")
        os.kill(workers[0], signal.SIGKILL)

    def _all_workers(self) -> list[int]:
        workers = self.workers()
        return workers if len(workers) == WORKERS else []

    def alive(self) -> bool:
        """Return whether the process that minds the workers still runs."""
        return self._program is not None and self._program.process.poll() is None


class Gunicorn(Granian):
    """gunicorn, as docs/deploy.md starts it."""

    name = "gunicorn"

    def start(self) -> None:
        flask = [sys.executable, "-m", "flask", "--app", "app", "db", "upgrade"]
        # gunicorn keeps a socket at home, and the tester's home is not ours.
        env = {**os.environ, **self._env, "HOME": str(self.log.parent)}
        subprocess.run(flask, env=env, cwd=ROOT, check=True, capture_output=True)
        command = [sys.executable, "-m", "gunicorn", "--workers", str(WORKERS)]
        command += ["--bind", f"127.0.0.1:{self.port}", "app:app"]
        self._program = Program(command, self.log, env, ROOT)
        until(self._answers, f"an answer of {self.url}")


def _state(pid: str | int) -> list[str]:
    """Return what /proc says of a process from its state on; a process that is gone is a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ["Z"]


def _started(pid: int) -> int:
    """Return when a process was started, in ticks."""
    state = _state(pid)
    return int(state[19]) if len(state) > 19 else 0
