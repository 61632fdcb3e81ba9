"""Telling a database that cannot be had now from one that refuses what it is asked.

While one server takes over from another, a rider only waits: every such error is answered 503.
"""

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionLeftError

#: How long we ask a client to wait, in seconds.
BUSY_SECONDS = 5
#: What a replica says to a write, until it is made the primary (SQLSTATE, PostgreSQL appendix A).
READ_ONLY = "25006"


def is_outage(error: SQLAlchemyError) -> bool:
    """Tell whether the same request may well succeed later: nothing is wrong with it."""
    if isinstance(error, (OperationalError, InterfaceError, NoConnectionLeftError)):
        return True
    return isinstance(error, DBAPIError) and (
        error.connection_invalidated or getattr(error.orig, "sqlstate", None) == READ_ONLY
    )
