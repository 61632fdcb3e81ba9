"""Ids that the server makes; those that a client made are opaque to it."""

import secrets
import uuid


def uuid7(now_ms: int) -> uuid.UUID:
    """Return a UUID of version 7 (RFC 9562): 48 bits of time, the rest random."""
    value = now_ms << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 7 << 76
    return uuid.UUID(int=value & ~(0x3 << 62) | 2 << 62)
