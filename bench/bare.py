"""The floor: a Flask app that answers constants of the sizes in `SIZES` (comma-separated bytes)."""

import os

from flask import Flask, Response

app = Flask("bare", static_folder=None)
BODIES = {int(size): b"x" * int(size) for size in os.environ["SIZES"].split(",")}


@app.get("/<int:size>")
def constant(size: int) -> Response:
    """Answer with `size` constant bytes."""
    return Response(BODIES[size], content_type="text/html; charset=utf-8")
