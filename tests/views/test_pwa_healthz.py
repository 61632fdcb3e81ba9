"""GET /healthz"""

from pathlib import Path

from flask.testing import FlaskClient

from dbsapp import create_app


def test_it_is_ok_while_the_database_answers(client: FlaskClient) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.text) == (200, "ok")
    assert response.headers["Cache-Control"] == "no-store"


def test_it_says_so_when_the_database_does_not_answer(tmp_path: Path) -> None:
    missing = tmp_path / "no-such-folder" / "dbs.sqlite3"
    app = create_app({"TESTING": True, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{missing}"})
    response = app.test_client().get("/healthz")
    assert (response.status_code, response.text) == (503, "the database does not answer")
