"""The process that runs the phones: the app's own data layer in Node (tests/js/sim/phones.js)."""

import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "tests/js/sim/phones.js"
BREAKER = ROOT / "tests/js/sim/break.js"

Json = dict[str, Any]


class Phones:
    """Send commands and return what followed; `broken` names a fault put into the data layer."""

    def __init__(self, broken: str | None = None) -> None:
        breaking = ["--import", f"{BREAKER.as_uri()}?{broken}"] if broken else []
        self.process = subprocess.Popen(
            ["node", *breaking, SCRIPT],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def __enter__(self) -> "Phones":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()

    def do(self, what: str, **more: Any) -> Json:
        """Carry out one command, wait until all is quiet, and return what is to be seen."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"do": what, **more}) + "\n")
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"The phones ended at {what} {more}.")
        answer: Json = json.loads(line)
        return answer
