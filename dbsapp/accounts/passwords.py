"""Passwords: what is accepted, how it is kept, how it is checked."""

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

LEAST, MOST = 10, 200
#: OWASP's first choice for argon2id (Password Storage Cheat Sheet): 19 MiB, two passes, one lane.
COSTS = {"time_cost": 2, "memory_cost": 19_456, "parallelism": 1}


def fault_of(password: str, email: str) -> str | None:
    """Return a sentence that says why `password` will not do, or None if it will."""
    plain = _plain(password)
    if not LEAST <= len(plain) <= MOST:
        return f"Use at least {LEAST} characters, and at most {MOST}. A few words make a good one."
    if plain.lower() == email.strip().lower():
        return "Use something other than your email address."
    if plain.lower() in _common():
        return "Half the internet uses this one. Pick something only you would think of."
    return None


def hash_password(password: str) -> str:
    """Return the argon2id hash of `password`, salted."""
    return _hasher().hash(_plain(password))


def verify(password_hash: str | None, password: str) -> bool:
    """Tell whether `password` belongs to the hash; without a hash do the same work and say no."""
    hasher = _hasher()
    try:
        hasher.verify(password_hash or _dummy_hash(hasher), _plain(password)[: MOST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Tell whether the hash was made with other costs than today's."""
    return _hasher().check_needs_rehash(password_hash)


def _hasher() -> PasswordHasher:
    return PasswordHasher(**{**COSTS, **current_app.config.get("ARGON2", {})})


def _plain(password: str) -> str:
    """Return one spelling for passwords that look alike but come from different keyboards."""
    return unicodedata.normalize("NFKC", password)


_dummies: dict[tuple[int, int, int], str] = {}


def _dummy_hash(hasher: PasswordHasher) -> str:
    costs = (hasher.time_cost, hasher.memory_cost, hasher.parallelism)
    if costs not in _dummies:
        _dummies[costs] = hasher.hash("nobody has this password")
    return _dummies[costs]


@cache
def _common() -> frozenset[str]:
    """Return the common passwords that are long enough to be tried; read at first need."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(word for word in FREQUENCY_LISTS["passwords"] if len(word) >= LEAST)
