"""A rider's own account: overview, password, deletion. For riders only."""

import datetime as dt

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.exceptions import TooManyRequests

from dbsapp.accounts import limits, service
from dbsapp.accounts.forms import ChangePasswordForm, DeleteAccountForm, SignOutForm
from dbsapp.accounts.pages import TOO_OFTEN, form_page
from dbsapp.accounts.signing import sign_in, signed_in_rider
from dbsapp.extensions import db

bp = Blueprint("account", __name__)
FORMS: dict[str, type[FlaskForm]] = {
    "account.password": ChangePasswordForm,
    "account.delete": DeleteAccountForm,
}


@bp.get("/")
def index() -> str:
    """Show the account and its devices."""
    devices = [
        {
            "first_seen": _day(device.created_at),
            "last_seen": _day(device.last_seen_at),
            "app_version": device.app_version,
        }
        for device in service.devices_of(current_user)
    ]
    return render_template(
        "accounts/index.html",
        email=current_user.email,
        devices=devices,
        form=SignOutForm(),
        changed="changed" in request.args,
    )


@bp.route("/password", methods=["GET", "POST"])
@limits.limit_tries(limits.signed_in_rider)
def password() -> ResponseReturnValue:
    """Change the password: other devices are signed out, this one stays in."""
    form = ChangePasswordForm()
    if not form.validate_on_submit():
        return form_page(form)
    rider = signed_in_rider()
    service.change_password(rider, form.new_password.data or "")
    db.session.commit()
    sign_in(rider)
    return redirect(url_for("account.index", changed=""), 303)


@bp.route("/delete", methods=["GET", "POST"])
@limits.limit_tries(limits.signed_in_rider)
def delete() -> ResponseReturnValue:
    """Delete the account and everything that the server holds of it.

    The cookie stays, and opens nothing: by it this device, too, can be told that the account is
    gone, and that what it holds is the only copy.
    """
    form = DeleteAccountForm()
    if not form.validate_on_submit():
        return form_page(form)
    service.delete_account(signed_in_rider())
    db.session.commit()
    return redirect(url_for("accounts.login", deleted=""), 303)


@bp.errorhandler(TooManyRequests)
def say_too_often(_error: TooManyRequests) -> ResponseReturnValue:
    """Show the form again when it was sent too often."""
    return form_page(FORMS[request.endpoint or ""](), 429, message=TOO_OFTEN)


def _day(ms: int) -> str:
    day = dt.datetime.fromtimestamp(ms / 1000, dt.UTC)
    return f"{day.day} {day:%B %Y}"
