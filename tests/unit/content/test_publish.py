"""content.json holds what the phone needs, in the same bytes for the same content."""

import json
from pathlib import Path
from typing import Any

import pytest

from dbsapp.content import Library, load_library
from dbsapp.logs.kinds import limits


@pytest.fixture(scope="module")
def published(library: Library) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(library.publish())
    return document


def test_the_same_content_gives_the_same_bytes(library: Library, tree: Path) -> None:
    assert load_library(tree).publish() == library.publish()


def test_the_version_changes_with_any_content(library: Library, tree: Path) -> None:
    path = tree / "muscles.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('= "hamstrings"', '= "back of the thigh"'), encoding="utf-8")
    assert load_library(tree).version != library.version


def test_it_names_its_version(library: Library, published: dict[str, Any]) -> None:
    assert published["version"] == library.version
    assert len(library.version) == 12


def test_its_parts_are_those_agreed(published: dict[str, Any]) -> None:
    assert set(published) == {
        "version",
        "muscles",
        "equipment",
        "marks",
        "limits",
        "exercises",
        "routines",
        "stop_rule",
        "activation_rules",
        "activation",
    }
    assert published["limits"] == json.loads(json.dumps(limits()))


def test_an_exercise_is_published_with_what_the_player_needs(
    published: dict[str, Any],
) -> None:
    figure_4 = published["exercises"]["figure-four-glute-stretch"]
    assert {"id", "cues", "duration_s", "sides", "step"} <= set(figure_4)
    assert figure_4["lateral_hip"]["swap"] == [
        "half-kneeling-hip-flexor-stretch",
        "lying-static-abduction",
    ]
    assert "emg" not in figure_4


def test_the_poses_of_a_figure_are_published_apart_from_its_words(
    library: Library, published: dict[str, Any]
) -> None:
    poses = json.loads(library.publish_poses())
    assert set(poses) == set(published["exercises"])
    for slug, words in published["exercises"].items():
        assert set(words["figure"]) == {"start", "end"}
        assert poses[slug]["keys"]
        assert not {"start", "end"} & set(poses[slug])


def test_a_dose_in_repetitions_is_published(published: dict[str, Any]) -> None:
    dose = published["exercises"]["double-leg-bridge"]["dose"]
    assert {key: dose[key] for key in dose if key != "note"} == {
        "kind": "reps",
        "sets": 2,
        "reps": 8,
        "reps_max": 10,
        "tempo": [2, 1, 2],
        "rest_s": 5,
        "setup_s": 15,
    }


def test_a_dose_in_seconds_is_published(published: dict[str, Any]) -> None:
    dose = published["exercises"]["half-kneeling-hip-flexor-stretch"]["dose"]
    assert {key: dose[key] for key in dose if key != "note"} == {
        "kind": "hold",
        "sets": 2,
        "hold_s": 30,
        "rest_s": 15,
        "setup_s": 15,
    }


def test_a_routine_is_published_with_rules_and_items(published: dict[str, Any]) -> None:
    routine = published["routines"]["activate-express-lateral-hip"]
    assert routine["base"] == routine["counterpart"] == "activate-express"
    assert routine["rules"][1:] == list(published["activation_rules"].values())
    sidestep = routine["items"][-1]
    assert sidestep["exercise"] == "mini-squat-sidestep"
    assert "hip-width" in sidestep["change"]
    assert set(sidestep) == {"exercise", "dose", "duration_s", "change", "group"}


def test_the_warm_up_of_strength_is_marked(published: dict[str, Any]) -> None:
    groups = [item["group"] for item in published["routines"]["strength-a"]["items"]]
    assert groups == ["warm-up"] * 3 + [None] * 4


def test_the_numbers_of_stopping_and_activation_are_published(published: dict[str, Any]) -> None:
    assert published["stop_rule"]["pain_max"] == 5
    assert published["stop_rule"]["pain_max_lateral_hip"] == 3
    assert published["activation"] == {
        "sets": 2,
        "reps_min": 8,
        "reps_max": 10,
        "rest_max_s": 15,
        "effort_max": 4,
        "gap_minutes": 8,
    }
