"""What is committed in the server's database, read past the app."""

import uuid
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from dbsapp.accounts.models import Rider
from dbsapp.sync.models import Entry, EntryRev, SyncMutation, SyncRider

Json = dict[str, Any]


class Database:
    """Reads beside requests that stand still with a lock in their hand."""

    def __init__(self, address: str) -> None:
        self.reader = sa.create_engine(address, isolation_level="AUTOCOMMIT")
        self.riders: dict[str, Rider] = {}

    def is_waiting(self) -> bool:
        """Tell whether some request waits for another's lock (PostgreSQL)."""
        with self.reader.connect() as connection:
            waiting = sa.text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type='Lock'")
            return bool(connection.execute(waiting).scalar())

    def rows(self, rider: str) -> tuple[list[Json], list[Json], list[Json]]:
        """Return a rider's entries, revisions and answers."""
        rider_id = self.riders[rider].id
        with self.reader.connect() as connection:
            return tuple(  # type: ignore[return-value]
                [
                    dict(row._mapping)
                    for row in connection.execute(
                        sa.select(model.__table__).where(model.rider_id == rider_id)
                    )
                ]
                for model in (Entry, EntryRev, SyncMutation)
            )

    def log(self, rider: str) -> Json:
        """Return the row of a rider's log; nothing of a deleted one."""
        with self.reader.connect() as connection:
            row = connection.execute(
                sa.select(SyncRider.__table__).where(SyncRider.rider_id == self.riders[rider].id)
            ).one_or_none()
            return {} if row is None else dict(row._mapping)

    def answered(self, mutation_ids: Iterable[str]) -> dict[str, str]:
        """Return how those of `mutation_ids` were answered that were answered for good."""
        wanted = [uuid.UUID(one) for one in mutation_ids]
        asked = sa.select(SyncMutation.mutation_id, SyncMutation.status).where(
            SyncMutation.mutation_id.in_(wanted)
        )
        with self.reader.connect() as connection:
            return {str(row.mutation_id): row.status for row in connection.execute(asked)}


def doc_of(row: Json) -> Json | None:
    """Return an entry of the server as a device has it, None for a deleted one."""
    if row["deleted"]:
        return None
    return filled({**(row["extra"] or {}), **(row["body"] or {})})


def filled(doc: Json | None) -> Json | None:
    """Return a document without its empty fields."""
    return None if doc is None else {key: value for key, value in doc.items() if value is not None}
