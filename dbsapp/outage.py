"""Telling a database that cannot be had now from one that refuses what it is asked.

While one server takes over from another, a rider only waits: every such error is answered 503.
"""

import logging

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionLeftError

from dbsapp.extensions import db

logger = logging.getLogger(__name__)

#: How long we ask a client to wait, in seconds.
BUSY_SECONDS = 5
#: What a replica says to a write, until it is made the primary (SQLSTATE, PostgreSQL appendix A).
READ_ONLY = "25006"


def wait_for_better(error: SQLAlchemyError) -> None:
    """Take back what was begun and note the outage; raise `error` again if it is none."""
    db.session.rollback()
    if not is_outage(error):
        raise error
    reason = str(error.orig if isinstance(error, DBAPIError) else error).splitlines()[:1]
    logger.warning("The database cannot be had now: %s", *reason or ["no reason given"])


def is_outage(error: SQLAlchemyError) -> bool:
    """Tell whether the same request may well succeed later: nothing is wrong with it."""
    if isinstance(error, (OperationalError, InterfaceError, NoConnectionLeftError)):
        return True
    return isinstance(error, DBAPIError) and (
        error.connection_invalidated or getattr(error.orig, "sqlstate", None) == READ_ONLY
    )
