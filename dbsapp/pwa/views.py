"""What makes the site an app: worker, manifest, offline page, static files."""

import json
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, render_template
from flask.blueprints import BlueprintSetupState
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.security import safe_join

from dbsapp.extensions import db
from dbsapp.pwa import modules
from dbsapp.pwa.precache import release
from dbsapp.pwa.publish import Document, published, read_static

bp = Blueprint("pwa", __name__)
MAIN = "/static/js/main.js"
PLAIN = "text/plain; charset=utf-8"


@bp.record_once
def _offer_preloads(state: BlueprintSetupState) -> None:
    root = Path(state.app.config["STATIC_ROOT"])

    def modulepreloads(*entries: str) -> list[str]:
        """Return every module that a page with these scripts of its own will load."""
        return modules.graph(root, MAIN, *entries)

    state.app.jinja_env.globals["modulepreloads"] = modulepreloads


@bp.get("/sw.js")
def worker() -> Response:
    """Answer with the worker, which begins with the list of all it must hold."""
    script = release(current_app).script()
    kept: Document | None = current_app.extensions.get("worker")
    if kept is None or kept.body != script:
        kept = Document(script, "text/javascript; charset=utf-8")
        current_app.extensions["worker"] = kept
    return kept.respond()


@bp.get("/manifest.webmanifest")
@published
def manifest() -> Response:
    """Answer with the manifest, under the name the operator gave the site."""
    written = Path(current_app.config["STATIC_ROOT"], "manifest.webmanifest").read_text()
    manifest = json.loads(written) | {"name": current_app.config["SITE_NAME"]}
    return Response(json.dumps(manifest), content_type="application/manifest+json")


@bp.get("/offline")
@published
def offline() -> str:
    """Show what the worker shows for an address that it does not hold."""
    return render_template("pwa/offline.html")


@bp.get("/healthz")
def healthz() -> Response:
    """Answer "ok" when the app runs and its database answers, for whoever watches over it."""
    try:
        db.session.execute(text("select 1"))
    except SQLAlchemyError:
        return Response("the database does not answer", 503, content_type=PLAIN)
    return Response("ok", content_type=PLAIN)


@bp.get("/static/<path:filename>")
def static(filename: str) -> Response:
    """Answer with a static file, or 404: never with a page in a script's place."""
    found = safe_join(current_app.config["STATIC_ROOT"], filename)
    if found is None or not Path(found).is_file():
        abort(404)
    return read_static(Path(found)).respond()
