"""The app as the tests of the worker serve it: configured by JSON, writing down what is asked."""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

from dbsapp import create_app

flask_app = create_app(json.loads(os.environ["DBS_CONFIG"]))
requests = Path(os.environ["DBS_REQUESTS"])
broken: dict[str, list[str]] = json.loads(os.environ["DBS_BROKEN"])


def app(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    """Answer, except where `broken` names another status, type and body for a path."""
    path = environ["PATH_INFO"]
    with requests.open("a") as log:
        log.write(f"{environ['REQUEST_METHOD']} {path}\n")
    if path not in broken:
        return flask_app(environ, start)
    status, content_type, body = broken[path]
    start(status, [("Content-Type", content_type), ("Content-Length", str(len(body)))])
    return (body.encode(),)
