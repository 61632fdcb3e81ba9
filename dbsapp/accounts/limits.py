"""How often a password may be tried: by one address, and for one rider."""

import hashlib
from collections.abc import Callable
from typing import Any

from flask import Response, request
from flask_login import current_user

from dbsapp.extensions import limiter

BY_ADDRESS = "30 per 10 minutes"
BY_RIDER = "10 per 10 minutes"
NEW_ACCOUNTS = "20 per hour"

View = Callable[..., Any]


def typed_email() -> str:
    """Return a name for the email in the form: its hash, for the counts may live outside of us."""
    email = request.form.get("email", "").strip().lower()
    return hashlib.sha256(email.encode()).hexdigest()


def signed_in_rider() -> str:
    """Return a name for the rider who asks."""
    return str(current_user.public_id)


def limit_tries(who: Callable[[], str]) -> Callable[[View], View]:
    """Limit the failed posts to a view by address and by `who`; what succeeds does not count."""

    def decorate(view: View) -> View:
        by_rider = limiter.limit(BY_RIDER, key_func=who, methods=["POST"], deduct_when=_failed)
        by_address = limiter.limit(BY_ADDRESS, methods=["POST"], deduct_when=_failed)
        return by_address(by_rider(view))

    return decorate


def limit_new_accounts(view: View) -> View:
    """Limit how many accounts one address may make, or ask after."""
    return limiter.limit(NEW_ACCOUNTS, methods=["POST"])(view)


def _failed(response: Response) -> bool:
    return response.status_code >= 400
