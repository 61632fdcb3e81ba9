"""Getting in: registering, signing in, signing out. Open to everybody."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import TooManyRequests

from dbsapp.accounts import limits, service
from dbsapp.accounts.forms import RegisterForm, SignInForm
from dbsapp.accounts.models import Rider
from dbsapp.accounts.pages import TOO_OFTEN, form_page
from dbsapp.accounts.signing import sign_in, sign_out, to_next_page
from dbsapp.extensions import db

bp = Blueprint("accounts", __name__)

#: One sentence for every wrong sign-in: it tells nobody who has an account.
WRONG = "That email and password do not belong together. Check both and try again."
FORMS: dict[str, type[FlaskForm]] = {
    "accounts.register": RegisterForm,
    "accounts.login": SignInForm,
}


@bp.route("/register", methods=["GET", "POST"])
@limits.limit_new_accounts
def register() -> ResponseReturnValue:
    """Make an account and sign in."""
    if current_user.is_authenticated:
        return to_next_page()
    form = RegisterForm()
    if not form.validate_on_submit():
        return form_page(form)
    email, password = form.email.data or "", form.password.data or ""
    rider = None if _rider_by_email(email) else _make_rider(email, password)
    if rider is None:
        return form_page(form, taken=True)
    sign_in(rider)
    return to_next_page()


@bp.route("/login", methods=["GET", "POST"])
@limits.limit_tries(limits.typed_email)
def login() -> ResponseReturnValue:
    """Sign in."""
    if current_user.is_authenticated:
        return to_next_page()
    form = SignInForm()
    if not form.validate_on_submit():
        return form_page(form)
    rider = _rider_by_email(form.email.data or "")
    if not service.check_password(rider, form.password.data or "") or rider is None:
        return form_page(form, message=WRONG)
    sign_in(rider)
    db.session.commit()
    return to_next_page()


@bp.post("/logout")
def logout() -> ResponseReturnValue:
    """Sign out on this device."""
    sign_out()
    return redirect("/", 303)


@bp.errorhandler(TooManyRequests)
def say_too_often(_error: TooManyRequests) -> ResponseReturnValue:
    """Show the form again, with what was typed, when it was sent too often."""
    return form_page(FORMS[request.endpoint or ""](), 429, message=TOO_OFTEN)


def _rider_by_email(email: str) -> Rider | None:
    """Find a rider, and let go of the database: hashing takes long, and SQLite has one writer."""
    rider = service.rider_by_email(email)
    db.session.commit()
    return rider


def _make_rider(email: str, password: str) -> Rider | None:
    """Make a rider; None if somebody took the email a moment ago."""
    try:
        rider = service.register(email, password)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return None
    return rider
