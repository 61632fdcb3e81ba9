"""Serve the real app on a free port with a database of its own; print the port, end with stdin."""

import os
import sys
import tempfile
import threading
from pathlib import Path

from werkzeug.serving import make_server

sys.path.insert(0, str(Path(__file__).resolve().parents[4]))

from dbsapp import create_app
from dbsapp.extensions import db

with tempfile.TemporaryDirectory() as folder:
    app = create_app(
        {
            "TESTING": True,
            "SECRET_KEY": "test",
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/test.sqlite3",
            "RATELIMIT_ENABLED": False,
        }
    )
    with app.app_context():
        db.create_all()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.write(1, f"{server.port}\n".encode())
    sys.stdin.read()
    server.shutdown()
