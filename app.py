"""The WSGI entry point: `granian --interface wsgi app:app`, `flask --app app run`."""

from dbsapp import create_app

app = create_app()
