"""Static files."""

from pathlib import Path

from flask import Blueprint, Response, abort, current_app
from werkzeug.utils import safe_join

from dbsapp.pwa.publish import read_static

bp = Blueprint("pwa", __name__)


@bp.get("/static/<path:filename>")
def static(filename: str) -> Response:
    """Answer with a static file, or 404: never with a page in a script's place."""
    found = safe_join(current_app.config["STATIC_ROOT"], filename)
    if found is None or not Path(found).is_file():
        abort(404)
    return read_static(Path(found)).respond()
