"""A rider's own routine on the wire: checked per field, and merged exercise by exercise."""

from typing import Any

import pytest

from tests.phones import Json, Phone, new_id

pytestmark = pytest.mark.both_databases

SQUAT, PLANK, BIRD = (
    {"id": new_id(), "exercise": slug} for slug in ("squat", "front-plank", "bird-dog")
)


def routine(phone: Phone, **fields: Any) -> Json:
    """Return the creation of a routine called Mine, or as `fields` say."""
    return phone.mutation(kind="routine", set={"name": "Mine", "items": [SQUAT, PLANK]} | fields)


def item(**fields: Any) -> list[Json]:
    return [{"id": new_id(), "exercise": "squat"} | fields]


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"name": {"html": "<b>"}}, "name"),
        ({"name": None}, "name"),
        ({"items": [SQUAT, SQUAT]}, "items"),
        ({"items": "all of them"}, "items"),
        ({"items": [{**SQUAT, "id": new_id()} for _ in range(61)]}, "items"),
        ({"items": item(exercise="../../etc/passwd")}, "items[0].exercise"),
        ({"items": item(exercise="<script>")}, "items[0].exercise"),
        ({"items": item(sets=0)}, "items[0].sets"),
        ({"items": item(sets=7)}, "items[0].sets"),
        ({"items": item(reps=31)}, "items[0].reps"),
        ({"items": item(reps=1.5)}, "items[0].reps"),
        ({"items": item(hold_s=10**400)}, "items[0].hold_s"),
        ({"items": item(rest_s=-1)}, "items[0].rest_s"),
        ({"items": item(rest_s="15")}, "items[0].rest_s"),
        ({"items": item(id="1")}, "items[0].id"),
        ({"notes": "n" * 4_001}, "notes"),
    ],
)
def test_what_no_routine_can_be_is_refused_beside_its_field(
    alice: Phone, fields: Json, where: str
) -> None:
    [result] = alice.push(routine(alice, **fields))
    assert (result["status"], list(result["errors"])) == ("rejected", [where])
    assert alice.entries() == {}


def test_a_name_is_text_whatever_is_in_it(alice: Phone) -> None:
    name = "<script>alert(1)</script> & 'friends'"
    made = routine(alice, name=name)
    [result] = alice.push(made)
    assert result["status"] == "ok"
    assert alice.entries()[made["id"]]["body"]["name"] == name


def test_two_devices_that_change_two_exercises_keep_both(alice: Phone) -> None:
    made = routine(alice)
    alice.push(made)
    laptop = Phone(alice.client)
    laptop.push(
        laptop.mutation(
            "patch",
            kind="routine",
            id=made["id"],
            base_rev=1,
            set={"items": [{**SQUAT, "sets": 4}, PLANK, BIRD]},
        )
    )
    [result] = alice.push(
        alice.mutation(
            "patch",
            kind="routine",
            id=made["id"],
            base_rev=1,
            set={"name": "Ours", "items": [SQUAT, {**PLANK, "hold_s": 45}]},
        )
    )
    assert result["status"] == "merged"
    body = alice.entries()[made["id"]]["body"]
    assert body["name"] == "Ours"
    assert body["items"] == [{**SQUAT, "sets": 4}, {**PLANK, "hold_s": 45}, BIRD]
