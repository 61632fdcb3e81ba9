"""Every public page of the plan: it opens, says what it is, and is small for a weak signal."""

import json
import re

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from dbsapp.content import Library
from dbsapp.plan.paths import public_paths
from tests.views.plan_site import Page

#: Words of another trade: we offer fitness and comfort (domain facts, section 8.5).
BANNED = re.compile(
    r"\b(treat(s|ed|ing|ment|ments)?|cures?|patients?|rehabilitat\w*|clinical\w*)\b"
    r"|\bdiagnos(e|ed|es|ing)\b|(?<!not a )\bdiagnosis\b",
    re.IGNORECASE,
)


def test_every_page_opens(client: FlaskClient, library: Library) -> None:
    answers = {path: client.get(path).status_code for path in public_paths(library)}
    assert set(answers.values()) == {200}, answers


def test_every_page_has_a_title_of_its_own(site: dict[str, Page]) -> None:
    titles = [page.title for page in site.values()]
    assert all(titles)
    assert len(titles) == len(set(titles))


def test_every_page_has_one_main_heading(site: dict[str, Page]) -> None:
    assert {path for path, page in site.items() if not page.heading.strip()} == set()
    assert {path for path, page in site.items() if page.html.count("<h1") != 1} == set()


def test_every_page_describes_itself_for_a_list_of_results(site: dict[str, Page]) -> None:
    lengths = {path: len(page.description) for path, page in site.items()}
    assert {path: n for path, n in lengths.items() if not 40 <= n <= 200} == {}


def test_no_id_is_used_twice_on_a_page(site: dict[str, Page]) -> None:
    twice = {path for path, page in site.items() if len(page.ids) != len(set(page.ids))}
    assert twice == set()


def test_pages_hold_no_inline_code_or_style(site: dict[str, Page]) -> None:
    inline = re.compile(r"\sstyle=|<style|\son[a-z]+=|javascript:")
    assert {path for path, page in site.items() if inline.search(page.html)} == set()


def test_no_page_speaks_as_a_clinic_would(site: dict[str, Page]) -> None:
    found = {path: match[0] for path, page in site.items() if (match := BANNED.search(page.text))}
    assert found == {}


def test_every_page_is_small(site: dict[str, Page]) -> None:
    sizes = {path: len(brotli.compress(page.html.encode())) for path, page in site.items()}
    assert max(sizes.values()) <= 25_000, sizes


@pytest.mark.parametrize("path", ["/steps/none", "/exercises/none", "/routines/none"])
def test_an_unknown_slug_is_not_found(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert 'href="/"' in answer.text


@pytest.mark.parametrize("path", ["/", "/why", "/exercises/", "/routines/", "/safety", "/sources"])
def test_pages_are_read_only(client: FlaskClient, path: str) -> None:
    assert client.post(path).status_code in (400, 405)


def test_home_offers_one_first_step(site: dict[str, Page]) -> None:
    starts = [href for href, look in site["/"].links if "button" in look]
    assert starts == ["/routines/roll-short"]


def test_home_leads_to_the_four_steps_in_order(site: dict[str, Page]) -> None:
    steps = [href for href, _ in site["/"].links if href.startswith("/steps/")]
    names = ["foam-roll", "stretch", "activate", "strengthen"]
    assert steps == [f"/steps/{name}" for name in names]


def test_a_step_shows_each_of_its_exercises_in_full(
    site: dict[str, Page], library: Library
) -> None:
    for slug, step in library.steps.items():
        text = " ".join(site[f"/steps/{slug}"].text.split())
        for one in step.exercises:
            parts = (
                one.summary,
                one.setup,
                *one.cues,
                *one.faults,
                one.easier,
                one.harder,
                *one.stop,
            )
            assert [part for part in parts if part not in text] == [], one.name


def test_an_exercise_shows_everything_its_file_says(
    site: dict[str, Page], library: Library
) -> None:
    for slug, one in library.exercises.items():
        text = " ".join(site[f"/exercises/{slug}"].text.split())
        told = (one.setup, *one.cues, *one.faults, one.easier, one.harder, *one.stop)
        hip = one.lateral_hip
        told += tuple(filter(None, (one.dose.note, hip.why, hip.change)))
        told += tuple(claim.claim for claim in one.evidence)
        assert [part for part in told if part not in text] == [], slug


def test_step_three_shows_its_rules_with_their_sources(
    site: dict[str, Page], library: Library
) -> None:
    page = site["/steps/activate"]
    text = " ".join(page.text.split())
    for rule in library.rules.activation.rules:
        assert rule.text in text
        assert (f"/sources#{rule.source}", "cite") in page.links


def test_a_routine_starts_the_player_and_knows_its_counterpart(
    site: dict[str, Page], library: Library
) -> None:
    for slug, routine in library.routines.items():
        links = [href for href, _ in site[f"/routines/{slug}"].links]
        assert f"/play/{slug}" in links
        assert f"/routines/{routine.counterpart}" in links


def test_a_gentler_routine_says_what_changes(site: dict[str, Page], library: Library) -> None:
    routine = library.routines["strength-a-lateral-hip"]
    changes = [item.change for item in routine.items if item.change]
    text = " ".join(site["/routines/strength-a-lateral-hip"].text.split())
    assert changes
    assert all(change in text for change in changes)


def test_the_finder_lists_every_exercise_with_what_it_filters_by(
    site: dict[str, Page], library: Library
) -> None:
    page = site["/exercises/"]
    assert page.html.count("data-words=") == len(library.exercises)
    for slug, one in library.exercises.items():
        assert (f"/exercises/{slug}", "") in page.links
        assert all(word.lower() in page.html for word in one.synonyms), slug


def test_sources_say_how_well_each_is_known(site: dict[str, Page], library: Library) -> None:
    page = site["/sources"]
    assert set(library.sources) <= set(page.ids)
    for source in library.sources.values():
        if source.href:
            assert (source.href, "") in page.links


def test_content_is_published_as_json(client: FlaskClient, library: Library) -> None:
    answer = client.get("/content.json")
    assert answer.content_type == "application/json"
    content = json.loads(answer.data)
    assert content["version"] == library.version
    assert content["limits"]["session"]["effort"]["max"] == 10


def test_a_known_address_is_printed_for_those_who_share_a_page(app: Flask) -> None:
    app.config["SITE_URL"] = "https://dbs.example"
    html = app.test_client().get("/why").text
    assert '<link rel="canonical" href="https://dbs.example/why">' in html
    assert '<meta property="og:url" content="https://dbs.example/why">' in html


def test_without_a_known_address_none_is_made_up(client: FlaskClient) -> None:
    html = client.get("/why").text
    assert "canonical" not in html
    assert "og:url" not in html
    assert '<meta property="og:title" content="' in html


def test_the_page_is_the_same_for_everybody(client: FlaskClient) -> None:
    answer = client.get("/")
    assert "no-store" not in answer.headers["Cache-Control"]
    assert answer.data == client.get("/", headers={"Cookie": "session=alice"}).data
