"""The player's shell: `/play/shell` and `/play/<slug>`."""

from flask.testing import FlaskClient


def test_it_shows_the_player(client: FlaskClient) -> None:
    page = client.get("/play/activate-express")
    assert page.status_code == 200
    assert "<routine-player>" in page.text


def test_every_routine_gets_the_page_that_the_phone_keeps(client: FlaskClient) -> None:
    shell = client.get("/play/shell").data
    assert client.get("/play/activate-express").data == shell
    assert client.get("/play/strength-b-lateral-hip").data == shell


def test_the_page_says_nothing_of_a_routine(client: FlaskClient) -> None:
    assert b"express" not in client.get("/play/activate-express").data.lower()


def test_without_javascript_it_points_to_the_routines(client: FlaskClient) -> None:
    noscript = client.get("/play/shell").text.split("<noscript>")[-1].split("</noscript>")[0]
    assert "/routines/" in noscript


def test_an_unknown_routine_is_not_found(client: FlaskClient) -> None:
    assert client.get("/play/nonsense").status_code == 404


def test_it_is_only_read(client: FlaskClient) -> None:
    assert client.post("/play/activate-express").status_code == 405
