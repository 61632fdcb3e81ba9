"""The shells of a rider's own routines: the same bytes for everybody, filled by the phone.

What is in a routine stands in the phone's log, or in a link after its "#". No server is asked.
"""

import uuid

from flask import Blueprint, Response, render_template

from dbsapp.pwa.publish import published, shell_at

bp = Blueprint("own", __name__)


@bp.get("/mine")
@published
def mine() -> str:
    """List the rider's own routines."""
    return render_template("own/mine.html")


@bp.get("/compose")
@published
def compose() -> str:
    """Show where a routine is put together from the library."""
    return render_template("own/compose.html")


@bp.get("/mine/<uuid:routine_id>")
def change(routine_id: uuid.UUID) -> Response:  # noqa: ARG001
    """Show `compose` under the address of each routine: one document is kept for all of them."""
    return shell_at("/routines/compose", compose)


@bp.get("/shared")
@published
def shared() -> str:
    """Show the routine that a link carries in itself."""
    return render_template("own/shared.html")
