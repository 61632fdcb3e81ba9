"""What the database has beside what the phones were told: what is lost, and what is there twice."""

from collections import Counter
from typing import NamedTuple

from sqlalchemy import Connection, create_engine, select

from dbsapp.sync.models import Entry, SyncMutation
from tests.kills.load import Saver


class Tally(NamedTuple):
    """How many changes were confirmed, and how many of them are lost or there twice."""

    saved: int
    lost: int
    twice: int


def tally(address: str, savers: list[Saver]) -> Tally:
    """Count through everything that `savers` saved; all of it was confirmed."""
    engine = create_engine(address)
    try:
        with engine.connect() as connection:
            lost = _lost(connection, savers) + _unremembered(connection, savers)
            twice = _twice(connection, savers)
    finally:
        engine.dispose()
    return Tally(sum(len(saver.confirmed) for saver in savers), lost, twice)


def _lost(connection: Connection, savers: list[Saver]) -> int:
    """Count the sets that are in no entry: each change that was saved had one of its own."""
    bodies = connection.execute(select(Entry.id, Entry.body))
    here = {(str(row.id), one["id"]) for row in bodies for one in row.body["sets"]}
    saved = {(key, one["id"]) for s in savers for key, doc in s.docs.items() for one in doc["sets"]}
    return len(saved - here)


def _unremembered(connection: Connection, savers: list[Saver]) -> int:
    """Count the changes that were refused, or would be answered otherwise if they came again."""
    kept = select(SyncMutation.mutation_id, SyncMutation.rev, SyncMutation.seq)
    answers = {str(row.mutation_id): ("ok", row.rev, row.seq) for row in connection.execute(kept)}
    return sum(
        answers.get(key) != (told["status"], told.get("rev"), told.get("seq"))
        for saver in savers
        for key, told in saver.confirmed.items()
    )


def _twice(connection: Connection, savers: list[Saver]) -> int:
    """Count what was applied again: as one more revision, or as one more entry."""
    saves = {key: times for saver in savers for key, times in saver.saves.items()}
    rows = connection.execute(select(Entry.id, Entry.rev, Entry.body)).all()
    revisions: int = sum(max(0, row.rev - saves.get(str(row.id), 0)) for row in rows)
    notes: Counter[str] = Counter(row.body["notes"] for row in rows)
    return revisions + sum(times - 1 for times in notes.values())
