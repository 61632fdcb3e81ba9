"""Waiting for what one waits for, instead of sleeping."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PAUSE_S = 0.05


def until(check: Callable[[], T], what: str, seconds: float = 60) -> T:
    """Return the first truthy answer of `check`; fail, naming `what`, after `seconds`."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while True:
        answer = check()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"Waited {seconds:g} s in vain for {what}")
        pause.wait(PAUSE_S)
