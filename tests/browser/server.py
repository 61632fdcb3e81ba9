"""The app as a real server in processes of its own, which a test may stop and start again."""

import sys
from pathlib import Path

from tests.browser.engines.ports import free_port, listens
from tests.browser.engines.program import Program
from tests.browser.engines.waiting import until

ROOT = Path(__file__).resolve().parents[2]


class Server:
    """`python -m dbsapp` on a port and a database that stay the same over restarts."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._folder = folder
        self._program: Program | None = None

    def start(self) -> None:
        """Start the server and return when it accepts connections."""
        program = Program(
            [sys.executable, "-m", "dbsapp"],
            self._folder / "server.log",
            {
                "HOST": "127.0.0.1",
                "PORT": str(self.port),
                "DATABASE_URL": f"sqlite:///{self._folder / 'server.sqlite3'}",
                "SECRET_KEY": "for-the-tests-only",
                "PYTHONPATH": str(ROOT),
            },
        )
        self._program = program
        program.said(r"(http://127\.0\.0\.1:\d+)")
        until(lambda: listens(self.port), f"the server on port {self.port}")

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
