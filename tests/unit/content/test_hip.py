"""The hip map: what lights up, and that the drawing, the labels and the plan agree."""

import re
from itertools import pairwise

import brotli

from dbsapp.content import Library
from dbsapp.content.hip import View, found_by
from tests.unit.content.conftest import Break
from tools.hip_map.drawing import FOLDER, VIEWS, drawing

THUMB = 44


def test_an_exercise_lights_its_muscles_and_the_regions_they_lie_in(library: Library) -> None:
    rolls = library.by_id["FR-02"]
    assert library.hip.lit(rolls.primary) == ("hamstrings",)
    assert library.hip.lit(rolls.secondary) == ("adductors",)
    assert rolls.secondary == ("adductor-magnus",)


def test_what_the_drawing_does_not_show_lights_nothing(library: Library) -> None:
    assert library.hip.lit(library.by_id["FR-01"].primary) == ()


def test_an_exercise_is_found_by_the_region_of_its_muscle(library: Library) -> None:
    found = found_by(library.hip, library.by_id["FR-02"])
    assert set(found) == {"hamstrings", "adductor-magnus", "adductors"}


def test_every_muscle_of_the_map_is_trained_by_some_exercise(library: Library) -> None:
    found = {key for e in library.exercises.values() for key in found_by(library.hip, e)}
    assert set(library.hip.by_slug) - found == {"greater-trochanter"}


def test_few_views_show_all_that_is_lit(library: Library) -> None:
    assert [v.key for v in library.hip.covering(["gluteus-maximus"])] == ["back"]
    assert [v.key for v in library.hip.covering(["tfl", "iliopsoas"])] == ["front"]
    assert [v.key for v in library.hip.covering(["quadriceps"])] == ["front"]
    clam = ["gluteus-medius", "gluteus-maximus", "deep-external-rotators", "tfl"]
    assert [v.key for v in library.hip.covering(clam)] == ["back", "side"]
    assert library.hip.covering([]) == ()
    for exercise in library.exercises.values():
        lit = set(library.hip.lit((*exercise.primary, *exercise.secondary)))
        shown = {slug for view in library.hip.covering(lit) for slug in view.labelled}
        assert lit <= shown, exercise.name


def test_labels_on_one_side_of_a_view_are_a_thumb_apart(library: Library) -> None:
    for view in library.hip.views:
        for side in ("left", "right"):
            tops = sorted(part.y for part in view.parts if part.lines and part.side == side)
            gaps = [low - high for high, low in pairwise(tops)]
            assert min(gaps) >= THUMB, (view.key, side, tops)


def test_the_drawing_is_what_its_points_make() -> None:
    for view in VIEWS:
        assert (FOLDER / f"{view}.svg").read_text(encoding="utf-8") == drawing(view)


def test_the_drawing_holds_every_part_of_the_map_in_its_order(library: Library) -> None:
    for view in library.hip.views:
        assert groups(view) == ["under", *(part.region for part in view.parts), "over"]


def groups(view: View) -> list[str]:
    """Return the groups that the drawing holds of a view; its halves are not for the page."""
    ids = re.findall(r'<g id="([^"]+)" transform', drawing(view.key))
    return [str(one) for one in ids]


def test_the_drawing_is_light_and_leaves_the_colours_to_the_page() -> None:
    ours = {f"var(--hip-{name})" for name in ("skin", "flesh", "bone", "sinew")}
    for view in VIEWS:
        svg = drawing(view)
        assert len(brotli.compress(svg.encode())) <= 4_000
        assert set(re.findall(r'fill="([^"]*)"', svg)) == {"none", "#000", *ours}


def test_a_part_that_is_not_described_is_refused(break_file: Break) -> None:
    error = break_file("hip-map.toml", '{ region = "tfl"', '{ region = "knee"')
    assert (error.file, error.key) == ("hip-map.toml", "parts.region")


def test_a_region_that_nobody_could_tap_is_refused(break_file: Break) -> None:
    error = break_file("hip-map.toml", 'lines = ["Iliopsoas"], ', "")
    assert "no label" in error.reason


def test_a_region_may_only_cover_muscles_that_there_are(break_file: Break) -> None:
    error = break_file("hip-map.toml", 'covers = ["multifidus"]', 'covers = ["sirloin"]')
    assert "'sirloin' is unknown" in error.reason


def test_a_scene_of_the_story_may_only_light_what_is_on_the_map(break_file: Break) -> None:
    error = break_file("why.toml", 'primary = ["greater-trochanter"]', 'primary = ["sirloin"]')
    assert (error.file, error.key) == ("why.toml", "scenes[4].primary")
