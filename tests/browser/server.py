"""The app as a real server in processes of its own, which a test may stop and start again."""

import sys
import urllib.request
from pathlib import Path

from tests.browser.engines.ports import free_port
from tests.browser.engines.program import Program
from tests.waiting import until

ROOT = Path(__file__).resolve().parents[2]


class Server:
    """`python -m dbsapp` on a port and a database that stay the same over restarts.

    `data` is where its database goes, `home` the tree whose code and content it runs, and `env`
    more of its environment.
    """

    def __init__(self, data: Path, home: Path = ROOT, **env: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data / "server.log"
        self._home = home
        self._env = {
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "DATABASE_URL": f"sqlite:///{data / 'server.sqlite3'}",
            "SECRET_KEY": "for-the-tests-only",
            **env,
        }
        self._program: Program | None = None

    def start(self) -> None:
        """Start the server and return when it answers."""
        command = [sys.executable, "-m", "dbsapp"]
        self._program = Program(command, self.log, self._env, self._home)
        self._program.said(r"(http://\S+)")
        until(self._answers, f"an answer of {self.url}")

    def stop(self) -> None:
        """Stop the server as an operator would; its port is free then."""
        if self._program:
            self._program.stop()
        self._program = None

    def kill(self) -> None:
        """Kill the server (SIGKILL), as a power cut would."""
        if self._program:
            self._program.kill()
        self._program = None

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz") as response:
                return bool(response.status == 200)
        except OSError:
            return False
