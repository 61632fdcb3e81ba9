"""What the stories that are told again begin with."""

from collections.abc import Iterator

import pytest

from tests.sim.actions import Actions
from tests.sim.promises import check_all, settle_down
from tests.sim.run import new_world
from tests.sim.world import World


@pytest.fixture(scope="module")
def shared() -> Iterator[World]:
    with new_world("sqlite") as world:
        yield world


@pytest.fixture
def story(shared: World) -> Iterator[Actions]:
    """Alice with her phone and her laptop; at the end every promise is checked."""
    shared.begin()
    shared.device("alice-phone", "alice")
    shared.device("alice-laptop", "alice", locks=False)
    actions = Actions(shared)
    yield actions
    settle_down(actions)
    check_all(actions)
