"""The hip map on the pages: what is lit, what can be tapped, and where a tap leads."""

import re
from dataclasses import dataclass

from flask.testing import FlaskClient

from dbsapp.content import Library
from dbsapp.content.model import Exercise
from tests.views.plan_site import Page


@dataclass(frozen=True)
class Tap:
    """A region of the map that can be tapped."""

    state: str
    region: str
    name: str
    is_labelled: bool


def taps(page: Page) -> list[Tap]:
    """Return the regions of a page's map in their order."""
    links = re.findall(r'<a class="hip-part ([^"]*)"(.*?)</a>', page.html, re.DOTALL)
    return [
        Tap(
            state=state,
            region=re.findall(r'href="/muscles/([^"]+)"', rest)[0],
            name=re.findall(r'aria-label="([^"]+)"', rest)[0],
            is_labelled="<text" in rest and "tabindex" not in rest,
        )
        for state, rest in links
    ]


def test_the_finder_offers_every_region_with_a_name_and_a_label(
    site: dict[str, Page], library: Library
) -> None:
    found = taps(site["/exercises/"])
    assert {tap.region for tap in found if tap.is_labelled} == set(library.hip.by_slug)
    assert {tap.name for tap in found} == {one.name for one in library.hip.regions}


def test_a_tap_without_script_leads_to_all_that_trains_the_muscle(
    site: dict[str, Page], library: Library
) -> None:
    for slug, region in library.hip.by_slug.items():
        page = site[f"/muscles/{slug}"]
        text = " ".join(page.text.split())
        assert [t for t in (region.where, region.job, region.ride) if t not in text] == []
        listed = {href for href, _ in page.links if href.startswith("/exercises/")}
        wanted = {e.slug for e in library.exercises.values() if is_for(e, slug, library)}
        assert listed == {"/exercises/", *(f"/exercises/{one}" for one in wanted)}, slug


def is_for(exercise: Exercise, region: str, library: Library) -> bool:
    """Tell whether an exercise belongs on the page of a region; the bone has two for sore days."""
    if region == "greater-trochanter":
        return exercise.lateral_hip_only
    return region in library.hip.lit((*exercise.primary, *exercise.secondary))


def test_a_muscle_is_lit_on_its_own_page(site: dict[str, Page], library: Library) -> None:
    for slug, region in library.hip.by_slug.items():
        lit = {tap.name for tap in taps(site[f"/muscles/{slug}"]) if tap.state}
        assert lit == {f"{region.name}, above all"}


def test_an_exercise_lights_what_it_works_and_says_how_much(
    site: dict[str, Page], library: Library
) -> None:
    for slug, exercise in library.exercises.items():
        main = set(library.hip.lit(exercise.primary))
        found = taps(site[f"/exercises/{slug}"])
        assert {tap.region for tap in found if tap.state == "primary"} == main, slug
        more = set(library.hip.lit(exercise.secondary)) - main
        assert {tap.region for tap in found if tap.state == "secondary"} == more, slug
        assert {tap.region for tap in found if tap.is_labelled} == main | more, slug


def test_the_map_names_what_is_lit_in_words(site: dict[str, Page]) -> None:
    names = {tap.name for tap in taps(site["/exercises/double-leg-bridge"])}
    assert {"Gluteus maximus, above all", "Hamstrings, a little"} <= names


def test_an_exercise_for_the_calf_has_no_map(site: dict[str, Page]) -> None:
    assert "hip-map" not in site["/exercises/calf-roll"].html.partition("<main")[2]


def test_the_story_is_told_scene_by_scene(site: dict[str, Page], library: Library) -> None:
    page = site["/why"]
    text = " ".join(page.text.split())
    for scene in library.why.scenes:
        assert scene.title in text
        assert scene.text in text
    lit = [tap.region for tap in taps(page) if tap.state == "primary" and tap.is_labelled]
    assert sorted(lit) == sorted(r for scene in library.why.scenes for r in scene.primary)


def test_an_unknown_muscle_is_not_found(client: FlaskClient) -> None:
    assert client.get("/muscles/sirloin").status_code == 404
