"""What search engines are told."""

import json

from msgspec.structs import replace

from dbsapp.content import load_library
from dbsapp.plan import jsonld

LIBRARY = load_library()


def test_an_exercise_tells_its_steps_in_order() -> None:
    one = LIBRARY.by_id["AC-02"]
    thing = jsonld.exercise_thing(one, LIBRARY.equipment, "https://dbs.example")
    assert [step["text"] for step in thing["step"]] == [one.setup, *one.cues]
    assert thing["totalTime"] == f"PT{one.duration_s}S"
    assert thing["url"] == f"https://dbs.example/exercises/{one.slug}"


def test_a_routine_lists_its_exercises_in_order() -> None:
    routine = LIBRARY.routines["activate-express"]
    thing = jsonld.routine_thing(routine, "")
    assert [part["name"] for part in thing["hasPart"]] == [i.exercise.name for i in routine.items]
    assert "url" not in thing


def test_no_text_can_end_the_script_early() -> None:
    one = replace(LIBRARY.by_id["AC-02"], setup="Lie down.</script><script>alert(1)</script>")
    text = jsonld.script_text(jsonld.exercise_thing(one, LIBRARY.equipment, ""))
    assert "<" not in text
    assert json.loads(text)["step"][0]["text"] == one.setup
