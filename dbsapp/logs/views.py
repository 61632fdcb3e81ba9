"""The shells of the logbook: the same bytes for everybody, filled from the phone's own data.

Nothing personal is in them, so that the worker, a proxy or a friend's phone may keep them.
"""

import uuid

from flask import Blueprint, Response, current_app, render_template

from dbsapp.logs.forms import SessionForm
from dbsapp.pwa.publish import published, shell_at

bp = Blueprint("logs", __name__)


@bp.get("/today")
@published
def today() -> str:
    """Show today's one next step; the app starts here."""
    return render_template("logs/today.html")


@bp.get("/log/")
@published
def index() -> str:
    """Show what was done, newest first."""
    return render_template("logs/index.html")


@bp.get("/log/new")
@published
def new() -> str:
    """Show the form for a session done without the player."""
    return render_template("logs/new.html", form=_blank_form())


@bp.get("/log/entry")
@published
def entry() -> str:
    """Show one entry; which one, the script reads from the address."""
    return render_template("logs/entry.html", form=_blank_form())


@bp.get("/log/<uuid:entry_id>")
def entry_by_id(entry_id: uuid.UUID) -> Response:  # noqa: ARG001
    """Show `entry` under the address of each entry: one document is kept, not one for each id."""
    return shell_at("/log/entry", entry)


@bp.get("/settings")
@published
def settings() -> str:
    """Show how the app is doing on this phone: storage, version, sync, account."""
    return render_template("logs/settings.html")


@bp.get("/settings/sync")
@published
def sync() -> str:
    """Show what is on this phone and not on the server yet, and what can be done about it."""
    return render_template("logs/sync.html")


def _blank_form() -> SessionForm:
    """Return a form without a token: what is the same for everybody holds no secret."""
    library = current_app.extensions["library"]
    return SessionForm(library, formdata=None, meta={"csrf": False})
