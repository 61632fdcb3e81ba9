"""Processes die, and the promise stands: a few kills of each kind; `make kills` has many."""

from pathlib import Path

import pytest

from tests.kills.runs import kill_workers, kill_workers_on_postgres, stop_postgres
from tests.kills.servers import Granian, Gunicorn


@pytest.mark.parametrize("server", [Granian, Gunicorn])
def test_killed_workers_lose_and_repeat_nothing(server: type[Granian], tmp_path: Path) -> None:
    kill_workers(server(tmp_path), 10).assert_nothing_lost_or_twice()


def test_nor_do_they_on_postgresql(tmp_path: Path) -> None:
    kill_workers_on_postgres(Granian, tmp_path, 10).assert_nothing_lost_or_twice()


def test_a_power_cut_of_postgresql_loses_and_repeats_nothing(tmp_path: Path) -> None:
    stop_postgres(tmp_path, 1).assert_nothing_lost_or_twice()
