"""The log without JavaScript: for signed-in riders, written by the server, never kept by a cache.

What is posted here goes through the sync's own service, so the rider's phones pull it like a
change of any other device.
"""

import datetime as dt
import time
import uuid
from typing import Any

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from dbsapp.extensions import db
from dbsapp.logs import queries, values
from dbsapp.logs.forms import PlainSessionForm
from dbsapp.sync import service
from dbsapp.sync.models import Entry

bp = Blueprint("logs_plain", __name__)


@bp.get("/")
def index() -> str:
    """List what was done, newest first; `?deleted=<id>` offers to bring one back."""
    sessions = queries.sessions_of(current_user.id, request.args.get("page", 1, type=int))
    deleted = request.args.get("deleted", type=uuid.UUID)
    return render_template("logs/plain/index.html", sessions=sessions, deleted=deleted)


@bp.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Log a session."""
    form = PlainSessionForm(current_app.extensions["library"])
    if form.validate_on_submit():
        body = values.new_body(
            form.values,
            now=dt.datetime.now(dt.UTC),
            zone=queries.latest_zone_of(current_user.id),
            names=form.names,
            version=current_app.extensions["library"].version,
        )
        if _save(form, "create", set=body):
            return redirect(url_for(".index"))
    if not form.is_submitted():
        form.date.data = dt.datetime.now(dt.UTC).date()
    return _page(form)


@bp.route("/<uuid:entry_id>", methods=["GET", "POST"])
def edit(entry_id: uuid.UUID) -> ResponseReturnValue:
    """Change a session.

    The form names the revision it showed, so what another device changed meanwhile is merged by
    the rules of the sync: a field that was left alone here does not go back, and an edit of
    what was deleted meanwhile brings it back. `?kept=1` tells of a deletion that gave way.
    """
    typed = request.method == "POST"
    entry = queries.session_of(current_user.id, entry_id, deleted=None if typed else False)
    body = entry.body or queries.body_before_deletion(entry)
    form = PlainSessionForm(current_app.extensions["library"], body, base_rev=entry.rev)
    if form.validate_on_submit():
        changed, unset = values.changes(body, form.values, form.names)
        base_rev = form.base_rev.data or 0
        if _save(form, "patch", id=entry_id, base_rev=base_rev, set=changed, unset=unset):
            return redirect(url_for(".index"))
    return _page(form, entry)


@bp.post("/<uuid:entry_id>/delete")
def delete(entry_id: uuid.UUID) -> ResponseReturnValue:
    """Delete a session, and offer to bring it back.

    Like the form, this names the revision that the page showed. What was changed since is kept, by
    the rules of the sync, and shown.
    """
    entry = queries.session_of(current_user.id, entry_id)
    shown = request.form.get("base_rev", 0, type=int)
    result = _apply("delete", id=entry_id, base_rev=shown if 0 <= shown <= entry.rev else 0)
    if result["status"] == "merged":
        return redirect(url_for(".edit", entry_id=entry_id, kept=1))
    return redirect(url_for(".index", deleted=entry_id))


@bp.post("/<uuid:entry_id>/restore")
def restore(entry_id: uuid.UUID) -> ResponseReturnValue:
    """Bring a deleted session back as it was."""
    entry = queries.session_of(current_user.id, entry_id, deleted=True)
    body = queries.body_before_deletion(entry)
    _apply("patch", id=entry_id, base_rev=entry.rev, set=body)
    return redirect(url_for(".index"))


def _page(form: PlainSessionForm, entry: Entry | None = None) -> ResponseReturnValue:
    status = 422 if form.is_submitted() else 200
    return render_template("logs/plain/form.html", form=form, entry=entry), status


def _save(form: PlainSessionForm, op: str, **fields: Any) -> bool:
    """Write what the form holds; tell the form when the log refuses it.

    The form's own mutation id makes a form that is sent twice count once.
    """
    result = _apply(op, mutation_id=uuid.UUID(form.mutation_id.data), **fields)
    form.form_errors = [*result.get("errors", {}).values()]
    return bool(result["status"] != "rejected")


def _apply(op: str, **fields: Any) -> dict[str, Any]:
    now = time.time_ns() // 1_000_000
    result = service.save(current_user.id, service.new_mutation("session", op, now, **fields), now)
    if result["status"] == "retry":
        abort(503)
    db.session.commit()
    return result


@bp.app_template_filter()
def long_date(date: str) -> str:
    """Write a day as the log does: Friday 20 November 2026."""
    day = dt.date.fromisoformat(date)
    return f"{day:%A} {day.day} {day:%B} {day.year}"


bp.add_app_template_filter(values.minutes, "minutes")
