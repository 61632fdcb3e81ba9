"""List the addresses of the plan, for links and for what a phone holds offline."""

from dbsapp.content import Library


def public_paths(library: Library) -> list[str]:
    """Return the path of every public page of the plan, home first."""
    return [
        "/",
        "/why",
        *(f"/steps/{slug}" for slug in library.steps),
        "/exercises/",
        *(f"/exercises/{slug}" for slug in library.exercises),
        *(f"/muscles/{slug}" for slug in library.hip.by_slug),
        "/routines/",
        *(f"/routines/{slug}" for slug in library.routines),
        "/safety",
        "/sources",
    ]
