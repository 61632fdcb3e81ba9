"""The sync over HTTP.

No CSRF token guards it, since a page opened at the trailhead and synced at night holds a stale
one; what guards it is a header that no other site may send (docs/sync.md).
"""

import gzip
from urllib.parse import urlsplit

import brotli
from flask import Blueprint, Response, request
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import RequestEntityTooLarge

from dbsapp.extensions import csrf, db
from dbsapp.outage import BUSY_SECONDS, wait_for_better
from dbsapp.sync import pace, protocol, pull, service, upkeep
from dbsapp.sync.protocol import WireError
from dbsapp.sync.unpack import unpacked

bp = Blueprint("sync", __name__)
csrf.exempt(bp)

WORTH_COMPRESSING = 1_000
#: Answers are made for one device, at once: brotli brings 260 KB to 12 KB in 0.25 ms, gzip
#: to 15 KB in 0.9 ms, and at level 5 in twice that.
QUICK_BROTLI = 1
QUICK_GZIP = 1


@bp.before_request
def check_sender() -> None:
    """Refuse what another site could have made the browser send, and what comes too often."""
    if not _from_here() or (request.method == "POST" and request.mimetype != "application/json"):
        raise WireError(403, "origin")
    if request.headers["X-Sync-Proto"] != str(protocol.PROTO):
        raise WireError(426, "upgrade", min_schema=protocol.MIN_SCHEMA)
    pace.count(current_user.id)


@bp.post("/push")
def push() -> Response:
    """Take the mutations of a device."""
    request.max_content_length = protocol.MAX_REQUEST
    encoding = request.headers.get("Content-Encoding", "")
    sent = unpacked(request.get_data(cache=False), encoding)
    answer = service.take_in(current_user.id, sent, upkeep.now_ms())
    db.session.commit()
    return _json(answer)


@bp.get("/pull")
def pull_changes() -> Response:
    """Give the changes since a cursor; `user` says whose log the device has open."""
    if request.args.get("user", current_user.public_id) != current_user.public_id:
        raise WireError(409, "wrong_user")
    asked = request.args.get("limit", "")
    most = protocol.MAX_PULL_ROWS
    limit = int(asked) if asked.isdecimal() and 0 < len(asked) < 5 else most
    cursor = request.args.get("cursor", "")
    answer = pull.pull(current_user.id, cursor, min(max(limit, 1), most), upkeep.now_ms())
    return _json(answer)


@bp.cli.command("prune")
def prune() -> None:
    """Remove tombstones, answers and refused payloads that are past their time."""
    upkeep.prune(upkeep.now_ms())


@bp.cli.command("rotate-epochs")
def rotate_epochs() -> None:
    """Tell all devices that this database was restored; run it before the app serves again."""
    upkeep.rotate_epochs()


@bp.errorhandler(WireError)
def refuse(error: WireError) -> Response:
    """Answer a request that is refused as a whole; nothing of it stays."""
    db.session.rollback()
    return _json(error.body, error.status)


@bp.errorhandler(RequestEntityTooLarge)
def refuse_size(_error: RequestEntityTooLarge) -> Response:
    """Answer a body that is too large to be read at all."""
    return _json(WireError(413, "too_large").body, 413)


@bp.errorhandler(SQLAlchemyError)
def say_busy(error: SQLAlchemyError) -> Response:
    """Answer when the database cannot be had now: the device keeps everything and tries again."""
    wait_for_better(error)
    response = _json(WireError(503, "busy").body, 503)
    response.headers["Retry-After"] = str(BUSY_SECONDS)
    return response


def _from_here() -> bool:
    """Tell whether a page of this site sent the request.

    The header alone needs a preflight that we never grant; where the browser says who asks, it
    must be us. Only a GET of an older browser says nothing at all.
    """
    if "X-Sync-Proto" not in request.headers:
        return False
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        return site == "same-origin"
    if origin is None:
        return request.method == "GET"
    return urlsplit(origin).netloc == request.host


def _json(answer: object, status: int = 200) -> Response:
    body = protocol.encode(answer)
    response = Response(body, status, content_type="application/json")
    if len(body) > WORTH_COMPRESSING:
        response.headers["Vary"] = "Accept-Encoding"
        accepted = request.headers.get("Accept-Encoding", "")
        if "br" in accepted:
            response.set_data(brotli.compress(body, quality=QUICK_BROTLI))
            response.headers["Content-Encoding"] = "br"
        elif "gzip" in accepted:
            response.set_data(gzip.compress(body, compresslevel=QUICK_GZIP))
            response.headers["Content-Encoding"] = "gzip"
    return response
