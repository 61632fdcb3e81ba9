"""The site loses an app server, then its database, while riders log: they only wait."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scale.cluster import Cluster
from tests.scale.riders import Riders, check_nothing_is_lost
from tests.waiting import until

RIDERS = 4


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """Return a small site that runs."""
    with Cluster(tmp_path) as cluster:
        yield cluster


@pytest.fixture
def riders(cluster: Cluster, tmp_path: Path) -> Iterator[Riders]:
    """Return riders who have begun to log."""
    riders = Riders(cluster.url, RIDERS, tmp_path / "riders.log")
    yield riders
    riders.close()


def test_nothing_is_lost_and_nothing_counts_twice(cluster: Cluster, riders: Riders) -> None:
    riders.push_more(40)
    cluster.servers[0].kill()
    riders.push_more(40)
    cluster.servers[0].start()
    riders.push_more(20)
    cluster.cut_off_replica()
    until(lambda: cluster.unconfirmed() >= 2, "pushes that the replica does not have")
    cluster.fail_over()
    riders.push_more(40)
    report = riders.finish()
    check_nothing_is_lost(report, cluster.replica.folder)
    assert report["answers"].keys() - {"none", "200", "502", "503", "504"} == set()
    for server in cluster.servers:
        said = server.log.read_text()
        assert "A part of a push failed" not in said, said[-2_000:]
        assert "Traceback" not in said, said[-2_000:]
