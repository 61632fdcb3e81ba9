"""Every error answer: JSON under `/api/`, a page elsewhere."""

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException, ServiceUnavailable

from dbsapp.outage import BUSY_SECONDS, wait_for_better
from dbsapp.sync.protocol import PROTO

SENTENCES = {
    400: "That request made no sense to us. Go back and try once more.",
    403: "This page is not yours to open.",
    404: "There is nothing at this address. It may have rolled off somewhere.",
    405: "That is not how this address works.",
    413: "That is more than we can take in one go.",
    429: "Too many tries in a short time. Wait a minute, then try again.",
    503: "Our records are catching their breath. Nothing is lost: try again in a few seconds.",
}


def install(app: Flask) -> None:
    """Map every error to its answer, once."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(SQLAlchemyError, _database_error)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    status = error.code or 500
    headers = [(k, v) for k, v in error.get_headers() if k != "Content-Type"]
    if request.path.startswith("/api/"):
        return {"proto": PROTO, "error": error.name.lower().replace(" ", "_")}, status, headers
    sentence = SENTENCES.get(status, "Something broke on our side. What you logged is safe.")
    page = render_template("errors/error.html", status=status, sentence=sentence)
    return page, status, headers


def _database_error(error: SQLAlchemyError) -> ResponseReturnValue:
    wait_for_better(error)
    return _http_error(ServiceUnavailable(retry_after=BUSY_SECONDS))


def _csrf_error(_error: CSRFError) -> ResponseReturnValue:
    sentence = (
        "This form was open for too long. Reload the page; what you typed may need typing again."
    )
    return render_template("errors/error.html", status=400, sentence=sentence), 400
