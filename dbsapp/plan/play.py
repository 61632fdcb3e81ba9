"""The player's shell: one page for every routine, which the phone keeps once.

The page says nothing of a routine. `<routine-player>` reads the slug from the address and the
routine from `content.json`, so the one shell that the worker holds plays them all.
"""

import uuid

from flask import Blueprint, Response, abort, current_app, render_template

from dbsapp.pwa.publish import published, shell_at

bp = Blueprint("play", __name__)


@bp.get("/shell")
@published
def shell() -> str:
    """Show the player without a routine, for the worker to keep."""
    return render_template("plan/play.html")


@bp.get("/shared")
@bp.get("/<uuid:routine_id>")
def own(routine_id: uuid.UUID | None = None) -> Response:  # noqa: ARG001
    """Show the player for a routine that only the phone, or the link itself, knows."""
    return shell_at("/play/shell", shell)


@bp.get("/<slug>")
@published
def play(slug: str) -> str:
    """Show the player for a routine of the plan; with a signal, an unknown one is a 404."""
    if slug not in current_app.extensions["library"].routines:
        abort(404)
    return render_template("plan/play.html")
