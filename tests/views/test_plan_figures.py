"""The mannequin on the page of an exercise: a still without script, and what the script needs."""

import json
import re

import pytest
from flask.testing import FlaskClient

from dbsapp.content import Library


def test_an_exercise_with_a_figure_shows_its_still_in_words_and_size(client: FlaskClient) -> None:
    page = client.get("/exercises/squat").text
    still = re.search(r'<img src="/static/figures/squat.svg"[^>]*>', page)
    assert still
    assert re.search(r'width="\d+"\s+height="\d+"', still[0])
    assert re.search(r'alt="Standing tall.*chair height', still[0])
    assert client.get("/static/figures/squat.svg").mimetype == "image/svg+xml"


def test_the_poses_travel_in_the_page_as_data(client: FlaskClient) -> None:
    page = client.get("/exercises/squat").text
    found = re.search(r'<script type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found
    shown = json.loads(found[1])
    assert shown["primary"][0] == "quadriceps"
    assert shown["dose"]["tempo"] == [3, 1, 3]
    assert shown["figure"] == client.get("/poses.json").get_json()["squat"]


@pytest.mark.parametrize("page", ["/exercises/", "/steps/strengthen", "/routines/strength-a"])
def test_each_row_of_a_list_shows_one_pose_with_its_size(client: FlaskClient, page: str) -> None:
    text = client.get(page).text
    row = re.search(
        r'<img class="small-figure"\s+src="/static/small-figures.svg#squat"[^>]*>', text
    )
    assert row
    assert re.search(r'width="72"\s+height="54"\s+alt=""\s+loading="lazy"', row[0])


def test_a_version_of_another_shape_is_seen_beside_its_words(client: FlaskClient) -> None:
    page = client.get("/exercises/squat").text
    [picture] = re.findall(r"<version-figure.*?</version-figure>", page, re.DOTALL)
    assert re.search(r'role="img" aria-label="[^"]*both hands', picture)
    data = re.search(r'<script type="application/json">(.*?)</script>', picture, re.DOTALL)
    assert data
    assert json.loads(data[1])["figure"]["props"][0]["kind"] == "weight"
    assert re.search(r'<noscript>\s*<img src="/static/version-figures.svg#squat-harder"', picture)
    assert page.index(picture) < page.index("(goblet)")
    assert "components/version-figure.js" in page


def test_an_exercise_without_versions_asks_for_no_script_of_theirs(
    client: FlaskClient, library: Library
) -> None:
    posed = {slug: one.figure for slug, one in library.exercises.items() if one.figure}
    plain = next(slug for slug, figure in posed.items() if not figure.variants)
    assert "version-figure" not in client.get(f"/exercises/{plain}").text


def test_every_picture_of_a_version_is_in_its_file(client: FlaskClient, library: Library) -> None:
    drawn = client.get("/static/version-figures.svg").text
    for slug, one in library.exercises.items():
        for name in one.figure.variants if one.figure else ():
            assert f'<view id="{slug}-{name}"' in drawn
