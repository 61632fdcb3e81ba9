"""The public pages of the plan: the same bytes for everybody."""

from flask import Blueprint, render_template

from dbsapp.pwa.publish import published

bp = Blueprint("plan", __name__)


@bp.get("/")
@published
def home() -> str:
    """Show the plan at a glance."""
    return render_template("plan/home.html")
