"""Being signed in: cookies, who they belong to, and where to go afterwards."""

import datetime as dt

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from dbsapp.accounts import service
from dbsapp.accounts.models import Rider, SignedIn
from dbsapp.extensions import login_manager
from dbsapp.sync.protocol import PROTO

AFTER_SIGN_IN = "/log/"


@login_manager.user_loader  # type: ignore[untyped-decorator]
def load_rider(cookie_id: str) -> SignedIn | None:
    """Return the rider whom a cookie names."""
    load = service.recognise if request.blueprint == "sync" else service.load_signed_in
    return load(cookie_id)


@login_manager.unauthorized_handler  # type: ignore[untyped-decorator]
def ask_to_sign_in() -> ResponseReturnValue:
    """Answer JSON under `/api/`; elsewhere show the sign-in page and come back afterwards."""
    if request.path.startswith("/api/"):
        gone = service.was_deleted()
        answer = {"proto": PROTO, "error": "account_deleted" if gone else "auth_required"}
        return answer, 410 if gone else 401
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.login", next=target))


def sign_in(rider: Rider) -> None:
    """Sign `rider` in on this device, for 90 days; nothing of the session before is kept."""
    session.clear()
    login_user(rider, remember=True)


def sign_out() -> None:
    """Forget who uses this device."""
    session.clear()
    logout_user()


def stay_signed_in() -> None:
    """Count the 90 days of the signed-in rider anew, once a day.

    Each answer that does so brings a cookie: one that is late by the time that another tab has
    signed out would sign the rider in again.
    """
    today = dt.datetime.now(dt.UTC).date().isoformat()
    if session.get("counted") != today:
        login_user(signed_in_rider(), remember=True)
        session["counted"] = today


def signed_in_rider() -> Rider:
    """Return the rider who asks, for where the stand-in `current_user` will not do."""
    rider: Rider = current_user._get_current_object()
    return rider


def next_page() -> str:
    """Return the page that the rider came for, if it is one of ours."""
    target = request.args.get("next", "")
    return target if is_own_path(target) else AFTER_SIGN_IN


def is_own_path(target: str) -> bool:
    """Tell whether a browser will take `target` for a path of this site, whatever it holds.

    Exactly one leading slash; no backslash, which browsers read as a slash; no control character
    or space, which they drop.
    """
    if not target.startswith("/") or target.startswith("//") or "\\" in target:
        return False
    return all(char.isprintable() and not char.isspace() for char in target)


def to_next_page() -> ResponseReturnValue:
    """Go to the page that the rider came for; 303, so that a reload sends no form again."""
    return redirect(next_page(), 303)
