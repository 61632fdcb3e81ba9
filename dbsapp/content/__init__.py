"""Hold the plan as data: TOML in git, checked at start, published whole as content.json."""

from dbsapp.content.library import Library, load_library
from dbsapp.content.reading import ContentError

__all__ = ["ContentError", "Library", "load_library"]
