"""Faults put in on purpose, here and never in the product: each must be found by some story."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

from sqlalchemy import delete, select

from dbsapp.extensions import db
from dbsapp.sync import counter, pull, service, turn
from dbsapp.sync.models import SyncMutation, SyncRider
from dbsapp.sync.protocol import Push

Json = dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """A fault: in the data layer of the phones (tests/js/sim/breaker.js), or in the server.

    `rules` are those of the machine whose stories can show it; without, all are played.
    """

    name: str
    said: str
    patch: Callable[[], Any] | None = None
    rules: tuple[str, ...] = ()

    @property
    def in_phones(self) -> str | None:
        """Return the name for the phones, if it is theirs."""
        return None if self.patch else self.name

    @contextmanager
    def put_in(self) -> Iterator[None]:
        """Have the fault in the server meanwhile."""
        if self.patch is None:
            yield
            return
        with self.patch():
            yield


def _no_lock() -> Any:
    """Hand numbers out as a sequence does: at once and for good, with nothing locked after."""
    locked = counter.lock_log

    def unlocked(rider_id: uuid.UUID, numbers: int = 0, device_id: uuid.UUID | None = None) -> Any:
        db.session.rollback()
        log = locked(rider_id, numbers, device_id)
        db.session.commit()
        return log

    return mock.patch.object(turn, "lock_log", unlocked)


def _early_cursor() -> Any:
    """Take the cursor from the log, as if the rows of the page were all there are."""
    whole = pull.pull

    def early(rider_id: uuid.UUID, cursor: str, limit: int, now: int) -> Json:
        log = db.session.execute(
            select(SyncRider.epoch, SyncRider.seq).where(SyncRider.rider_id == rider_id)
        ).one()
        answer = whole(rider_id, cursor, limit, now)
        return answer if answer["reset"] else answer | {"cursor": f"{log.epoch}:{log.seq}"}

    return mock.patch.object(pull, "pull", early)


def _forgotten_ids() -> Any:
    """Know no mutation again."""

    def forget(request: Push, _rows: Any) -> dict[uuid.UUID, Json]:
        rider_id = uuid.UUID(request.sender.user.removeprefix("u_"))
        db.session.execute(
            delete(SyncMutation).where(SyncMutation.rider_id == rider_id),
            execution_options={"synchronize_session": False},
        )
        return {}

    return mock.patch.object(service, "_known_results", forget)


#: Rare faults show in stories of two devices at once; with all rules it takes minutes to meet one.
RACE = ("creates", "edits", "syncs_well", "requests_overlap_in_the_server")
SECOND = ("creates", "edits", "syncs_well", "loses_all_databases")
POWER = ("creates", "edits", "syncs_well", "loses_power_as_it_syncs")
NEWS = ("creates", "edits", "syncs_well", "dies_while_it_takes_in_news")

FAULTS = (
    Fault("no-lock", "no lock on the counter row", _no_lock, RACE),
    Fault("cursor-before-rows", "the cursor is taken before the rows", _early_cursor, RACE),
    Fault("ids-forgotten", "mutation ids are forgotten", _forgotten_ids),
    Fault("refused-dropped", "refused writes are dropped"),
    Fault(
        "cursor-before-rows-on-the-phone",
        "the phone stores the cursor before the rows",
        rules=NEWS,
    ),
    Fault("outbox-cleared-before-the-answer", "the outbox is cleared before the answer"),
    Fault("not-waited-for", "no save waits for the disk", rules=POWER),
    Fault("not-in-the-second-place", "a change is not written to the second place", rules=SECOND),
    Fault("second-place-untidy", "what was sent stays in the second place", rules=SECOND),
    Fault("not-brought-back", "the second place is not read", rules=SECOND),
    Fault(
        "discarded-in-the-second-place",
        "what was discarded stays in the second place",
        rules=(*SECOND, "edits_oddly", "attends"),
    ),
)
