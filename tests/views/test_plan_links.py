"""No link of the plan leads nowhere, and every claim leads to its source."""

import json

import pytest
from flask.testing import FlaskClient

from dbsapp.content import Library
from dbsapp.content.checks import source_keys
from tests.views.plan_site import Page


def _links(site: dict[str, Page]) -> set[str]:
    return {href for page in site.values() for href, _ in page.links if href.startswith("/")}


def test_every_link_opens(client: FlaskClient, site: dict[str, Page]) -> None:
    paths = {href.split("#")[0] for href in _links(site)} - set(site)
    assert {path for path in paths if client.get(path).status_code != 200} == set()


def test_every_anchor_exists(site: dict[str, Page]) -> None:
    anchors = [href.split("#") for href in _links(site) if "#" in href]
    assert anchors
    assert [f"{path}#{name}" for path, name in anchors if name not in site[path].ids] == []


def test_every_stylesheet_script_and_picture_exists(
    client: FlaskClient, site: dict[str, Page]
) -> None:
    assets = {asset for page in site.values() for asset in page.assets}
    assert {asset for asset in assets if client.get(asset).status_code != 200} == set()


def test_every_page_of_the_plan_can_be_reached_from_home(site: dict[str, Page]) -> None:
    reached, queue = {"/"}, ["/"]
    while queue:
        for href, _ in site[queue.pop()].links:
            path = href.split("#")[0]
            if path in site and path not in reached:
                reached.add(path)
                queue.append(path)
    assert set(site) - reached == set()


def test_every_source_of_an_exercise_is_linked_on_its_page(
    site: dict[str, Page], library: Library
) -> None:
    for slug, exercise in library.exercises.items():
        cited = {href for href, look in site[f"/exercises/{slug}"].links if look == "cite"}
        assert {f"/sources#{key}" for _, key in source_keys(exercise)} == cited, slug


def test_every_source_of_a_step_is_linked_on_its_page(
    site: dict[str, Page], library: Library
) -> None:
    for slug, step in library.steps.items():
        cited = {href for href, look in site[f"/steps/{slug}"].links if look == "cite"}
        assert {f"/sources#{claim.source}" for claim in step.claims} <= cited, slug


@pytest.mark.parametrize(("path", "part"), [("/why", "why"), ("/safety", "safety")])
def test_every_source_of_a_page_of_prose_is_linked_there(
    site: dict[str, Page], library: Library, path: str, part: str
) -> None:
    cited = {href for href, look in site[path].links if look == "cite"}
    assert {f"/sources#{key}" for _, key in source_keys(getattr(library, part))} <= cited


def test_search_engines_get_valid_data(site: dict[str, Page], library: Library) -> None:
    kinds = {"/exercises/": "HowTo", "/routines/": "ExercisePlan"}
    for path, page in site.items():
        kind = next(
            (k for start, k in kinds.items() if path.startswith(start) and path != start), None
        )
        things = [json.loads(data) for data in page.data]
        assert [thing["@type"] for thing in things] == ([kind] if kind else []), path
