"""The page of a form: as it is asked for, and as it comes back with what is wrong."""

from flask import render_template, request
from flask_login import current_user
from flask_wtf import FlaskForm

TOO_OFTEN = "That was a lot of tries. Take ten minutes, then have another go."


def form_page(form: FlaskForm, status: int = 422, **told: object) -> tuple[str, int]:
    """Return the page of the form that this request is about.

    A form that was sent and comes back has something wrong with it: its answer is `status`.
    """
    name = (request.endpoint or "").partition(".")[2]
    email = getattr(current_user, "email", None)
    page = render_template(f"accounts/{name}.html", form=form, own_email=email, **told)
    return page, status if request.method == "POST" else 200
