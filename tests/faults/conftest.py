"""Alice with her phone."""

from tests.sync.conftest import alice

__all__ = ["alice"]
