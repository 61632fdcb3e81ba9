"""How often the devices of one rider may ask: one that has lost its way must not slow the rest.

Counted in each process by itself, even where Redis is at hand: this limit need not be exact, and a
question to Redis would cost each sync more than what it asks the database.
"""

import math
import time
import uuid

from flask import current_app
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

MINUTES = 5

_requests = FixedWindowRateLimiter(MemoryStorage())


def count(rider_id: uuid.UUID) -> None:
    """Count a request of a rider.

    Raises:
        TooManyRequests: there were more than `SYNC_LIMIT` within MINUTES; it says how long to wait.
    """
    limit = RateLimitItemPerMinute(current_app.config["SYNC_LIMIT"], MINUTES)
    if not _requests.hit(limit, rider_id.hex):
        until, _left = _requests.get_window_stats(limit, rider_id.hex)
        raise TooManyRequests(retry_after=max(1, math.ceil(until - time.time())))
