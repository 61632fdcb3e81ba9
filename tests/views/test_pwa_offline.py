"""GET /offline"""

from flask.testing import FlaskClient


def test_it_leads_back_to_what_the_phone_holds(client: FlaskClient) -> None:
    response = client.get("/offline")
    assert response.status_code == 200
    assert 'href="/"' in response.text
    assert "Back to the plan" in response.text


def test_search_engines_leave_it_alone(client: FlaskClient) -> None:
    assert '<meta name="robots" content="noindex">' in client.get("/offline").text
