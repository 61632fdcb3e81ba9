"""What every push begins and ends with, whatever it brings."""

import uuid
from typing import Any

from sqlalchemy import Connection

from dbsapp.sync import bulk, protocol
from dbsapp.sync.counter import Log, disown_past, lock_log
from dbsapp.sync.models import SyncDevice
from dbsapp.sync.protocol import Sender, WireError

DEVICE_SEEN_EVERY_MS = 3_600_000

Json = dict[str, Any]


def take(rider_id: uuid.UUID, sender: Sender, numbers: int) -> Log:
    """Lock the log for a push and take so many numbers, if it is the log that the device means.

    Raises:
        WireError: 409 `wrong_user` or `epoch`, 410 `account_deleted`.
    """
    if sender.user != protocol.public_id(rider_id):
        raise WireError(409, "wrong_user")
    log = lock_log(rider_id, numbers, sender.device)
    if sender.epoch not in (None, log.epoch):
        raise WireError(409, "epoch")
    if sender.epoch and sender.seq > log.seq - numbers:
        disown_past(rider_id)  # stays, though the push is refused
        raise WireError(409, "epoch")
    return log


def see_device(
    connection: Connection, rider_id: uuid.UUID, sender: Sender, log: Log, now: int
) -> None:
    """Write down that the device was seen: once an hour does."""
    if now - (log.device_seen_at or 0) <= DEVICE_SEEN_EVERY_MS:
        return
    row = {
        "rider_id": rider_id,
        "device_id": sender.device,
        "created_at": now,
        "last_seen_at": now,
        "app_version": sender.app_version,
        "schema": sender.schema,
    }
    bulk.put(connection, SyncDevice, [row])


def answer(log: Log, results: list[Json], now: int) -> Json:
    """Return the answer of a push."""
    head = {"proto": protocol.PROTO, "server_now": now, "epoch": log.epoch, "seq": log.seq}
    return {**head, "results": results}
