"""Programs that a test starts, and can end as roughly as a phone does."""

import contextlib
import os
import re
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.waiting import until


def require(binary: str) -> str:
    """Return `binary`; fail with a sentence where the machine does not have it."""
    if not Path(binary).exists():
        raise AssertionError(f"{binary} is missing: tools/system-packages says how to install it.")
    return binary


class Program:
    """A process in a group of its own, so that all its children end with it."""

    def __init__(
        self,
        command: Sequence[str],
        log: Path,
        env: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> None:
        require(command[0])
        self.log = log
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, **(env or {})},
                cwd=folder,
                start_new_session=True,
            )

    def said(self, pattern: str) -> str:
        """Wait until the program has written what `pattern` matches; return its first group."""

        def look() -> re.Match[str] | None:
            text = self.log.read_text(errors="replace")
            if self.process.poll() is not None:
                raise AssertionError(f"{self.process.args!r} ended at once, saying: {text}")
            return re.search(pattern, text)

        found = until(look, f"{pattern!r} from {self.process.args!r}")
        assert found is not None
        return found.group(1)

    def kill(self) -> None:
        """End the whole group at once, with no chance to save anything (SIGKILL)."""
        self._signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Ask the program to end, and see the rest of its group off."""
        self._signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(10)
        self.kill()

    def _signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)
