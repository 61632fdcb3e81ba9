"""Who is signed in, for the app on the phone."""

from flask import Blueprint
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from dbsapp.accounts import service
from dbsapp.accounts.signing import stay_signed_in
from dbsapp.sync.protocol import PROTO

bp = Blueprint("session_api", __name__)


@bp.get("/session")
def session() -> dict[str, object]:
    """Tell who is signed in, and give the token that forms need; never cached.

    Asking counts the 90 days of the sign-in anew: who opens the app stays signed in. A device whose
    cookie names an account that is gone hears `deleted`.
    """
    rider = None
    if current_user.is_authenticated:
        stay_signed_in()
        rider = {"id": current_user.public_id, "email": current_user.email}
    token = generate_csrf()
    return {"proto": PROTO, "rider": rider, "csrf_token": token, "deleted": service.was_deleted()}
