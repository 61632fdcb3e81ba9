"""Who may enter a blueprint is decided where it is registered, and nowhere else."""

from collections.abc import Callable

from flask import Blueprint, Flask, abort, current_app, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from dbsapp.extensions import let_in, login_manager

Guard = Callable[[], ResponseReturnValue | None]


def public() -> None:
    """Let everybody in: the answer is the same for all, or the view proves who asks."""


def riders_only() -> ResponseReturnValue | None:
    """Let signed-in riders in; others get the sign-in page, or a JSON 401 under `/api/`."""
    if current_user.is_authenticated:
        return None
    response: ResponseReturnValue = login_manager.unauthorized()
    return response


def register(app: Flask, blueprint: Blueprint, guard: Guard, url_prefix: str | None = None) -> None:
    """Register `blueprint` behind `guard`."""
    app.extensions.setdefault("access", {})[blueprint.name] = guard
    app.register_blueprint(blueprint, url_prefix=url_prefix)


def check_access() -> ResponseReturnValue | None:
    """Ask the guard of the blueprint that was hit; a route without one is shut."""
    if request.endpoint is None:
        return None
    guard: Guard | None = current_app.extensions["access"].get(request.blueprint)
    refusal = guard() if guard else abort(403)
    if refusal is None:
        let_in()
    return refusal
