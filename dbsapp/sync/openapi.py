"""`/api/openapi.json`: the API in OpenAPI 3.1, made from the types that read and describe it."""

from functools import cache
from http import HTTPStatus
from typing import Annotated, Any, Literal

import msgspec
from flask import Blueprint, Response
from msgspec import Meta

from dbsapp.logs.kinds import KINDS
from dbsapp.pwa.publish import Document
from dbsapp.sync import protocol
from dbsapp.sync.answers import Error, PullAnswer, PushAnswer, SessionAnswer
from dbsapp.sync.protocol import Mutation, Sender

bp = Blueprint("openapi", __name__)

Json = dict[str, Any]

#: What each refusal of a whole request means to a device, by its status.
REFUSALS = {
    400: "`bad_request`: this cannot be read; `errors` says where.",
    401: "`auth_required`: sign in, keep everything.",
    403: "`origin`: a header is missing, or another site asked.",
    409: "`wrong_user`: somebody else is signed in. `epoch`: pull first, this log is not the one "
    "that the device knows. `device_forked`: take a new device id.",
    410: "`account_deleted`: the account is gone.",
    413: "`too_large`: send less at once; `mid` names a mutation that is too large by itself.",
    415: "`encoding`: send it as it is, or gzip.",
    426: "`upgrade`: this app is too old.",
    429: "`too_many_requests`: wait as long as `Retry-After` says.",
    503: "`busy`: the database cannot be had now, try again later.",
}
COOKIE = {"type": "apiKey", "in": "cookie", "name": "session"}
PROTO_HEADER = {
    "name": "X-Sync-Proto",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "enum": [str(protocol.PROTO)]},
}


class PushRequest(Sender, kw_only=True):
    """The mutations of a device, 256 KB at most once unpacked, each 64 KB at most."""

    proto: Literal[1] = 1
    schema: Annotated[int, Meta(ge=protocol.MIN_SCHEMA, le=protocol.MAX_NUMBER)]
    mutations: Annotated[list[Mutation], Meta(max_length=protocol.MAX_MUTATIONS)]
    now: Annotated[int, Meta(description="The clock of the device, in ms since 1970.")] = 0


@bp.get("/openapi.json")
def openapi() -> Response:
    """Answer with the description of the API."""
    return _document().respond()


@cache
def _document() -> Document:
    return Document(msgspec.json.encode(description()), "application/json")


def description() -> Json:
    """Return the description of the API: paths, answers, and the schema of every kind of entry."""
    answers = (PushRequest, PushAnswer, PullAnswer, SessionAnswer, Error)
    refs, schemas = msgspec.json.schema_components(
        (*answers, *KINDS.values()), ref_template="#/components/schemas/{name}"
    )
    for schema in schemas.values():
        schema.pop("additionalProperties", None)  # what we do not know is kept
    push, pushed, pulled, session, error = refs[: len(answers)]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "DBS Four-Step",
            "version": str(protocol.PROTO),
            "description": "The sync of a rider's log. Unknown fields are to be ignored.",
        },
        "paths": {
            "/api/sync/v1/push": {
                "post": {
                    "summary": "Send changes",
                    "security": [{"cookie": []}],
                    "parameters": [PROTO_HEADER],
                    "requestBody": {"required": True, "content": _json(push)},
                    "responses": _answers(pushed, error, *REFUSALS),
                }
            },
            "/api/sync/v1/pull": {
                "get": {
                    "summary": "Fetch changes",
                    "security": [{"cookie": []}],
                    "parameters": [PROTO_HEADER, *_pull_query()],
                    "responses": _answers(pulled, error, 401, 403, 409, 410, 426, 429, 503),
                }
            },
            "/api/session": {
                "get": {
                    "summary": "Tell who is signed in",
                    "responses": _answers(session, error),
                }
            },
        },
        "components": {"schemas": schemas, "securitySchemes": {"cookie": COOKIE}},
    }


def _pull_query() -> list[Json]:
    most = protocol.MAX_PULL_ROWS
    cursor = {"type": "string", "description": "The cursor of the page before; empty at first."}
    limit = {"type": "integer", "minimum": 1, "maximum": most, "default": most}
    user = {"type": "string", "description": "Whose log the device has open."}
    return [
        {"name": "cursor", "in": "query", "schema": cursor},
        {"name": "limit", "in": "query", "schema": limit},
        {"name": "user", "in": "query", "schema": user},
    ]


def _answers(ok: Json, error: Json, *statuses: int) -> Json:
    """Return the answers of an operation: `ok`, the refusals, and what can always go wrong."""
    refusals = {
        str(status): {"description": REFUSALS[status], "content": _json(error)}
        for status in statuses
    }
    broken = {"description": HTTPStatus.INTERNAL_SERVER_ERROR.phrase, "content": _json(error)}
    return {"200": {"description": "OK", "content": _json(ok)}, **refusals, "500": broken}


def _json(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}
